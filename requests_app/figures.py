"""Figures of requests: how many anybody may read, need help or are met, and what arrived under them."""

from django.db.models import F, OuterRef, PositiveBigIntegerField, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from places.models import Passing
from records.figures import Entries, Entry, Figure, register, say_number
from vocabulary.quantities import ZERO
from vocabulary.units import say_total

from .models import Delivery, RequestTotals

LABELS = {
    "posted": ("Requests", "Requests that anybody may read, whether or not they still need help."),
    "open": ("Still looking for help", "Of these, the ones that still need something and whose day has not passed."),
    "met": (
        "Met, and confirmed by the group",
        "Of these, the ones of which the group confirmed all it asked for.",
    ),
    "arrived": (
        "Confirmed by the groups that received it",
        "What groups confirmed that they received, with or without a contract behind it.",
    ),
    "arrived_verified": ("Verified by the council", "What of that the council verified."),
}


def _rows(name, council=None):
    rows = RequestTotals.objects.public()
    if council:
        rows = rows.filter(council=None if council == "none" else council)
    if name == "open":
        return rows.in_need_on(timezone.localdate())
    return rows.met() if name == "met" else rows


def _request(totals):
    request = totals.request
    return Entry(str(request), 1, request.get_absolute_url(), day=timezone.localdate(totals.published_at))


def _council_on_its_day():
    """The number of the council whose request it was on the day of a delivery."""
    passed = Passing.objects.filter(what=Passing.What.REQUEST, number=OuterRef("pledge__request"))
    later = passed.filter(on__gt=OuterRef("delivered_on")).order_by("on")
    then, now = Subquery(later.values("from_council")[:1]), F("pledge__request__totals__council")
    return Coalesce(then, now, output_field=PositiveBigIntegerField())


def _deliveries(name, unit="", since=None, until=None, council=None, district=None):
    """Deliveries that a group confirmed (or the council verified), each with `figure`: what is counted of it."""
    rows = Delivery.objects.standing().exclude(confirmed=None)
    if name == "arrived_verified":
        rows = rows.verified()
    bounds = {"pledge__request__unit": unit, "delivered_on__gte": since, "delivered_on__lte": until}
    rows = rows.filter(**{bound: value for bound, value in bounds.items() if value})
    if district:
        rows = rows.filter(pledge__request__district=None if district == "none" else district)
    if council:
        rows = rows.annotate(council_then=_council_on_its_day())
        rows = rows.filter(council_then=None if council == "none" else council)
    return rows.annotate(figure=Coalesce(F("verified"), F("confirmed")))


def _delivery(delivery):
    request = delivery.pledge.request
    if not request.live:
        return Entry("For a request that is no longer shown", delivery.figure, day=delivery.delivered_on)
    note = "Verified by somebody of one of its sides, as nobody else could" if delivery.own_side else ""
    address = reverse("request_progress", args=[request.pk])
    return Entry(str(request), delivery.figure, address, note, day=delivery.delivered_on)


def register_all():
    """Offer every figure of requests; called once when the site starts."""
    for name in ("posted", "open", "met"):
        register(
            Figure(
                name=name,
                label=LABELS[name][0],
                sentence=LABELS[name][1],
                unit="requests",
                narrowed_by=("council",),
                value=lambda name=name, **scope: _rows(name, **scope).count(),
                entries=lambda name=name, **scope: Entries(
                    _rows(name, **scope).select_related("request").order_by("-published_at", "-pk"), _request
                ),
            )
        )
    for name in ("arrived", "arrived_verified"):
        register(
            Figure(
                name=name,
                label=LABELS[name][0],
                sentence=LABELS[name][1],
                narrowed_by=("unit", "council", "district", "since", "until"),
                value=lambda name=name, **scope: (
                    _deliveries(name, **scope).aggregate(total=Sum("figure"))["total"] or ZERO
                ),
                entries=lambda name=name, **scope: Entries(
                    _deliveries(name, **scope).select_related("pledge__request").order_by("-delivered_on", "-pk"),
                    _delivery,
                ),
                say=lambda amount, unit="", **_: say_total(amount, unit) if unit else say_number(amount),
            )
        )
