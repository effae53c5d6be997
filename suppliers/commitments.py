"""Making, varying and withdrawing commitments."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from organisations import sides
from vocabulary.quantities import rounded

from . import ledger
from .signals import commitment_changed


def check(contract, quantity, by):
    """ValidationError where nobody could promise that, or where `by` would promise for their own side."""
    if quantity < 0:
        raise ValidationError({"promised": "Enter 0 or more."})
    sides.refuse_own(by, contract.supplier)


@transaction.atomic
def make(commitment, quantity, *, by, reason="Promised in the contract", by_words=""):
    """Save a new commitment and open its ledger with the quantity promised, 0 or more.

    ValidationError for less than nothing, and for whoever belongs to the supplier.
    """
    check(commitment.contract, quantity, by)
    commitment.save()
    ledger.promise(commitment, quantity, by=by, reason=reason, by_words=by_words)
    return commitment


@transaction.atomic
def change(commitment):
    """Save other words of a commitment: its measure, its area, its outcome. What is promised changes by `vary`."""
    commitment.save()
    commitment_changed.send(type(commitment), number=commitment.pk)
    return commitment


@transaction.atomic
def vary(commitment, quantity, *, by, reason, by_words=""):
    """Change what was promised to `quantity`; LedgerRefused below what is reserved and claimed already.

    ValidationError for less than nothing, and for whoever belongs to the supplier.
    """
    check(commitment.contract, quantity, by)
    change = rounded(quantity) - commitment.balance.promised
    ledger.promise(commitment, change, by=by, reason=reason, by_words=by_words)
    commitment.balance.refresh_from_db()


@transaction.atomic
def withdraw(commitment, reason, *, by):
    """No new pledges against it; what was delivered stays. ValidationError for whoever belongs to the supplier."""
    sides.refuse_own(by, commitment.contract.supplier)
    commitment.withdrawn_at = timezone.now()
    commitment.save(update_fields=["withdrawn_at"])
    commitment_changed.send(type(commitment), number=commitment.pk)
    log(commitment, "suppliers.withdraw", user=by, data={"reason": reason})
