"""What the site's rooms offer to guidance pages: figures, a list of open requests, and what a model version touches."""

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from guidance import feeds
from requests_app.models import Request, RequestTotals
from suppliers.models import Commitment, CommitmentBalance
from vocabulary.units import Unit

from . import figures


def number(value):
    """A whole number with thousands apart."""
    return f"{value or 0:,}"


def hours(account):
    """Hours in one account of all commitments, whole."""

    def read():
        total = CommitmentBalance.objects.filter(commitment__unit=Unit.HOURS, commitment__withdrawn_at=None).aggregate(
            total=Sum(account)
        )["total"]
        return f"{round(total or 0):,}"

    return read


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


def register():
    """Offer everything; called once when the site starts."""
    requests = "/requests/"
    counted = "/outcomes/"
    for name, label, address in (
        ("posted", "requests posted so far", f"{requests}?show=all"),
        ("open", "requests still looking for help", requests),
        ("met", "requests met and confirmed by the group", f"{requests}?show=met"),
    ):
        feeds.register_figure(name, label, lambda name=name: number(getattr(figures.count(), name)), address)
    feeds.register_figure(
        "hours_promised", "volunteering and expert hours promised in contracts", hours("promised"), counted
    )
    feeds.register_figure(
        "hours_confirmed", "hours confirmed by the groups that received them", hours("confirmed"), counted
    )
    feeds.register_figure("hours_verified", "hours verified by the council", hours("verified"), counted)
    feeds.register_list("requests", "requests_app/_cards.html", open_requests)
    feeds.register_touched("requests", "requests", touched_requests)
    feeds.register_touched("commitments", "commitments", touched_commitments)
