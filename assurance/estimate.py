"""How far what is confirmed is overstated, from a sample that was wholly checked.

The share by which a checked delivery is overstated is its taint, from 0 to 1. Drawn by quantity, the mean taint of the
draws estimates by how much the confirmed quantities are overstated, each unit weighing as many as it has deliveries.
The interval holds the true share 19 times in 20: quantiles of the beta distribution for as many whole errors as the
taints add up to (Clopper and Pearson's, on the sum of taints), which errs on the careful side for parts of errors.
Where all were drawn there is nothing to estimate, and no interval.
"""

from dataclasses import dataclass
from fractions import Fraction

import mpmath
from django.db.models import prefetch_related_objects

SURE = 0.95
DIGITS = 8


@dataclass(frozen=True)
class Overstated:
    """Of `population` deliveries `checked` were checked; shares from 0 to 1, `low` and `high` None where all were."""

    population: int
    checked: int
    rate: Fraction
    low: float | None
    high: float | None

    @property
    def words(self):
        """ "412 deliveries confirmed, 60 checked, overstated by 2.1% (0.6% to 4.8%)"."""
        counts = f"{self.population:,} deliveries confirmed, {self.checked:,} checked"
        said = f"{counts}, overstated by {_percent(self.rate)}"
        return said if self.low is None else f"{said} ({_percent(self.low)} to {_percent(self.high)})"


def _percent(share):
    return f"{float(share):.1%}"


def of_sample(sample):
    """The Overstated of a Sample; None while a delivery of it waits to be checked."""
    prefetch_related_objects([sample], "items__commitment")  # unless they are there already
    items = list(sample.items.all())
    if any(not item.is_checked for item in items):
        return None
    if sample.is_whole:
        return Overstated(sample.population, len(items), _whole(items), None, None)
    draws = sum(item.draws for item in items)
    errors = sum((taint(item) * item.draws for item in items), Fraction(0))
    low, high = interval(errors, draws)
    return Overstated(sample.population, len(items), errors / draws, low, high)


def taint(item):
    """By what share a checked delivery is overstated, a Fraction from 0 to 1."""
    return (Fraction(item.confirmed) - Fraction(item.found)) / Fraction(item.confirmed)


def _whole(items):
    """The share over all deliveries, each unit weighing as many as it has deliveries."""
    by_unit = {}
    for item in items:
        confirmed, found, count = by_unit.get(item.commitment.unit, (Fraction(0), Fraction(0), 0))
        by_unit[item.commitment.unit] = (
            confirmed + Fraction(item.confirmed), found + Fraction(item.found), count + 1
        )  # fmt: skip
    return sum((confirmed - found) / confirmed * count for confirmed, found, count in by_unit.values()) / len(items)


def interval(errors, draws, sure=SURE):
    """(low, high) of the share of errors, of as many `errors` (a sum of parts) among so many draws."""
    errors, tail = float(errors), (1 - sure) / 2
    low = 0.0 if errors <= 0 else quantile(tail, errors, draws - errors + 1)
    high = 1.0 if errors >= draws else quantile(1 - tail, errors + 1, draws - errors)
    return low, high


def quantile(share, a, b):
    """Where the beta distribution of `a` and `b` has reached a share, by halving."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if mpmath.betainc(a, b, 0, middle, regularized=True) < share:
            low = middle
        else:
            high = middle
    return round((low + high) / 2, DIGITS)


def progress(sample):
    """(how many of its deliveries are checked, how many there are)."""
    prefetch_related_objects([sample], "items__commitment")
    items = sample.items.all()
    return sum(item.is_checked for item in items), len(items)
