"""What fits a business that has promised nothing yet: open requests in its own words, and near it.

Words that few requests share count more. A request is within reach where it can be met from anywhere, or lies as near
as the supplier says it travels.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils import timezone

from places.distance import miles_from
from requests_app import index
from requests_app.models import RequestTotals

REACH = 15  # miles, where a supplier says nothing
COMMON = 200  # requests that share a word, from which it tells nothing
FEWEST_LETTERS = 3


@dataclass
class Fit:
    """A request within reach: its words that the supplier used too, and how far it is (None where it is no matter)."""

    request: int
    miles: float | None
    score: float = 0
    words: list = field(default_factory=list)


def for_supplier(organisation, limit=10):
    """[Fit] of open requests for what a supplier says it can offer, best first; the nearest where nothing is said."""
    profile = getattr(organisation, "supplier_profile", None)
    words = [word for word in index.words_of(profile.can_offer if profile else "") if len(word) >= FEWEST_LETTERS]
    rows = RequestTotals.objects.in_need_on(timezone.localdate()).filter(request__live=True)
    rows = rows.exclude(request__organisation=organisation)
    asks = defaultdict(list)
    for word in dict.fromkeys(words):
        found = list(index.narrow(rows, [word], common=False).values_list("request_id", flat=True)[:COMMON])
        for number in found if len(found) < COMMON else []:
            asks[number].append((word, 1 / len(found)))
    scores = {number: sum(share for _, share in shared) for number, shared in asks.items()}
    if scores:
        rows = rows.filter(request__in=sorted(scores, key=scores.get, reverse=True)[:COMMON])
    fits = within_reach(rows, organisation, (profile and profile.travels_miles) or REACH)
    for fit in fits:
        fit.words, fit.score = [word for word, _ in asks[fit.request]], scores.get(fit.request, 0)
    fits.sort(key=lambda fit: (-fit.score, fit.miles if fit.miles is not None else REACH, fit.request))
    return fits[:limit]


def within_reach(rows, organisation, most):
    """[Fit] of those rows that lie within `most` miles of an organisation, or may be met from anywhere."""
    base = organisation.outcode_id
    near = miles_from(base) if base else {}
    found = []
    for number, outcode in rows.newest().values_list("request_id", "request__outcode")[:COMMON]:
        miles = near.get(outcode) if outcode else None
        if not outcode or not base or (miles is not None and miles <= most):
            found.append(Fit(number, miles))
    return found
