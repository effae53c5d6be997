"""Rating commitments that are key performance indicators: suggested from their pace, set by a person with a reason.

A contract's indicators are assessed at least once in twelve months (Procurement Act 2023, section 71).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import log

from organisations import sides
from records.days import months_after
from suppliers import pace, plans
from suppliers.models import Commitment
from words.lines import said

from .models import Assessment, Rating

GOOD, NEAR, POOR = Fraction(95, 100), Fraction(75, 100), Fraction(50, 100)
SOON = timedelta(days=60)


def suggested(standing):
    """The Rating that a pace.Standing suggests: what is confirmed of what was due; "other" where nothing is."""
    if standing is None or not standing.expected or standing.pace == pace.Pace.STARTING:
        return Rating.OTHER
    share = standing.confirmed / standing.expected
    if share >= GOOD:
        return Rating.GOOD
    if share >= NEAR:
        return Rating.APPROACHING
    return Rating.IMPROVE if share >= POOR else Rating.INADEQUATE


@dataclass(frozen=True)
class Indicator:
    """A key performance indicator as it stands on a day."""

    commitment: Commitment
    standing: object
    suggested: Rating
    newest: Assessment | None
    due_on: date | None

    def is_due(self, day):
        return self.due_on is not None and self.due_on <= day + SOON


def indicators(commitments, day):
    """[Indicator] of the commitments that are key performance indicators, the three most material first."""
    rows = list(commitments.indicators().with_balance().order_by("contract", "binding", "pk"))
    known = plans.in_force(commitment.pk for commitment in rows)
    newest = {}
    for assessment in Assessment.objects.filter(commitment__in=rows).select_related("by").order_by("assessed_on", "pk"):
        newest[assessment.commitment_id] = assessment
    return [_indicator(commitment, known.get(commitment.pk), newest.get(commitment.pk), day) for commitment in rows]


def _indicator(commitment, plan, newest, day):
    standing = pace.standing(commitment, plan, day)
    since = newest.assessed_on if newest else commitment.contract.start
    is_over = newest and commitment.contract.end and newest.assessed_on >= commitment.contract.end
    due_on = None if since is None or is_over else months_after(since, 12)
    if due_on and commitment.contract.end:
        due_on = min(due_on, commitment.contract.end)
    return Indicator(commitment, standing, suggested(standing), newest, due_on)


def published(day):
    """The newest Assessment of each indicator of the contracts that run on a day: what anybody may read."""
    running = Q(commitment__contract__end=None) | Q(commitment__contract__end__gte=day)
    rows = Assessment.objects.filter(running, commitment__in=Commitment.objects.indicators())
    newest = {
        row.commitment_id: row for row in rows.order_by("assessed_on", "pk").select_related("commitment__contract")
    }
    return sorted(newest.values(), key=lambda row: (row.commitment.contract.title, row.commitment_id))


@transaction.atomic
def assess(commitment, rating, reason, *, by):
    """Keep a person's rating of today; ValidationError without a reason, for what is no indicator, for its own side."""
    kept = Commitment.objects.select_related("contract__supplier").get(pk=commitment.pk)
    sides.refuse_own(by, *kept.contract.organisations())
    if not kept.is_indicator:
        raise ValidationError("This commitment is no key performance indicator. Say so on the commitment first.")
    if rating not in Rating.values:
        raise ValidationError({"rating": "Choose one of the Act’s ratings."})
    if not said(reason):
        raise ValidationError({"reason": "Say why it is rated so: the reason is published with it."})
    today = timezone.localdate()
    (now,) = indicators(Commitment.objects.filter(pk=kept.pk), today)
    made = Assessment.objects.create(
        commitment=kept, assessed_on=today, suggested=now.suggested, rating=rating, reason=said(reason)[:500], by=by
    )
    data = {"rating": rating, "suggested": now.suggested, "reason": made.reason}
    log(kept, "performance.assessed", user=by, data=data)
    return made
