"""Drawing a sample: by a seed, weighted by quantity, the way auditors draw by monetary unit.

Quantities of different units are never added. Within a unit a delivery weighs as much as its quantity; the units weigh
as many as they have deliveries. The draw goes through all of them in a fixed order in equal steps from a start that the
seed gives (systematic sampling with probability proportional to size): a delivery larger than a step is drawn for
certain, maybe more than once. Where as many are asked for as there are, all are drawn, once.
"""

import random
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log

from records.bounds import FIRST_DAY

from . import population
from .models import Sample, SampleItem
from .population import NUMBERS

MOST = 5000
USUAL = 60


@dataclass(frozen=True)
class Drawn:
    """A delivery with how often it was drawn."""

    delivery: population.Confirmed
    draws: int


def weights(deliveries):
    """[Fraction] that add up to the number of deliveries, in their order."""
    totals, counts = defaultdict(Fraction), defaultdict(int)
    for one in deliveries:
        totals[one.unit] += Fraction(one.amount)
        counts[one.unit] += 1
    return [Fraction(one.amount) / totals[one.unit] * counts[one.unit] for one in deliveries]


def choose(deliveries, size, seed):
    """[Drawn] among [Confirmed] in their order; `size` draws in all, or each of them once."""
    if size >= len(deliveries):
        return [Drawn(one, 1) for one in deliveries]
    step = Fraction(len(deliveries), size)
    dice = random.Random(seed)  # noqa: S311 - to be drawn again, not to be secret
    point, end, found = Fraction(dice.random()) * step, Fraction(0), []
    for one, weight in zip(deliveries, weights(deliveries), strict=True):
        end, draws = end + weight, 0
        while point < end:
            point, draws = point + step, draws + 1
        if draws:
            found.append(Drawn(one, draws))
    return found


@transaction.atomic
def draw(*, seed, size, as_at, until, since=FIRST_DAY, by=None, by_words=""):
    """(the Sample, whether it was drawn now): the one that these words name, drawn where it was not before.

    ValidationError for no delivery to draw from, and for a size that is none.
    """
    if not 0 < size <= MOST:
        raise ValidationError({"size": f"Enter a number from 1 to {MOST:,}."})
    words = {"seed": seed, "size": size, "since": since, "until": until, "as_at": as_at}
    if found := Sample.objects.filter(**words).first():
        return found, False
    deliveries = population.confirmed(as_at, until, since)
    if not deliveries:
        raise ValidationError("Nothing that was delivered in this time stands confirmed.", code="empty")
    whole = size >= len(deliveries)
    more = {"population": len(deliveries), "is_whole": whole, "drawn_by": by, "drawn_by_words": by_words}
    sample, is_new = Sample.objects.get_or_create(**words, defaults=more)
    if not is_new:  # somebody else drew it in the same moment
        return sample, False
    SampleItem.objects.bulk_create(
        SampleItem(
            sample=sample, commitment_id=one.delivery.commitment, day=one.delivery.day, confirmed=one.delivery.amount,
            draws=one.draws, **dict(zip(NUMBERS, one.delivery.numbers, strict=True)),
        )
        for one in choose(deliveries, size, seed)
    )  # fmt: skip
    log(sample, "assurance.drawn", user=by, data={name: str(value) for name, value in words.items()})
    return sample, True
