"""What groups confirmed in each district, by unit: hours, people and pounds are never added."""

from dataclasses import dataclass

from django.db.models import Count, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.http import urlencode

from places.map import choropleth
from requests_app.models import Delivery
from vocabulary.units import say_total

ANYWHERE = "The whole county, or from a distance"


@dataclass(frozen=True)
class Amount:
    """So much in one unit, in words, and where that opens."""

    words: str
    address: str


@dataclass(frozen=True)
class District:
    """`number` is its id, None for what names none; `amounts` are Amounts, one a unit."""

    number: int | None
    name: str
    deliveries: int
    amounts: tuple

    @property
    def address(self):
        """Its requests, met ones too."""
        return f"{reverse('requests')}?show=all" + (f"&district={self.number}" if self.number else "")


def delivered():
    """[District] with something confirmed, by name; what names no district comes last."""
    rows = Delivery.objects.standing().annotate(arrived=Coalesce("verified", "confirmed")).filter(arrived__gt=0)
    columns = ("pledge__request__district", "pledge__request__district__name", "pledge__request__unit")
    sums = rows.values_list(*columns).annotate(count=Count("pk"), amount=Sum("arrived"))
    found = {}
    for number, name, unit, count, amount in sums.order_by(*columns):
        asked = urlencode({"unit": unit, "district": number or "none"})
        opened = Amount(say_total(amount, unit), f"{reverse('figure', args=['arrived'])}?{asked}")
        found.setdefault((number, name or ANYWHERE), []).append((count, opened))
    made = [
        District(number, name, sum(count for count, _ in parts), tuple(opened for _, opened in parts))
        for (number, name), parts in found.items()
    ]
    return sorted(made, key=lambda each: (each.number is None, each.name))


def drawn(districts):
    """What components/county.html draws of the deliveries in each; None without outlines."""
    numbers = {each.number: each.deliveries for each in districts if each.number}

    def say(shape, number):
        return f"{shape.name}: {number} confirmed deliver{'y' if number == 1 else 'ies'}"

    def lead(shape):
        return f"{reverse('requests')}?show=all&district={shape.district}"

    return choropleth("Confirmed deliveries, by district", numbers, say, lead) if numbers else None
