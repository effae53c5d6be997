"""Asking suppliers of the register, who have not signed up, to sign up: one, or all of them in one go."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from mail.composing import Reader, send
from organisations import doors

from .models import Contract, SupplierInvitation

AGAIN_AFTER_DAYS = 14


@dataclass(frozen=True)
class Unsigned:
    """A supplier that has not signed up, as the register names it, its running contracts, and whom one asked last."""

    name: str
    contracts: list
    last: SupplierInvitation | None

    @property
    def pk(self):
        """The number of its first contract stands for it."""
        return self.contracts[0].pk


def unsigned(today=None):
    """[Unsigned] by name; contracts that have ended are left out, and those that name nobody."""
    today = today or timezone.localdate()
    rows = Contract.objects.filter(supplier=None).exclude(supplier_name="").exclude(end__lt=today)
    found = {}
    for contract in rows.order_by("reference", "pk"):
        found.setdefault(" ".join(contract.supplier_name.casefold().split()), []).append(contract)
    asked = {}
    for invitation in SupplierInvitation.objects.filter(contract__supplier=None).order_by("at", "pk"):
        asked[invitation.contract_id] = invitation
    return [
        Unsigned(
            contracts[0].supplier_name,
            contracts,
            max((asked[c.pk] for c in contracts if c.pk in asked), key=lambda i: i.at, default=None),
        )
        for _, contracts in sorted(found.items())
    ]


def invite(contract, email, *, by):
    """As `invite_supplier`, for one contract; returns the SupplierInvitation."""
    return invite_supplier([contract], email, by=by)[0]


@transaction.atomic
def invite_supplier(contracts, email, *, by):
    """Send one invitation that names these contracts of one supplier; returns [SupplierInvitation].

    ValidationError where the supplier has signed up, or the same address was invited in the last fortnight.
    """
    since = timezone.now() - timedelta(days=AGAIN_AFTER_DAYS)
    held = Contract.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=[c.pk for c in contracts])
    for contract in held.order_by("pk"):
        if contract.supplier_id:
            raise ValidationError(f"{contract.supplier} has signed up already.")
        if contract.invitations.filter(email__iexact=email, at__gt=since).exists():
            words = "This address was invited in the last two weeks. Wait for an answer, or write to them."
            raise ValidationError(words)
    made = [SupplierInvitation.objects.create(contract=contract, email=email, by=by) for contract in contracts]
    about = {"contract": contracts[0], "contracts": contracts, "days": settings.KEEP_INVITATION_DAYS}
    send("supplier_invited", [Reader(email)], by=by, link=doors.link_for(email), **about)
    for contract in contracts:
        log(contract, "suppliers.invite", user=by, data={"email": email})
    return made
