"""Acts that are no plain variation: what was due moves to a later period, one promise takes another's place, or the
contract runs longer.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log

from records.bounds import LAST_DAY
from records.days import day_after
from vocabulary.quantities import refuse_parts, rounded
from words.lines import said

from . import commitments, contracts, ledger, plans, sources
from .ledger import LedgerRefused
from .models import Commitment
from .plans import Rhythm


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


@transaction.atomic
def extend(contract, until, more, *, by, reason):
    """The contract runs until a later day; `more` is {commitment id: how much more is promised for that time}.

    A commitment's plan goes on in its own rhythm from where it ended; without more it stays as it is. Returns the
    Contract. ValidationError for a day that is no later, without a reason, for less than nothing or parts of what is
    counted whole, for a commitment of another contract or withdrawn, and for its own side.
    """
    kept = ledger.hold_contract(contract.pk)
    commitments.check(kept, 0, by)
    if kept.end is None or not kept.end < until <= LAST_DAY:
        ends = f"It runs until {kept.end:%-d %B %Y}: enter a later day." if kept.end else "It has no last day yet."
        raise ValidationError({"until": ends})
    if not said(reason):
        raise ValidationError({"reason": "Say why it is extended: it is kept with the contract."})
    words = f"Extended until {until:%-d %B %Y}: {said(reason)}"[:500]
    before, kept.end = kept.end, until
    contracts.save(kept, by=by)
    sources.note_by_hand(kept, {"end": until}, by)
    rows = Commitment.objects.standing().filter(contract=kept).select_related("balance").in_bulk(list(more))
    if set(rows) != set(more):
        raise ValidationError("A commitment of this contract has changed meanwhile. Reload the page.", code="moved")
    for number, quantity in sorted(more.items()):
        _go_on(rows[number], rounded(quantity), before, until, by=by, reason=words)
    log(kept, "suppliers.extend", user=by, data={"until": until.isoformat(), "reason": said(reason)})
    contract.end = until
    return kept


def _go_on(commitment, quantity, before, until, *, by, reason):
    """More of a promise for the days after `before`, its plan's further lines in equal parts."""
    refuse_parts(quantity, commitment.unit)
    if quantity < 0:
        raise ValidationError("Enter 0 or more. Less is a variation of its own.", code="less")
    if not quantity:
        return
    targets, version = plans.targets(commitment), plans.current(commitment)
    promised = commitment.balance.promised + quantity
    if not targets:
        commitments.vary(commitment, promised, by=by, reason=reason)
        return
    starts = day_after(max(before, targets[-1].due_on))
    if starts > until:
        raise ValidationError(f"The plan of “{commitment}” runs until then already: write it anew.", code="plan")
    rhythm = version.rhythm if version.rhythm != Rhythm.OWN else Rhythm.YEARLY
    days = plans.periods(starts, until, rhythm)
    lines = [(target.due_on, target.quantity_in_all) for target in targets]
    for day, part in zip(days, plans.equal_parts(quantity, commitment.unit, len(days)), strict=True):
        lines.append((day, lines[-1][1] + part))
    commitments.vary(commitment, promised, by=by, reason=reason, plan={"lines": lines, "rhythm": version.rhythm})
