"""E-mails about offers: one function an event."""

from django.contrib.auth import get_user_model

from mail.composing import send

from .permissions import CHANGE_OFFER


def offer_submitted(offer):
    send("offer_submitted", get_user_model().objects.who_may(CHANGE_OFFER), offer=offer)


def offer_published(offer):
    send("offer_published", offer.supplier.people, offer=offer)


def offer_returned(offer):
    send("offer_returned", offer.supplier.people, offer=offer)


def asked(ask):
    send("offer_asked", ask.offer.supplier.people, ask=ask, offer=ask.offer)


def ask_waits(ask):
    """Nobody has answered yet."""
    send("ask_waits", ask.offer.supplier.people, ask=ask, offer=ask.offer)


def granted(ask):
    """To both sides: each sees now how to reach the other."""
    send("ask_granted", ask.organisation.people, ask=ask, offer=ask.offer)
    send("ask_granted_own", ask.offer.supplier.people, ask=ask, offer=ask.offer)


def declined(ask):
    send("ask_declined", ask.organisation.people, ask=ask, offer=ask.offer)


def taken_back(ask):
    send("ask_taken_back", ask.offer.supplier.people, ask=ask, offer=ask.offer)


def lapsed(ask):
    for side in (ask.offer.supplier, ask.organisation):
        send("ask_lapsed", side.people, ask=ask, offer=ask.offer)


def came_back(ended, waiting):
    """Something of an offer is free again, and others wait for it."""
    offer = ended.offer
    send("offer_came_back", offer.supplier.people, ask=ended, offer=offer, waiting=waiting)
