"""Two acts that are no plain variation: what was due moves to a later period, or one promise takes another's place."""

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log

from vocabulary.quantities import refuse_parts, rounded
from words.lines import said

from . import commitments, plans
from .ledger import LedgerRefused
from .models import Commitment


@transaction.atomic
def carry_forward(commitment, quantity, from_day, to_day, *, by, reason):
    """So much that a plan expects by `from_day` is expected by `to_day` instead: a version; the promise stays.

    Both are days of the plan in force. ValidationError for other days or out of order, for nothing or more than the
    period holds, without a reason, and as commitments.plan.
    """
    lines = [(target.due_on, target.quantity_in_all) for target in plans.targets(commitment)]
    days, quantity = [day for day, _ in lines], rounded(quantity)
    if from_day not in days or to_day not in days or from_day >= to_day:
        raise ValidationError("Choose two periods of the plan, the later one second.", code="days")
    refuse_parts(quantity, commitment.unit)
    place = days.index(from_day)
    expected = lines[place][1] - (lines[place - 1][1] if place else 0)
    if not 0 < quantity <= expected:
        raise ValidationError({"quantity": f"That period holds {commitment.say(expected)}: enter that much or less."})
    if not said(reason):
        raise ValidationError({"reason": "Say why it is carried forward."})
    moved = [(day, in_all - quantity if from_day <= day < to_day else in_all) for day, in_all in lines]
    words = (
        f"Carried forward, {commitment.say(quantity)} from {from_day:%-d %B %Y} to {to_day:%-d %B %Y}: {said(reason)}"
    )
    version = commitments.plan(commitment, moved, by=by, reason=words[:500])
    log(commitment, "suppliers.carry_forward", user=by, data={"quantity": str(quantity), "reason": said(reason)})
    return version


@transaction.atomic
def substitute(commitment, quantity, new, new_quantity, *, by, reason):
    """`quantity` of a promise is given up, and a new Commitment of the same contract takes its place; returns that.

    ValidationError where so much is not left, for nothing on either side, without a reason, and for its own side.
    """
    kept = Commitment.objects.select_related("contract", "balance").get(pk=commitment.pk)
    quantity, new_quantity = rounded(quantity), rounded(new_quantity)
    if quantity <= 0 or new_quantity <= 0:
        raise ValidationError("Enter how much is given up, and how much takes its place.")
    refuse_parts(new_quantity, new.unit, field="new_quantity")
    if not said(reason):
        raise ValidationError({"reason": "Say why one takes the other’s place: it is kept in the ledger."})
    new.contract, new.passed_from = kept.contract, kept
    words = (
        f"Substituted: {commitment.say(quantity)} of “{kept}” for {new.say(new_quantity)} of “{new}”. {said(reason)}"
    )
    try:
        commitments.vary(kept, kept.balance.promised - quantity, by=by, reason=words[:500])
    except LedgerRefused as refused:
        raise ValidationError({"quantity": str(refused)}, code="ledger") from refused
    made = commitments.make(new, new_quantity, by=by, reason=words[:500])
    log(kept, "suppliers.substitute", user=by, data={"quantity": str(quantity), "new": made.pk, "reason": said(reason)})
    return made
