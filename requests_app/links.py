"""Signed links to confirm one delivery without signing in: short-lived, for one address, void once answered."""

from datetime import timedelta

from django.conf import settings
from django.core import signing

from .models import Delivery

SALT = "requests_app.delivery"


def make(delivery, address):
    """A token that lets the holder of `address` answer for `delivery` as it stands now."""
    return signing.dumps({"delivery": delivery.pk, "claimed": f"{delivery.claimed:.2f}", "to": address}, salt=SALT)


def read(token):
    """(delivery, address) of a token, or (None, "") when it is forged, too old, or void by what came since."""
    try:
        data = signing.loads(token, salt=SALT, max_age=timedelta(days=settings.CONFIRM_LINK_DAYS))
    except signing.BadSignature:
        return None, ""
    delivery = Delivery.objects.with_pledge().filter(pk=data["delivery"]).first()
    if delivery is None or f"{delivery.claimed:.2f}" != data["claimed"]:
        return None, ""
    organisation = delivery.pledge.request.organisation
    if data["to"] not in organisation.mailboxes or data["to"] in delivery.pledge.supplier.mailboxes:
        return None, ""  # no longer in the group, or acting for both sides
    return delivery, data["to"]
