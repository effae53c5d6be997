"""Expected by now, and pace: how far a promise should be by its delivery plan, and how far it is.

Expected is linear by calendar days between the points of a plan: nothing at the end of the day before it begins, then
as much in all as each line says at the end of its day, and the whole after the last. Pace is what was confirmed of it.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from vocabulary.quantities import rounded_in
from vocabulary.units import Unit, say_total

START_UP_DAYS = 91  # a quarter from a plan's first day, in which nothing is called behind unless the plan says other
AMOUNTS = ("committed", "expected", "claimed", "confirmed", "verified")
AHEAD, BEHIND = Fraction(11, 10), Fraction(9, 10)


class Pace(StrEnum):
    """How confirmed delivery stands to what was expected; the value is what people read."""

    NOT_DUE = "Nothing due yet"
    STARTING = "Starting up"
    AHEAD = "Ahead"
    ON_TRACK = "On track"
    BEHIND = "Behind"


@dataclass(frozen=True)
class Plan:
    """A delivery plan as sums need it: the day on which it begins, [(day, in all by its end)] by day, and for how many
    days nothing is called behind.
    """

    starts_on: date
    points: tuple
    start_up_days: int = START_UP_DAYS

    @property
    def ends_on(self):
        return self.points[-1][0]

    @property
    def settled_on(self):
        """The first day on which it may be called behind."""
        return self.starts_on + timedelta(days=self.start_up_days)


def expected(plan, day):
    """What a plan expects by the end of `day`: an exact Fraction in the commitment's unit."""
    before, amount = plan.starts_on - timedelta(days=1), Fraction(0)
    if day <= before:
        return Fraction(0)
    for due_on, in_all in plan.points:
        if day <= due_on:
            return amount + (Fraction(in_all) - amount) * Fraction((day - before).days, (due_on - before).days)
        before, amount = due_on, Fraction(in_all)
    return amount


def pace_of(confirmed, due, is_starting):
    """The Pace of what was confirmed beside what was due by now; `is_starting`: before the plan's `settled_on`."""
    if not due:
        return Pace.NOT_DUE
    confirmed = Fraction(confirmed)
    if confirmed > AHEAD * due:
        return Pace.AHEAD
    if confirmed >= BEHIND * due:
        return Pace.ON_TRACK
    return Pace.STARTING if is_starting else Pace.BEHIND


@dataclass(frozen=True)
class Standing:
    """A commitment, or those of one unit together, beside what was expected of them; amounts in their unit."""

    unit: str
    committed: Fraction
    expected: Fraction
    claimed: Fraction
    confirmed: Fraction
    verified: Fraction
    pace: Pace

    @property
    def short(self):
        """How much less is confirmed than was expected; 0 where it is as much or more."""
        return max(self.expected - self.confirmed, Fraction(0))

    @property
    def unit_label(self):
        return Unit(self.unit).label

    @cached_property
    def words(self):
        """{name: an amount in words} of all amounts, to two places like hours: 3.4 people may be expected by now."""
        names = (*AMOUNTS, "short")
        return {name: say_total(rounded_in(Unit.HOURS, getattr(self, name)), self.unit) for name in names}


def standing(commitment, plan, day):
    """The Standing of one commitment with its `balance`; None without a plan, and where it is withdrawn."""
    if plan is None or commitment.is_withdrawn:
        return None
    due, balance = expected(plan, day), commitment.balance
    pace = pace_of(balance.confirmed, due, day < plan.settled_on)
    figures = (Fraction(getattr(balance, name)) for name in ("claimed", "confirmed", "verified"))
    return Standing(commitment.unit, Fraction(balance.promised), due, *figures, pace)


@dataclass
class _Together:
    sums: dict = field(default_factory=dict)
    settled_on: date | None = None  # the first of their plans' days


def by_unit(commitments, plans, day):
    """[Standing], one a unit, of commitments that have a plan; `plans` is {commitment id: Plan}."""
    found = {}
    for commitment in commitments:
        plan = plans.get(commitment.pk)
        if one := standing(commitment, plan, day):
            together = found.setdefault(commitment.unit, _Together())
            for name in AMOUNTS:
                together.sums[name] = together.sums.get(name, Fraction(0)) + getattr(one, name)
            together.settled_on = min(together.settled_on or plan.settled_on, plan.settled_on)
    return [
        Standing(unit, **row.sums, pace=pace_of(row.sums["confirmed"], row.sums["expected"], day < row.settled_on))
        for unit, row in sorted(found.items())
    ]
