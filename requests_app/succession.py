"""Requests of a council that has ended pass to its successor by their district, as long as they still need help."""

from django.db import transaction

from places import councils
from places.models import Council, Passing
from records.days import day_after

from .models import RequestTotals

WHAT = Passing.What.REQUEST


def due(day):
    """[(RequestTotals, its Council, the Council it passes to)] by `day`; closed and met requests stay where they were.

    The council that it passes to is None where the request has no district.
    """
    ended = {council.pk: council for council in Council.objects.filter(valid_to__lt=day)}
    rows = RequestTotals.objects.filter(council__in=ended).exclude(state=RequestTotals.State.CLOSED)
    found = []
    for totals in rows.select_related("request__district__successor", "request__organisation__district__successor"):
        if totals.fulfilled:
            continue
        old, district = ended[totals.council], totals.request.district or totals.request.organisation.district
        new = councils.council_on(day, district, old)
        found.append((totals, old, None if new == old else new))
    return found


@transaction.atomic
def pass_request(totals, old, to, *, reason, by=None, by_words=""):
    """A request passes the day after its council ends; its address and its history stay."""
    RequestTotals.objects.filter(pk=totals.pk).update(council=to.pk)
    on = day_after(old.valid_to)
    return councils.pass_on(WHAT, totals.request_id, old, to, on=on, reason=reason, by=by, by_words=by_words)
