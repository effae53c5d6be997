"""What the site's rooms offer to guidance pages: figures, a list of open requests, and what a model version touches."""

from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from guidance import feeds
from records import figures
from requests_app.models import Request, RequestTotals
from suppliers.models import Commitment
from vocabulary.units import Unit


def whole(value):
    """A whole number with thousands apart, halves up."""
    return f"{Decimal(value).quantize(Decimal(1), ROUND_HALF_UP):,}"


def open_requests(kind="", outcome=None, how_many=3):
    """Requests that are public and still look for help, newest first."""
    rows = RequestTotals.objects.in_need_on(timezone.localdate())
    if kind:
        rows = rows.filter(kind=kind)
    if outcome:
        rows = rows.filter(outcome=outcome)
    return Request.objects.in_order(list(rows.newest().values_list("request_id", flat=True)[:how_many]))


def touched_requests(outcomes):
    rows = Request.objects.filter(outcome__in=outcomes).order_by("pk")
    return [(request.title, request.get_absolute_url()) for request in rows]


def touched_commitments(outcomes):
    rows = Commitment.objects.filter(outcome__in=outcomes).select_related("contract").order_by("pk")
    return [(f"{row.contract.reference}: {row}", reverse("commitment:edit", args=[row.pk])) for row in rows]


OFFERED = (
    ("posted", "requests on this site", "posted", {}),
    ("open", "requests still looking for help", "open", {}),
    ("met", "requests met and confirmed by the group", "met", {}),
    ("hours_promised", "volunteering and expert hours promised in contracts", "promised", {"unit": Unit.HOURS}),
    ("hours_confirmed", "hours confirmed by the groups that received them", "arrived", {"unit": Unit.HOURS}),
    ("hours_verified", "hours verified by the council", "arrived_verified", {"unit": Unit.HOURS}),
)
"""(name for editors, label, figure, what it is narrowed to)"""


def read(figure, scope):
    return whole(figures.value(figure, **scope))


def register():
    """Offer everything; called once when the site starts."""
    for name, label, figure, scope in OFFERED:
        address = f"/figures/{figure}/" + (f"?{urlencode(scope)}" if scope else "")
        feeds.register_figure(name, label, partial(read, figure, scope), address)
    feeds.register_list("requests", "requests_app/_cards.html", open_requests)
    feeds.register_touched("requests", "requests", touched_requests)
    feeds.register_touched("commitments", "commitments", touched_commitments)
