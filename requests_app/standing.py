"""Whether a request takes pledges: open, paused because nobody called it needed for long, or closed.

The only writer of that state. A request that is not public yet has no standing.
"""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone

from desk import clocks

from . import totals
from .models import Request, RequestTotals


def of(request):
    """The request's RequestTotals, or None before it is first published."""
    return RequestTotals.objects.filter(request=request).first()


VERSION = (
    "latest_revision_id", "last_published_at", "needed_by", "organisation__name", "totals__state", "totals__checked_at",
    *(f"totals__{name}" for name in ("quantity", "pledged", "accepted", "claimed", "confirmed", "verified")),
)  # fmt: skip


def version(pk):
    """What a public request stands at today: another value whenever its words or figures are; None where it is not
    public.
    """
    row = Request.objects.filter(pk=pk, live=True).values_list(*VERSION).first()
    return row and (timezone.localdate(), *row)


def close(row, *, by, reason):
    """It takes no more pledges; ValidationError where it is closed already."""
    RequestTotals.moves.make(row, "close", by=by, about=row.request, log_as="close", data={"reason": reason})
    totals.relist(row.request_id)


def reopen(row, *, by):
    """It is needed, and called so now: paused, closed or open."""
    verb = "still_needed" if row.is_open else "reopen"
    RequestTotals.moves.make(row, verb, by=by, about=row.request, log_as="reopen", checked_at=timezone.now())
    totals.relist(row.request_id)


def pause(row):
    """Nobody called it needed for long (rule 12)."""
    RequestTotals.moves.make(row, "pause", by=None, about=row.request, log_as="pause")
    totals.relist(row.request_id)


@dataclass(frozen=True)
class Silence:
    """How long a group has not said whether its request is still needed, and when it leaves the list."""

    since: date
    weeks: int
    pauses_on: date


def silence(totals, now=None):
    """The Silence of an open request whose question nobody answered for so long that it is said in public, or None."""
    if totals is None or not totals.is_open or totals.checked_at is None:
        return None
    if totals.checked_at > clocks.passed(settings.REQUEST_ASK_DAYS + settings.REQUEST_SILENT_DAYS, now):
        return None
    weeks = (timezone.localdate(now) - totals.asked_on).days // 7
    return Silence(totals.asked_on, weeks, totals.pauses_on)


def asked_about(now=None):
    """RequestTotals of open requests whose groups were asked whether they are still needed, and did not say."""
    asked = clocks.passed(settings.REQUEST_ASK_DAYS, now)
    return RequestTotals.objects.open().filter(listed=True, checked_at__lte=asked)


def stale_before(now=None):
    """The moment up to which a request must have been called needed for it to leave the list now."""
    return clocks.passed(settings.REQUEST_ASK_DAYS + settings.REQUEST_PAUSE_DAYS, now)


def is_stale(totals, now=None):
    """Whether nobody called the request needed for so long that it is paused, tidied up or not."""
    return totals.checked_at is not None and totals.checked_at <= stale_before(now)
