"""Delivery plans: versions that are only ever added, each line so much in all by such a day.

The last line equals the promise: whoever varies the promise gets a new version, cut in proportion.
"""

from datetime import timedelta
from fractions import Fraction
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from organisations import sides
from records.days import months_after
from vocabulary.quantities import refuse_parts, rounded, rounded_in
from words.lines import said

from . import pace
from .models import CommitmentBalance, DeliveryPlan, DeliveryTarget
from .pace import Plan

Rhythm = DeliveryPlan.Rhythm
AT_ONCE = 500
MOST_START_UP, MOST_WORDS = 366, 200


def current(commitment):
    """The newest DeliveryPlan of a commitment, or None."""
    return commitment.plans.order_by("-version").first()


def targets(commitment):
    """[DeliveryTarget] of the newest plan, by day."""
    plan = current(commitment)
    return list(plan.targets.order_by("due_on")) if plan else []


def in_force(numbers, day=None):
    """{commitment id: pace.Plan} of the newest plans of these commitments, or of those agreed by a day."""
    found, numbers = {}, list(numbers)
    for start in range(0, len(numbers), AT_ONCE):
        rows = DeliveryPlan.objects.filter(commitment__in=numbers[start : start + AT_ONCE]).order_by("version")
        rows = rows.filter(agreed_on__lte=day) if day else rows
        newest = {number: of for number, *of in rows.values_list("commitment", "pk", "starts_on", "start_up_days")}
        points = {}
        lines = DeliveryTarget.objects.filter(plan__in=[plan for plan, *_ in newest.values()]).order_by("due_on")
        for plan, due_on, in_all in lines.values_list("plan", "due_on", "quantity_in_all"):
            points.setdefault(plan, []).append((due_on, in_all))
        found |= {
            number: Plan(starts_on, tuple(points[plan]), start_up_days)
            for number, (plan, starts_on, start_up_days) in newest.items()
        }
    return found


def milestones(numbers, since, until):
    """{commitment id: [DeliveryTarget]} of the newest plans' milestones due from `since` to `until`, by day."""
    newer = DeliveryPlan.objects.filter(commitment=OuterRef("plan__commitment"), version__gt=OuterRef("plan__version"))
    rows = DeliveryTarget.objects.filter(plan__commitment__in=numbers, due_on__range=(since, until))
    found = {}
    for line in rows.exclude(milestone="").filter(~Exists(newer)).select_related("plan").order_by("due_on"):
        found.setdefault(line.plan.commitment_id, []).append(line)
    return found


def behind(commitments, day):
    """[(Commitment, pace.Standing)] of a queryset's commitments that are behind their plan, the furthest first."""
    rows = list(commitments.standing().filter(plans__isnull=False).distinct().with_balance())
    known = in_force(commitment.pk for commitment in rows)
    found = [(commitment, pace.standing(commitment, known[commitment.pk], day)) for commitment in rows]
    late = [(commitment, row) for commitment, row in found if row and row.pace == pace.Pace.BEHIND]
    return sorted(late, key=lambda pair: (-pair[1].short / pair[1].expected, pair[0].pk))


def periods(start, end, rhythm):
    """[last day] of each quarter or contract year from `start` to `end`; the last may be cut short by the end."""
    months, found = {Rhythm.QUARTERLY: 3, Rhythm.YEARLY: 12}[rhythm], []
    while not found or found[-1] < end:
        found.append(min(months_after(start, months * (len(found) + 1)) - timedelta(days=1), end))
    return found


def equal_parts(promised, unit, count):
    """[Decimal] that add up to `promised`, as equal as the unit allows; the last takes what rounding left over."""
    in_all = [rounded_in(unit, Fraction(promised) * number / count) for number in range(count)] + [promised]
    return [after - before for before, after in pairwise(in_all)]


