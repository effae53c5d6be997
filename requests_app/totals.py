"""The only writer of RequestTotals: progress in figures and the place in the public list.

Quantities are Decimals in the request's unit. `move` is one conditional UPDATE, so that two acceptances in the
same instant cannot both take the last of what is needed (rule 1).
"""

from django.db import transaction
from django.db.models import Case, F, Sum, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from places import councils
from vocabulary.quantities import ZERO, exact

from . import index
from .models import Delivery, Pledge, Request, RequestTotals
from .signals import request_changed

State = RequestTotals.State


class NeedExceeded(Exception):
    """More would be accepted than the request still needs; nothing was written."""


@transaction.atomic
def place(request):
    """Bring the list's copy of a live request up to date; True where it now asks for less than was accepted."""
    now, quantity = timezone.now(), exact(request.quantity)
    council = councils.council_on(timezone.localdate(), request.district or request.organisation.district)
    defaults = {"checked_at": now, "council": council and council.pk}
    before, is_new = RequestTotals.objects.get_or_create(request=request, defaults=defaults)
    RequestTotals.objects.filter(request=request).update(
        quantity=quantity,
        asked=Greatest(quantity, F("accepted")),
        published_at=Coalesce("published_at", Value(request.first_published_at or now)),
        kind=request.kind,
        district=request.district_id,
        outcome=request.outcome_id,
        needed_by=request.needed_by,
        outcode="" if request.remote else (request.outcode_id or ""),
    )
    _relist(request.pk)
    index.write(request)
    request_changed.send(RequestTotals, number=request.pk, went_live=is_new)
    return before.quantity > request.quantity < RequestTotals.objects.get(request=request).accepted


def relist(request_id):
    """Work out again whether a request stands in the public list."""
    _relist(request_id)
    request_changed.send(RequestTotals, number=request_id, went_live=False)


def _relist(request_id):
    live = Request.objects.filter(pk=request_id, live=True).exists()
    in_need = When(state=State.OPEN, quantity__gt=Greatest("accepted", "confirmed"), then=Value(live))
    RequestTotals.objects.filter(request=request_id).update(listed=Case(in_need, default=Value(False)))


def move(request_id, **moves):
    """Add signed amounts to a request's figures; NeedExceeded where more would be accepted than it still needs."""
    moves = {name: amount for name, amount in moves.items() if amount}
    if not moves:
        return
    rows = RequestTotals.objects.filter(request=request_id)
    after = {name: F(name) + exact(amount) for name, amount in moves.items()}
    if moves.get("accepted", ZERO) > 0:
        rows = rows.filter(quantity__gte=Greatest("accepted", "confirmed") + exact(moves["accepted"]))
    if "accepted" in moves:
        after["asked"] = Greatest(F("quantity"), after["accepted"])
    if not rows.update(**after):
        raise NeedExceeded
    if {"accepted", "confirmed"} & moves.keys():
        _relist(request_id)
    request_changed.send(RequestTotals, number=request_id, went_live=False)


def counted(request_id):
    """The figures as pledges and deliveries give them: {name: Decimal}."""
    pledges = dict(Pledge.objects.filter(request=request_id).values_list("state").annotate(Sum("quantity")).order_by())
    completed = Pledge.objects.completed().filter(request=request_id).with_arrived()
    accepted = pledges.get(Pledge.State.ACCEPTED, ZERO) + sum((pledge.taken for pledge in completed), ZERO)
    return {
        "pledged": pledges.get(Pledge.State.OFFERED, ZERO),
        "accepted": accepted,
        **Delivery.objects.filter(pledge__request=request_id).sums(),
    }


def differences():
    """Requests whose kept figures differ from what they count: [(id, figure, kept, counted)]."""
    found = []
    for totals in RequestTotals.objects.select_related("request").iterator():
        figures = counted(totals.request_id)
        if totals.published_at and totals.request.live:
            figures["quantity"] = totals.request.quantity
        figures["asked"] = max(figures.get("quantity", totals.quantity), figures["accepted"])
        for name, amount in figures.items():
            if getattr(totals, name) != amount:
                found.append((totals.request_id, name, getattr(totals, name), amount))
    return found
