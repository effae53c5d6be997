"""The vocabulary as editors keep it now, read once a version by each process."""

from hashlib import sha256

from django.db.models import Count, Max

from .models import CountsAs, Need
from .reading import Vocabulary

_kept = {}


def version():
    """A short fingerprint that changes with any need or line of what counts as what."""
    marks = [model.objects.aggregate(n=Count("pk"), at=Max("changed_at"), last=Max("pk")) for model in (Need, CountsAs)]
    return sha256(repr([sorted(mark.items()) for mark in marks]).encode()).hexdigest()[:12]


def vocabulary():
    """The Vocabulary in force."""
    now = version()
    if now not in _kept:
        needs = list(Need.objects.order_by("code").values_list("code", "kind", "terms", "name"))
        links = CountsAs.objects.values_list("offered__code", "needed__code", "share")
        found = Vocabulary.of([need[:3] for need in needs], links)
        found.names = [need[3] for need in needs]
        found.version = now
        _kept.clear()
        _kept[now] = found
    return _kept[now]
