"""The public list of offers: what something is left of first, nearest or newest first among those."""

from django.db.models import Q
from django.utils import timezone

from places.distance import miles_from

from .models import Offer

MOST_WORDS = 8


def found(asked):
    """[Offer] that a search form's cleaned data leaves, each with `miles`: None without a postcode or a place."""
    rows = Offer.objects.open_on(timezone.localdate()).for_page()
    for name in ("kind", "district"):
        if asked.get(name):
            rows = rows.filter(**{name: asked[name]})
    for word in (asked.get("q") or "").split()[:MOST_WORDS]:
        rows = rows.filter(Q(title__icontains=word) | Q(description__icontains=word))
    outcode = (asked.get("postcode") or "").split(" ")[0]
    miles = miles_from(outcode) if outcode else {}
    offers = list(rows.order_by("-published_at", "-pk"))
    for offer in offers:
        offer.miles = miles.get(offer.outcode_id)
    if outcode:
        offers.sort(key=lambda offer: (offer.miles is None, offer.miles or 0))
    return sorted(offers, key=lambda offer: not offer.left)
