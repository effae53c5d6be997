"""Handing contracts over when a contract manager leaves: all of them, with a note, told to who takes them on."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from mail.composing import send
from organisations import sides
from words.lines import said

from .models import Contract


@transaction.atomic
def hand_over(old, new, note, *, by):
    """Every contract that `old` manages (None: those that nobody does, with a promise) goes to `new`; how many.

    ValidationError without a note, to the same person, for no contract, and where `new` belongs to a supplier.
    """
    if not said(note):
        raise ValidationError({"note": "Say what your colleague has to know."})
    if old == new:
        raise ValidationError({"new": "Choose somebody else."})
    rows = Contract.objects.filter(manager=old).select_for_update(of=("self",), no_key=True).select_related("supplier")
    rows = list((rows if old else rows.filter(pk__in=without_manager().values("pk"))).order_by("pk"))
    if not rows:
        raise ValidationError("There is no contract to hand over.")
    for contract in rows:
        if sides.belongs_to(new, *contract.organisations()):
            raise ValidationError({"new": f"{new} belongs to the supplier of {contract.reference}."})
        log(contract, "suppliers.hand_over", user=by, data={"from": str(old or ""), "to": str(new), "note": said(note)})
    Contract.objects.filter(pk__in=[contract.pk for contract in rows]).update(manager=new, updated_at=timezone.now())
    send("contracts_handed_over", [new], contracts=rows, old=old, note=said(note)[:2000], by=by)
    return len(rows)


def without_manager():
    """Contracts with a promise that nobody active manages."""
    with_promise = Contract.objects.filter(commitments__withdrawn_at=None, commitments__isnull=False)
    unmanaged = with_promise.filter(manager=None) | with_promise.filter(manager__is_active=False)
    return unmanaged.filter(made_for_import=False).distinct()


def is_turn_of(user, contract, clock):
    """Whether what waits under a contract is this person's to decide: its manager's, and anybody's where there is no
    contract or no manager, or where it is late by its desk.clocks.Clock.
    """
    return contract is None or contract.manager_id in (None, user.pk) or clock.is_late
