"""What anybody may read of an organisation: who it is, what was checked, what it asks, what it gave and received."""

from django.db.models import Count
from django.shortcuts import get_object_or_404, render

from organisations.models import Organisation

from ..models import Delivery, RequestTotals, Thanks

MOST = 20


def organisation_public(request, pk):
    """An approved organisation; 404 for any other. Nothing that needs a sign-in stands here: no person, no contact."""
    shown = get_object_or_404(Organisation.objects.approved().select_related("district"), pk=pk)
    arrived = Delivery.objects.standing().filter(confirmed__gt=0, pledge__request__live=True).with_pledge()
    gave = arrived.filter(pledge__supplier=shown).order_by("-delivered_on", "-pk")
    received = arrived.filter(pledge__request__organisation=shown)
    totals = RequestTotals.objects.public().filter(request__organisation=shown).select_related("request")
    thanks = Thanks.objects.shown().filter(delivery__pledge__supplier=shown).select_related(
        "delivery__pledge__request__organisation", "photo"
    )  # fmt: skip
    context = {
        "shown": shown,
        "requests": totals.newest()[:MOST],
        "gave": gave[:MOST],
        "gave_to": gave.aggregate(groups=Count("pledge__request__organisation", distinct=True))["groups"],
        "gave_in_all": gave.count(),
        "received": received.count(),
        "thanks": thanks.order_by("-at")[:MOST],
    }
    return render(request, "requests_app/organisation_public.html", context)
