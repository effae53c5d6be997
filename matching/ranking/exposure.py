"""Who was shown: how often each request came before suppliers and brokers, and whether small groups come short.

Counted in the worker process and written once a minute, as reads of pages are. A floor guarantees that no request
goes unseen for long: after lists.FLOOR_DAYS it stands first in a list it fits, and after MATCHING_UNSEEN_DAYS the
broker is told of it by e-mail, which counts as seen.
"""

import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Count, F
from django.utils import timezone

from mail.composing import send
from organisations.models import Organisation, User
from requests_app.models import Request, RequestTotals

from ..models import RequestSeen

FLUSH_SECONDS = 60
FIRST_REQUESTS = 2
MOST_TOLD = 100  # requests an e-mail; the rest come the next day

_lock = threading.Lock()
_shown = Counter()
_flushed_at = time.monotonic()


def shown(numbers):
    """These requests were put before somebody who might help."""
    global _flushed_at
    with _lock:
        _shown.update(numbers)
        due = time.monotonic() - _flushed_at > FLUSH_SECONDS
        if due:
            _flushed_at = time.monotonic()
    if due:
        with suppress(DatabaseError):  # a count is never worth a reader's page
            flush()


def flush():
    """Write what was counted since the last time."""
    with _lock:
        waiting = dict(_shown)
        _shown.clear()
    record(waiting)


def record(times):
    """Add {request id: times} to what was seen before, now."""
    now = timezone.now()
    there = set(RequestTotals.objects.filter(request__in=times).values_list("request_id", flat=True))
    with transaction.atomic():
        RequestSeen.objects.bulk_create(
            [RequestSeen(request_id=number, last_at=now) for number in sorted(there)], ignore_conflicts=True
        )
        for number in sorted(there):
            RequestSeen.objects.filter(request=number).update(times=F("times") + times[number], last_at=now)


def unseen_since(moment):
    """Open requests that were published before `moment` and shown to nobody since: RequestTotals, oldest first."""
    seen = RequestSeen.objects.filter(last_at__gte=moment).values("request")
    rows = RequestTotals.objects.in_need_on(timezone.localdate()).filter(published_at__lt=moment)
    return rows.exclude(request__in=seen).order_by("published_at")


def overdue(now=None):
    """Those at the end of the guarantee: unseen for MATCHING_UNSEEN_DAYS."""
    return unseen_since((now or timezone.now()) - timedelta(days=settings.MATCHING_UNSEEN_DAYS))


def tell_brokers():
    """The end of the guarantee: brokers are told of these requests by e-mail, and so they have been seen."""
    rows = list(overdue().values_list("request_id", flat=True)[:MOST_TOLD])
    to = list(User.objects.filter(is_active=True, groups__name="Brokers"))
    if not rows or not to:
        return 0
    with transaction.atomic():
        record(dict.fromkeys(rows, 1))
        send("unseen_requests", to, requests=Request.objects.in_order(rows), days=settings.MATCHING_UNSEEN_DAYS)
    return len(rows)


def is_small(kind, posted):
    """An informal group, or one that is still new to this: no more than FIRST_REQUESTS public requests so far."""
    return kind == Organisation.Kind.INFORMAL or posted <= FIRST_REQUESTS


def posted_by_organisation():
    """{organisation id: how many public requests it has posted so far}."""
    rows = RequestTotals.objects.posted().values_list("request__organisation_id")
    return dict(rows.annotate(Count("pk")).order_by())


@dataclass(frozen=True)
class Exposure:
    """How often the open requests of some groups were shown to suppliers; `mean` is times a request."""

    who: str
    requests: int
    shown: int
    mean: float
    never: int


def table():
    """[Exposure] of small and new groups, and of all others."""
    rows = list(
        RequestTotals.objects.in_need_on(timezone.localdate()).values_list(
            "request_id", "request__organisation_id", "request__organisation__kind"
        )
    )
    posted = posted_by_organisation()
    times = dict(RequestSeen.objects.values_list("request_id", "times"))
    found = []
    for who, wanted in (("Small and first-time groups", True), ("All other groups", False)):
        numbers = [n for n, organisation, kind in rows if is_small(kind, posted.get(organisation, 0)) == wanted]
        shows = [times.get(number, 0) for number in numbers]
        found.append(
            Exposure(
                who=who,
                requests=len(numbers),
                shown=sum(shows),
                mean=round(sum(shows) / len(shows), 1) if shows else 0,
                never=sum(show == 0 for show in shows),
            )
        )
    return found
