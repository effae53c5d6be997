"""Who may open what: loading is permission. Not yours is 404; yours, but not allowed, is 403."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from organisations.models import Organisation

from .models import ContactSeen, Delivery, Pledge, Request


def my_organisations(user):
    """Ids of the organisations that `user` acts for."""
    if not user.is_authenticated:
        return set()
    return set(Organisation.objects.of(user).values_list("pk", flat=True))


def own_request(user, pk):
    """A request of one of the user's organisations, else 404."""
    return get_object_or_404(Request.objects.of(user).for_page(), pk=pk)


def visible_pledge(user, pk):
    """(pledge, side): side is "supplier", "requestor" or "council"; else 404."""
    pledge = get_object_or_404(Pledge.objects.visible_to(user).with_both_sides(), pk=pk)
    return pledge, side_of(user, pledge)


def side_of(user, pledge):
    """Which side the user sees a pledge from. Somebody on both sides acts for the supplier: nobody answers
    their own pledge.
    """
    mine = my_organisations(user)
    if pledge.supplier_id in mine:
        return "supplier"
    return "requestor" if pledge.request.organisation_id in mine else "council"


WRONG_SIDE = "This is for the other side to do. If you act for both, ask a colleague."


def pledge_as(user, pk, side):
    """A pledge that `user` sees from `side`; 403 for the other side."""
    pledge, mine = visible_pledge(user, pk)
    if mine != side:
        raise PermissionDenied(WRONG_SIDE)
    return pledge


def visible_delivery(user, pk):
    """(delivery, side), else 404."""
    delivery = get_object_or_404(Delivery.objects.with_pledge(), pk=pk)
    if not Pledge.objects.visible_to(user).filter(pk=delivery.pledge_id).exists():
        raise Http404
    return delivery, side_of(user, delivery.pledge)


def delivery_as(user, pk, side):
    delivery, mine = visible_delivery(user, pk)
    if mine != side:
        raise PermissionDenied(WRONG_SIDE)
    return delivery


def note_contacts_seen(pledge, side, person):
    """Write down whose contact details somebody was shown on the page of a pledge, once a day."""
    if not pledge.contacts_open:
        return
    shown = {"requestor": pledge.request.organisation, "supplier": pledge.supplier}
    for organisation in [other for name, other in shown.items() if name != side]:
        ContactSeen.objects.get_or_create(organisation=organisation, pledge=pledge, by=person, on=timezone.localdate())


def who_saw_contacts(person, most=200):
    """ContactSeen of the organisations that somebody acts for, the newest first."""
    rows = ContactSeen.objects.filter(organisation__in=my_organisations(person))
    return rows.select_related("organisation", "pledge__request", "by")[:most]
