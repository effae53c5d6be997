"""Signed links that need no sign-in: to confirm one delivery, and to say whether a request is still needed.

Short-lived, for one person, void once answered.
"""

from django.conf import settings

from organisations.models import User
from records import signed

from .models import Delivery, RequestTotals

SALT, NEED_SALT = "requests_app.arrived", "requests_app.need"
NEED_LINK_DAYS = 90  # from the first question until long after the request is paused


def make(delivery, person):
    """A token that lets `person` answer for `delivery` as it stands now, whatever their address becomes."""
    return signed.short(f"{delivery.pk}-{person.pk}-{delivery.claimed:.2f}", SALT)


def read(token):
    """(Delivery, User) of a token, or (None, None) when it is forged, too old, or void by what came since."""
    said = signed.read_short(token, SALT, days=settings.CONFIRM_LINK_DAYS)
    number, of_person, claimed = said.split("-") if said and said.count("-") == 2 else ("", "", "")
    delivery = Delivery.objects.with_pledge().filter(pk=number).first() if number else None
    if delivery is None or f"{delivery.claimed:.2f}" != claimed:
        return None, None
    person = next((one for one in delivery.pledge.request.organisation.people if f"{one.pk}" == of_person), None)
    if person is None or person in delivery.pledge.supplier.people:
        return None, None  # no longer in the group, or acting for both sides
    return delivery, person


def about_need(row, person):
    """A token that lets `person` say once whether the request of a RequestTotals is still needed."""
    asked = row.checked_at.isoformat()
    return signed.make({"request": row.request_id, "asked": asked, "by": person.pk}, NEED_SALT)


def read_need(token):
    """(RequestTotals, User) of a token, or (None, None) when it is forged, too old, or answered since."""
    data = signed.read(token, NEED_SALT, days=NEED_LINK_DAYS)
    if data is None:
        return None, None
    row = RequestTotals.objects.filter(pk=data["request"]).select_related("request__organisation").first()
    person = User.objects.filter(pk=data["by"], is_active=True).first()
    if row is None or person is None or row.checked_at.isoformat() != data["asked"] or row.is_closed:
        return None, None
    if person not in row.request.organisation.people:
        return None, None  # no longer in the group
    return row, person
