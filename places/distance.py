"""How far apart two places are, and which postcode districts lie nearest."""

from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

MILES_ACROSS_EARTH = 3958.8


def miles_between(latitude, longitude, other_latitude, other_longitude):
    """Great-circle distance in miles (haversine)."""
    a, b = radians(latitude), radians(other_latitude)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(other_longitude - longitude) / 2) ** 2
    return 2 * MILES_ACROSS_EARTH * asin(sqrt(half))


@lru_cache(maxsize=512)
def nearest_outcodes(code):
    """[(outcode, miles)] from the centre of `code`, nearest first; empty where the outcode is not known."""
    from .models import Outcode

    rows = list(Outcode.objects.values_list("code", "latitude", "longitude"))
    here = next((row for row in rows if row[0] == code), None)
    if here is None:
        return []
    found = [(row[0], miles_between(here[1], here[2], row[1], row[2])) for row in rows]
    return sorted(found, key=lambda pair: pair[1])


@lru_cache(maxsize=512)
def miles_from(code):
    """{outcode: miles} from the centre of `code`; empty where the outcode is not known."""
    return dict(nearest_outcodes(code))
