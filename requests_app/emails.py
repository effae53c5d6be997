"""E-mails about requests, pledges and deliveries: one function an event."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from mail.composing import send

from . import links
from .models import DeliveryEvent, Pledge, Request, RequestTotals
from .permissions import CHANGE_DELIVERY


def request_submitted(request):
    send("request_submitted", request.organisation.people, request=request)


def request_approved(request, comment):
    send("request_approved", request.organisation.people, request=request, comment=comment)


def check_link(request):
    return settings.SITE_URL + reverse("request_check", args=[request.pk])


def request_returned(request, comment):
    people = request.organisation.people
    send("request_returned", people, request=request, comment=comment, link=check_link(request))


def request_cancelled(request, reason, by):
    """A moderator ended the moderation without an answer to the request itself."""
    people = request.organisation.people
    send("request_cancelled", people, request=request, reason=reason, by=by, link=check_link(request))


def request_taken_down(request, reason, by):
    people = request.organisation.people
    send("request_taken_down", people, request=request, reason=reason, by=by, link=check_link(request))


def request_paused(request):
    send("request_paused", request.organisation.people, request=request)


def pledge_offered(pledge):
    send("pledge_offered", pledge.request.organisation.people, pledge=pledge)


def pledge_waits(pledge):
    """Nobody has answered yet."""
    send("pledge_waits", pledge.request.organisation.people, pledge=pledge)


def still_needed(row):
    """Each person gets a link of their own, which needs no sign-in."""
    request = row.request
    for person in request.organisation.people:
        link = settings.SITE_URL + reverse("still_needed", args=[links.about_need(row, person)])
        send("still_needed", [person], request=request, link=link, pauses_on=row.pauses_on)


def moderation_late(state):
    """A request waits longer for a moderator than its group was told."""
    request = Request.objects.get(pk=state.workflow_state.object_id)
    send("moderation_late", request.organisation.people, request=request, link=check_link(request))


def pledge_accepted(pledge, paid_by_another=False):
    """`paid_by_another`: this supplier was ready to cover what hosting costs, and another does already."""
    send("pledge_accepted", pledge.supplier.people, pledge=pledge, paid_by_another=paid_by_another)


def hosting_received(pledge):
    send("hosting_received", pledge.supplier.people, pledge=pledge)


def pledge_declined(pledge):
    send("pledge_declined", pledge.supplier.people, pledge=pledge)


def pledge_lapsed(pledge):
    for side in (pledge.supplier, pledge.request.organisation):
        send("pledge_lapsed", side.people, pledge=pledge)


def pledge_withdrawn(pledge):
    send("pledge_withdrawn", pledge.request.organisation.people, pledge=pledge)


def pledge_let_go(pledge):
    send("pledge_let_go", pledge.supplier.people, pledge=pledge)


def delivery_troubled(delivery):
    """A delivery was disputed or asked about, and its supplier has not answered."""
    send("delivery_troubled", delivery.pledge.supplier.people, delivery=delivery)


def delivery_claimed(delivery, changed="", before=""):
    """Each person gets a link of their own, so that the record says whose link confirmed.

    `changed` is what the supplier wrote about a claim that it changed, `before` what it had recorded, in words.
    """
    _ask_whether_it_arrived(delivery, "delivery_claimed", changed=changed, before=before)


def _ask_whether_it_arrived(delivery, template, **more):
    until = timezone.localdate() + timedelta(days=settings.CONFIRM_LINK_DAYS)
    for person in delivery.pledge.request.organisation.people:
        link = settings.SITE_URL + reverse("delivery_by_link", args=[links.make(delivery, person)])
        send(template, [person], delivery=delivery, link=link, until=until, **more)


def delivery_waits(delivery):
    """Nobody of the group has said whether it arrived."""
    _ask_whether_it_arrived(delivery, "delivery_waits")


def delivery_unanswered(delivery):
    """The group stays silent: the contract's manager is told, or whoever verifies deliveries; and the supplier."""
    commitment = delivery.pledge.commitment
    manager = commitment.contract.manager if commitment else None
    council = [manager] if manager else get_user_model().objects.who_may(CHANGE_DELIVERY)
    send("delivery_unanswered", council, delivery=delivery)
    send("delivery_unanswered_supplier", delivery.pledge.supplier.people, delivery=delivery)


def delivery_confirmed(delivery, before, reason):
    """`before` is what the supplier had claimed, in the request's unit."""
    send(
        "delivery_confirmed",
        delivery.pledge.supplier.people,
        delivery=delivery,
        corrected=delivery.confirmed != before,
        before=delivery.pledge.request.say(before),
        reason=reason,
    )


def delivery_disputed(delivery, reason):
    send("delivery_disputed", delivery.pledge.supplier.people, delivery=delivery, reason=reason)


def delivery_queried(delivery, question):
    pledge = delivery.pledge
    for side in (pledge.supplier, pledge.request.organisation):
        send("delivery_queried", side.people, delivery=delivery, question=question)


def delivery_verified(delivery, reason):
    pledge = delivery.pledge
    for side in (pledge.supplier, pledge.request.organisation):
        send("delivery_verified", side.people, delivery=delivery, reason=reason)


def delivery_withdrawn(delivery, reason):
    send("delivery_withdrawn", delivery.pledge.request.organisation.people, delivery=delivery, reason=reason)


def query_answered(delivery, text, by):
    """To the contract's manager, else to whoever asked, else to everybody who may verify it."""
    commitment = delivery.pledge.commitment
    manager = commitment.contract.manager if commitment else None
    asked = delivery.events.filter(what=DeliveryEvent.What.QUERIED).select_related("by").order_by("-pk").first()
    readers = [one for one in (manager, asked and asked.by) if one and one.is_active][:1]
    send(
        "query_answered",
        readers or get_user_model().objects.who_may(CHANGE_DELIVERY),
        delivery=delivery,
        text=text,
        by=by,
    )


def contact_changed(organisation):
    """To the other sides of its accepted pledges, who may see how to reach it: one letter each."""
    either = Q(request__organisation=organisation) | Q(supplier=organisation)
    found = {}
    for pledge in Pledge.objects.filter(either, state=Pledge.State.ACCEPTED).with_both_sides().order_by("pk"):
        asks = pledge.request.organisation_id == organisation.pk
        found.setdefault(pledge.supplier if asks else pledge.request.organisation, []).append(pledge)
    for other, pledges in found.items():
        send("contact_changed", other.people, organisation=organisation, pledges=pledges)


def pledge_finished(pledge):
    send("pledge_finished", pledge.request.organisation.people, pledge=pledge)


def count_agreed(pledge, reason, by):
    words = pledge.commitment.say(pledge.counts)
    send("count_agreed", pledge.supplier.people, pledge=pledge, words=words, reason=reason, by=by)


def count_refused(pledge, commitment, reason, by):
    send("count_refused", pledge.supplier.people, pledge=pledge, commitment=commitment, reason=reason, by=by)


def request_lowered(request):
    """A change was published that asks for less than was accepted: both sides hear of it."""
    accepted = request.pledges.filter(state=Pledge.State.ACCEPTED).select_related("supplier")
    for pledge in accepted:
        send("request_lowered", pledge.supplier.people, pledge=pledge, request=request)
    totals = RequestTotals.objects.get(request=request)  # what a revision carries may be older
    send("request_lowered_own", request.organisation.people, request=request, totals=totals)


def other_side_closed(pledge, closed, other, reason):
    """An accepted pledge whose one side was closed: the other side settles it with a person of the council."""
    send("other_side_closed", other.people, pledge=pledge, closed=closed, reason=reason)
