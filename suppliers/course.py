"""The course of a promise over its plan: what was expected by each day, and what was claimed, confirmed and verified.

A plan is a line, deliveries are steps: nothing is drawn between two of them. A table says the same.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import Sum

from records.days import months_after
from screens.charts import WIDTH, height_of
from vocabulary.quantities import rounded_in
from vocabulary.units import Unit, say_total

from . import pace
from .models import LedgerEntry
from .planned import PROVED

MOST_MOMENTS = 24  # each can be reached by the keyboard
MONTHS_APART, ONE_DAY = 3, timedelta(days=1)
KEYS = ("expected", "claimed", "confirmed", "verified")


@dataclass(frozen=True)
class Moment:
    """What stands at the end of a day, in words; proved amounts are "" for days to come."""

    day: date
    words: dict


@dataclass(frozen=True)
class Course:
    """A drawing in a box of WIDTH by HEIGHT: polylines, how far from its left edge today lies (None where it is over or
    to come), and Moments at equal distances.
    """

    standing: pace.Standing
    starts_on: date
    ends_on: date
    lines: list  # (key, points)
    today: float | None
    moments: list

    @property
    def label(self):
        said = self.standing.unit_label
        return f"{said[:1].upper()}{said[1:]} over the plan"

    @property
    def begins(self):
        return f"{self.starts_on:%B %Y}"

    @property
    def ends(self):
        return f"{self.ends_on:%B %Y}"

    @property
    def months(self):
        """[(by when, [what is said of each])], as the frame of a chart takes them."""
        return [
            (
                f"By {moment.day:%-d %B %Y}",
                [f"{key.capitalize()}: {said}" for key, said in moment.words.items() if said],
            )
            for moment in self.moments
        ]

    @property
    def finding(self):
        """What the drawing shows."""
        words = self.standing.words
        if not self.standing.expected:
            return f"Nothing is due yet of {words['committed']}"
        expected = f"{words['confirmed']} confirmed of {words['expected']} expected by now"
        return f"{self.standing.pace.value}: {expected}, {words['committed']} in all"


def of_commitments(commitments, plans, day):
    """[Course], one a unit, of commitments with their `balance`; `plans` is {commitment id: pace.Plan}."""
    planned = [row for row in commitments if row.pk in plans and not row.is_withdrawn]
    rows = LedgerEntry.objects.filter(commitment__in=[row.pk for row in planned], account__in=PROVED)
    sums = rows.values_list("commitment__unit", "account", "happened_on").annotate(Sum("amount"))
    steps, by_unit = defaultdict(list), defaultdict(list)
    for unit, account, happened_on, amount in sums.order_by("happened_on"):
        steps[unit, account].append((happened_on, amount))
    for row in planned:
        by_unit[row.unit].append(plans[row.pk])
    return [drawn(standing, by_unit[standing.unit], steps, day) for standing in pace.by_unit(planned, plans, day)]


def drawn(standing, plans, steps, day):
    """The Course of a pace.Standing, [pace.Plan] and {(unit, account): [(day, amount)] by day}."""
    first, last = min(plan.starts_on for plan in plans), max(plan.ends_on for plan in plans)
    span, unit = (last - first).days + 1, standing.unit
    whole = max(standing.committed, standing.claimed, Fraction(1, 100))

    def x(of):  # a day ends at the right of its column
        return round(WIDTH * min(max(((of - first).days + 1) / span, 0), 1), 1)

    def y(amount):
        return height_of(100 * Fraction(amount) / whole)

    ends = sorted({day for plan in plans for day in (plan.starts_on - ONE_DAY, *(due_on for due_on, _ in plan.points))})
    points = [(x(end), y(_expected(plans, end))) for end in ends]
    lines = [("expected", points)]
    for account in PROVED:
        reached, stairs = Fraction(0), [(0, y(0))]
        for happened_on, amount in steps.get((unit, account), ()):
            stairs.append((x(happened_on), y(reached)))
            reached += Fraction(amount)
            stairs.append((x(happened_on), y(reached)))
        lines.append((account.value, [*stairs, (x(day), y(reached))]))
    return Course(
        standing=standing,
        starts_on=first,
        ends_on=last,
        lines=[(key, " ".join(f"{across},{down}" for across, down in line)) for key, line in lines],
        today=x(day) if first <= day <= last else None,
        moments=[_moment(end, standing.unit, plans, steps, day) for end in _ends(first, last)],
    )


def _expected(plans, day):
    return sum((pace.expected(plan, day) for plan in plans), Fraction(0))


def _ends(first, last):
    """Days at equal distances, about a quarter apart, the last of them `last`."""
    span, count = (last - first).days + 1, 1
    while count < MOST_MOMENTS and months_after(first, MONTHS_APART * count) <= last:
        count += 1
    return [first + timedelta(days=round(span * number / count) - 1) for number in range(1, count + 1)]


def _moment(end, unit, plans, steps, day):
    words = {"expected": say_total(rounded_in(Unit.HOURS, _expected(plans, end)), unit)}
    for account in PROVED:
        reached = sum(amount for happened_on, amount in steps.get((unit, account), ()) if happened_on <= end)
        words[account.value] = say_total(reached, unit) if end <= day else ""
    return Moment(end, words)