@transaction.atomic
def write(
    commitment, lines, *, by, reason, by_words="", starts_on=None, agreed_on=None, rhythm=Rhythm.OWN, milestones=None,
    start_up_days=None
):  # fmt: skip
    """Add a version of `lines`, [(day, Decimal in all)]; returns the DeliveryPlan.

    It begins where the plan before it did, else with the contract; it is agreed today where no day is given.
    `milestones`, {day: what is to be reached by it}, lie on its days; where none are given, those of the version before
    stay, each on the first day of this one that is no earlier, else on its last. So does its start-up.
    ValidationError unless days and quantities rise from the beginning and the last equals what is promised, for parts
    of what is counted whole, without a reason, for a day of agreement to come or before that of the version before, and
    for whoever belongs to the supplier.
    """
    lines = sorted(lines)
    balance = CommitmentBalance.objects.select_for_update(of=("self",), no_key=True).get(commitment=commitment.pk)
    sides.refuse_own(by, *commitment.contract.organisations())
    days, quantities = [day for day, _ in lines], [rounded(quantity) for _, quantity in lines]
    if not lines or len(set(days)) < len(days) or quantities != sorted(quantities) or quantities[0] < 0:
        raise ValidationError("A plan is one or more days, each with as much in all as the day before, or more.")
    if quantities[-1] != balance.promised:
        said_so = commitment.say(balance.promised)
        raise ValidationError(f"The plan must end with what is promised, {said_so}.", code="promise")
    for quantity in quantities:
        refuse_parts(quantity, commitment.unit)
    if not said(reason):
        raise ValidationError({"reason": "Say why the plan is so, or why it changes."})
    before, today = current(commitment), timezone.localdate()
    starts_on = starts_on or (before.starts_on if before else commitment.contract.start or min(today, days[0]))
    agreed_on = agreed_on or today
    if days[0] < starts_on:
        raise ValidationError(f"The plan begins on {starts_on:%-d %B %Y}: no line of it can lie before.", code="early")
    if agreed_on > today or (before and agreed_on < before.agreed_on):
        words = "A plan is agreed today or earlier, and no earlier than the one before it."
        raise ValidationError(words, code="agreed")
    milestones, start_up_days = _checked(before, days, milestones, start_up_days)
    plan = DeliveryPlan.objects.create(
        commitment=commitment,
        version=before.version + 1 if before else 1,
        rhythm=rhythm,
        starts_on=starts_on,
        start_up_days=start_up_days,
        agreed_on=agreed_on,
        reason=said(reason)[:500],
        by=by,
        by_words=by_words,
        at=timezone.now(),
    )
    DeliveryTarget.objects.bulk_create(
        DeliveryTarget(plan=plan, due_on=day, quantity_in_all=quantity, milestone=milestones.get(day, "")[:MOST_WORDS])
        for day, quantity in zip(days, quantities, strict=True)
    )
    return plan


def _checked(before, days, milestones, start_up_days):
    """(milestones, days of start-up) as given, else as the version before has them."""
    milestones = _moved(before, days) if milestones is None else milestones
    if not set(milestones) <= set(days):
        raise ValidationError("A milestone lies on a day of the plan.", code="milestone")
    if start_up_days is None:
        start_up_days = before.start_up_days if before else pace.START_UP_DAYS
    if not 0 <= start_up_days <= MOST_START_UP:
        raise ValidationError({"start_up_days": f"Enter a number of days from 0 to {MOST_START_UP}."})
    return milestones, start_up_days


def _moved(before, days):
    """{day of `days`: milestones of the version before}, as `write` says."""
    found = {}
    for line in before.targets.exclude(milestone="").order_by("due_on") if before else ():
        day = next((day for day in days if day >= line.due_on), days[-1])
        found[day] = f"{found[day]}; {line.milestone}" if day in found else line.milestone
    return found


def recut(commitment, before, promised, *, by, reason, by_words=""):
    """A new version in proportion, where there is a plan and the promise went from `before` to `promised`."""
    plan, lines = current(commitment), targets(commitment)
    if not lines or before == promised:
        return None
    if not before:
        cut = [(line.due_on, promised if line is lines[-1] else 0) for line in lines]
    else:
        unit = commitment.unit
        cut = [(line.due_on, rounded_in(unit, line.quantity_in_all * promised / before)) for line in lines]
        cut[-1] = (cut[-1][0], promised)
    words = {"by": by, "by_words": by_words, "reason": reason, "rhythm": plan.rhythm}
    return write(commitment, [(day, min(amount, promised)) for day, amount in cut], **words)
