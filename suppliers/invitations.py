"""Asking a supplier of the register, who has not signed up, to sign up."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from mail.composing import Reader, send

from .models import SupplierInvitation

AGAIN_AFTER_DAYS = 14


@transaction.atomic
def invite(contract, email, *, by):
    """Send an invitation to sign up; returns the SupplierInvitation.

    ValidationError where the supplier has signed up, or the same address was invited in the last fortnight.
    """
    if contract.supplier_id:
        raise ValidationError(f"{contract.supplier} has signed up already.")
    since = timezone.now() - timedelta(days=AGAIN_AFTER_DAYS)
    if contract.invitations.filter(email__iexact=email, at__gt=since).exists():
        raise ValidationError("This address was invited in the last two weeks. Wait for an answer, or write to them.")
    made = SupplierInvitation.objects.create(contract=contract, email=email, by=by)
    send("supplier_invited", [Reader(email)], contract=contract, by=by)
    log(contract, "suppliers.invite", user=by, data={"email": email})
    return made
