"""Deliveries that no pledge stands behind: recorded and corrected by the contract manager, who confirms them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from organisations import sides
from vocabulary.quantities import refuse_parts, rounded
from words.lines import said

from . import ledger
from .accounts import Delivered, Facts, Key, Stage
from .ledger import Act, Source
from .models import Commitment, LedgerEntry, ReturnLine


@ledger.told_by
def facts(numbers):
    """{commitment id: Facts} of the lines that stand."""
    found = {number: Facts() for number in numbers}
    for line in ReturnLine.objects.standing().filter(commitment__in=numbers):
        found[line.commitment_id].delivered.append(
            Delivered(
                amount=line.quantity,
                day=line.delivered_on,
                return_line=line.number,
                stage=Stage.CONFIRMED,
                confirmed_by=LedgerEntry.ConfirmedBy.MANAGER,
            )
        )
    return found


def _hold(commitment, quantity, note, by):
    """The commitment, its balance held; ValidationError for a bad quantity, without a note, and for its own side."""
    ledger.hold(commitment)
    kept = Commitment.objects.select_related("contract__supplier").get(pk=commitment.pk)
    sides.refuse_own(by, *kept.contract.organisations())
    if quantity < 0:
        raise ValidationError({"quantity": "Enter 0 or more."})
    refuse_parts(quantity, kept.unit)
    if not said(note):
        raise ValidationError({"note": "Say what was delivered, and how it is known."})
    return kept


@transaction.atomic
def record(commitment, quantity, day, note, *, by):
    """Record what was delivered without a pledge; returns the ReturnLine.

    ValidationError for nothing, for a day to come or outside the contract, without a note, and for whoever belongs to
    the supplier.
    """
    kept = _hold(commitment, quantity, note, by)
    if not quantity:
        raise ValidationError({"quantity": "Enter a quantity above 0."})
    if day > timezone.localdate():
        raise ValidationError({"delivered_on": "The date must be today or in the past."})
    if not kept.stood_on(day):
        words = kept.state_words or "The contract does not cover this day"
        raise ValidationError({"delivered_on": f"{words}. Nothing counts against it on that day."})
    line = ReturnLine.objects.create(
        commitment=kept, delivered_on=day, quantity=rounded(quantity), note=said(note)[:500], by=by
    )
    return _settled(line, Source.RETURN, line.note, by)


@transaction.atomic
def correct(line, quantity, note, *, by):
    """Correct a line to another quantity, 0 to take it back, with a reason; ValidationError where it was already."""
    kept = _hold(line.commitment, quantity, note, by)
    if ReturnLine.objects.filter(corrects=line).exists():
        raise ValidationError("It was corrected since you opened the page. Reload it.", code="moved")
    made = ReturnLine.objects.create(
        commitment=kept,
        first_id=line.number,
        corrects=line,
        delivered_on=line.delivered_on,
        quantity=rounded(quantity),
        note=said(note)[:500],
        by=by,
    )
    return _settled(made, Source.CORRECTION, made.note, by)


def _settled(line, source, reason, by):
    about = Key(return_line=line.number)
    ledger.settle(line.commitment, Act(source, reason, by=by, about=about, day=line.delivered_on))
    data = {"quantity": str(line.quantity), "day": line.delivered_on.isoformat(), "reason": reason}
    log(line.commitment, "suppliers.return_line", user=by, data=data)
    return line
