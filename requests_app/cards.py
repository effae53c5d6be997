"""Cards of requests, drawn from one question and kept by each worker under all that they show.

What a card shows is read as a row of plain values, and the row itself is the key of the markup that was made from it:
whatever changes in a request, its figures or the day makes another key, so that no kept card can be an old one.
"""

from functools import lru_cache
from typing import NamedTuple

from django.db.models import OuterRef, Subquery
from django.template.loader import render_to_string
from django.utils import timezone

from organisations.models import Organisation
from places.models import District, Outcode

from .models import Request, RequestPicture, RequestTotals
from .search import LEAST

KEPT = 3000  # about a kilobyte each
FIELDS = ("title", "kind", "unit", "unit_words", "remote", "needed_by")
TOTALS = ("quantity", "asked", "accepted", "claimed", "confirmed")
NAMES = ("request__organisation__name", "request__outcode__town", "request__district__name")
PATHS = (*LEAST, *(f"request__{name}" for name in FIELDS), *NAMES, *TOTALS)
PHOTO = Subquery(RequestPicture.objects.filter(request=OuterRef("request")).order_by("pk").values("upload")[:1])
COLUMNS = (*PATHS, PHOTO)


class Shown(NamedTuple):
    """What a card depends on beside its row: the day, miles from the postcode searched for or None, its heading."""

    day: object
    miles: float | None
    level: int


def of(ids, miles=None, level=2):
    """[markup] of the cards of requests in the order of their numbers; those gone meanwhile are left out.

    `miles` is {request number: how far it is from the place that was searched for}.
    """
    rows = {row[0]: row for row in RequestTotals.objects.filter(pk__in=ids).values_list(*COLUMNS)}
    return of_rows([rows[pk] for pk in ids if pk in rows], miles, level)


def of_rows(rows, miles=None, level=2):
    """As `of`, of rows of COLUMNS that were read already."""
    today, miles = timezone.localdate(), miles or {}
    return [drawn(row, Shown(today, miles.get(row[0]), level)) for row in rows]


@lru_cache(maxsize=KEPT)
def drawn(row, shown):
    """The markup of one card."""
    context = {"card": from_row(row), "miles": shown.miles, "level": shown.level}
    return render_to_string("requests_app/_card.html", context)


def from_row(row):
    """A Request that was never saved with what a card asks of it, from a row of COLUMNS."""
    values = dict(zip((*PATHS, "photo"), row, strict=True))
    request = Request(pk=values["request_id"], **{name: values[f"request__{name}"] for name in FIELDS})
    organisation, town, district = (values[name] or "" for name in NAMES)
    request.organisation = Organisation(name=organisation)
    if values["outcode"]:
        request.outcode = Outcode(code=values["outcode"], town=town)
    if district:
        request.district = District(pk=0, name=district)
    request.photo = values["photo"]
    request.totals = RequestTotals(**{name: values[name] for name in TOTALS})
    return request
