"""E-mails about requests, pledges and deliveries: one function an event."""

from django.conf import settings
from django.urls import reverse

from guidance.mail import send

from . import links


def request_submitted(request):
    send("request_submitted", request.organisation.mailboxes, request=request)


def request_approved(request, comment):
    send("request_approved", request.organisation.mailboxes, request=request, comment=comment)


def request_returned(request, comment):
    link = settings.SITE_URL + reverse("request_check", args=[request.pk])
    send("request_returned", request.organisation.mailboxes, request=request, comment=comment, link=link)


def request_paused(request):
    send("request_paused", request.organisation.mailboxes, request=request)


def pledge_offered(pledge):
    send("pledge_offered", pledge.request.organisation.mailboxes, pledge=pledge)


def pledge_accepted(pledge):
    send("pledge_accepted", pledge.supplier.mailboxes, pledge=pledge)


def pledge_declined(pledge):
    send("pledge_declined", pledge.supplier.mailboxes, pledge=pledge)


def pledge_lapsed(pledge):
    for side in (pledge.supplier, pledge.request.organisation):
        send("pledge_lapsed", side.mailboxes, pledge=pledge)


def pledge_withdrawn(pledge):
    send("pledge_withdrawn", pledge.request.organisation.mailboxes, pledge=pledge)


def delivery_claimed(delivery):
    """Each person gets a link of their own, so that the record says whose link confirmed."""
    for address in delivery.pledge.request.organisation.mailboxes:
        link = settings.SITE_URL + reverse("delivery_by_link", args=[links.make(delivery, address)])
        send("delivery_claimed", [address], delivery=delivery, link=link)


def delivery_confirmed(delivery, corrected):
    send("delivery_confirmed", delivery.pledge.supplier.mailboxes, delivery=delivery, corrected=corrected)


def delivery_disputed(delivery, reason):
    send("delivery_disputed", delivery.pledge.supplier.mailboxes, delivery=delivery, reason=reason)


def delivery_queried(delivery, question):
    pledge = delivery.pledge
    for side in (pledge.supplier, pledge.request.organisation):
        send("delivery_queried", side.mailboxes, delivery=delivery, question=question)


def delivery_verified(delivery, reason):
    pledge = delivery.pledge
    for side in (pledge.supplier, pledge.request.organisation):
        send("delivery_verified", side.mailboxes, delivery=delivery, reason=reason)


def delivery_withdrawn(delivery, reason):
    send("delivery_withdrawn", delivery.pledge.request.organisation.mailboxes, delivery=delivery, reason=reason)


def query_answered(delivery, text):
    """To the contract's manager, where the contract names one."""
    commitment = delivery.pledge.commitment
    manager = commitment.contract.manager if commitment else None
    if manager:
        send("query_answered", [manager.email], delivery=delivery, text=text)


def pledge_finished(pledge):
    send("pledge_finished", pledge.request.organisation.mailboxes, pledge=pledge)


def count_agreed(pledge, reason):
    words = pledge.commitment.say(pledge.counts)
    send("count_agreed", pledge.supplier.mailboxes, pledge=pledge, words=words, reason=reason)
