"""Delivery plans: versions that are only ever added, each line so much in all by such a day.

The last line equals the promise: whoever varies the promise gets a new version, cut in proportion.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from vocabulary.quantities import rounded, rounded_in

from .models import CommitmentBalance, DeliveryPlan, DeliveryTarget


def current(commitment):
    """The newest DeliveryPlan of a commitment, or None."""
    return commitment.plans.order_by("-version").first()


def targets(commitment):
    """[DeliveryTarget] of the newest plan, by day."""
    plan = current(commitment)
    return list(plan.targets.order_by("due_on")) if plan else []


@transaction.atomic
def write(commitment, lines, *, by, reason, by_words=""):
    """Add a version of `lines`, [(day, Decimal in all)]; returns the DeliveryPlan.

    ValidationError unless days and quantities rise and the last equals what is promised.
    """
    lines = sorted(lines)
    promised = CommitmentBalance.objects.get(commitment=commitment).promised
    days, quantities = [day for day, _ in lines], [rounded(quantity) for _, quantity in lines]
    if not lines or len(set(days)) < len(days) or quantities != sorted(quantities) or quantities[0] < 0:
        raise ValidationError("A plan is one or more days, each with as much in all as the day before, or more.")
    if quantities[-1] != promised:
        raise ValidationError(f"The plan must end with what is promised, {commitment.say(promised)}.", code="promise")
    before = current(commitment)
    plan = DeliveryPlan.objects.create(
        commitment=commitment,
        version=before.version + 1 if before else 1,
        reason=reason[:500],
        by=by,
        by_words=by_words,
        at=timezone.now(),
    )
    DeliveryTarget.objects.bulk_create(
        DeliveryTarget(plan=plan, due_on=day, quantity_in_all=quantity)
        for day, quantity in zip(days, quantities, strict=True)
    )
    return plan


def recut(commitment, before, promised, *, by, reason, by_words=""):
    """A new version in proportion, where there is a plan and the promise went from `before` to `promised`."""
    lines = targets(commitment)
    if not lines or before == promised:
        return None
    if not before:
        cut = [(line.due_on, promised if line is lines[-1] else 0) for line in lines]
    else:
        unit = commitment.unit
        cut = [(line.due_on, rounded_in(unit, line.quantity_in_all * promised / before)) for line in lines]
        cut[-1] = (cut[-1][0], promised)
    return write(commitment, [(day, min(amount, promised)) for day, amount in cut], by=by, reason=reason,
                 by_words=by_words)  # fmt: skip
