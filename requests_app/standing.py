"""Whether a request takes pledges: open, paused because nobody called it needed for long, or closed.

The only writer of that state. A request that is not public yet has no standing.
"""

from django.utils import timezone

from . import totals
from .models import RequestTotals


def of(request):
    """The request's RequestTotals, or None before it is first published."""
    return RequestTotals.objects.filter(request=request).first()


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
