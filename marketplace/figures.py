"""The front page's figures, kept for half a minute by each worker; the page itself for less than that."""

from dataclasses import dataclass

from django.core.cache import caches
from django.db.models import Count, F, Q
from django.utils import timezone

from requests_app.models import RequestTotals


@dataclass(frozen=True)
class FrontPage:
    """Public requests: ever, still in need, and wholly confirmed."""

    posted: int
    open: int
    met: int


def front_page():
    """The FrontPage of half a minute ago at most."""
    return caches["local"].get_or_set("front_page", count, 30)


def count():
    """As `front_page`, counted now."""
    counted = RequestTotals.objects.filter(published_at__isnull=False, request__live=True).aggregate(
        posted=Count("pk"),
        open=Count("pk", filter=Q(listed=True) & ~Q(needed_by__lt=timezone.localdate())),
        met=Count("pk", filter=Q(asked__gt=0, confirmed__gte=F("asked"))),
    )
    return FrontPage(**counted)
