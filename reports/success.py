"""What makes a request succeed here: how many had a pledge within four weeks, with and without something.

Counted on the site's own requests that have been public for four weeks, and said only where both groups are large
enough and the difference is larger than chance would make it (two proportions, 95%). Nothing is claimed of causes.
"""

from dataclasses import dataclass
from math import sqrt

from django.core.cache import cache
from django.db.models import Count, Min, Q
from django.utils import timezone

from requests_app.models import Pledge, RequestTotals

WITHIN_DAYS = 28
LEAST = 20  # requests in each group
KEY, KEPT_SECONDS = "success", 26 * 3600
LONG_ENOUGH, SOON_DAYS = 250, 21


@dataclass(frozen=True)
class Trait:
    """Something a request has or lacks. `holds(row)` of facts about it; `lacks(draft)` of a draft."""

    having: str
    without: str
    advice: str
    holds: object
    lacks: object


def time_left(draft):
    return draft.needed_by and (draft.needed_by - timezone.localdate()).days


TRAITS = {
    "picture": Trait(
        "with a picture", "without one", "Add a picture.",
        lambda row: row["pictures"] > 0, lambda draft: not draft.pictures.count(),
    ),
    "words": Trait(
        "that say in a few sentences what it is for", "that say less", "Say more of what it is for.",
        lambda row: row["letters"] >= LONG_ENOUGH, lambda draft: 0 < len(draft.description) < LONG_ENOUGH,
    ),
    "time": Trait(
        "that leave three weeks or more", "that leave less", "Name a later day if you can.",
        lambda row: row["days"] >= SOON_DAYS,
        lambda draft: time_left(draft) is not None and time_left(draft) < SOON_DAYS,
    ),
}  # fmt: skip


def facts(today):
    """[dict] of each request that has been public for four weeks: pledged in time, pictures, letters, days left."""
    public = RequestTotals.objects.posted().annotate(pictures=Count("request__pictures"))
    rows = public.values_list("pk", "published_at", "needed_by", "request__description", "pictures")
    real = Pledge.objects.filter(~Q(state="withdrawn")).values("request").annotate(first=Min("offered_at"))
    first = dict(real.values_list("request", "first"))
    found = []
    for number, published, needed_by, description, pictures in rows:
        day = timezone.localdate(published)
        if (today - day).days < WITHIN_DAYS:
            continue
        pledged = number in first and (timezone.localdate(first[number]) - day).days <= WITHIN_DAYS
        days = (needed_by - day).days if needed_by else 0
        found.append({"pledged": pledged, "pictures": pictures, "letters": len(description), "days": days})
    return found


def measure(rows):
    """{trait: (share with, share without)} in per cent, of those traits that make a difference here."""
    found = {}
    for name, trait in TRAITS.items():
        groups = {True: [], False: []}
        for row in rows:
            groups[trait.holds(row)].append(row["pledged"])
        if min(map(len, groups.values())) < LEAST:
            continue
        (a, n), (b, m) = ((sum(groups[has]), len(groups[has])) for has in (True, False))
        together = (a + b) / (n + m)
        chance = sqrt(together * (1 - together) * (1 / n + 1 / m))
        if chance and (a / n - b / m) / chance > 1.96:
            found[name] = (round(100 * a / n), round(100 * b / m))
    return found


def refresh():
    """Measure once more and keep it: no reader waits for that."""
    found = measure(facts(timezone.localdate()))
    cache.set(KEY, found, KEPT_SECONDS)
    return found


def for_draft(draft):
    """Sentences for what a draft lacks that made a difference before."""
    if not draft.pk or draft.live:
        return []
    kept = cache.get(KEY) or {}
    said = "Of requests {having}, {share} in 100 had a pledge within four weeks; of those {without}, {other}. {advice}"
    return [
        said.format(having=trait.having, without=trait.without, advice=trait.advice, share=share, other=other)
        for name, (share, other) in kept.items()
        if (trait := TRAITS.get(name)) and trait.lacks(draft)
    ]
