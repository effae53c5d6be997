"""What becomes of requests and pledges when an organisation is closed, or two become one."""

from django.core.exceptions import ValidationError
from django.dispatch import receiver

from organisations.models import Organisation
from organisations.signals import closing_asked, organisation_changed, organisation_closed, organisations_merge

from . import emails, moderation, pledges
from .models import Delivery, Pledge, Request, RequestTotals


def open_requests(organisation):
    """Its requests that take pledges, or wait for a moderator or for being called needed."""
    closed = RequestTotals.objects.filter(state=RequestTotals.State.CLOSED).values("request")
    return Request.objects.filter(organisation=organisation).exclude(pk__in=closed).order_by("pk")


def owed(organisation):
    """Its pledges that wait for an answer or for deliveries."""
    states = [Pledge.State.OFFERED, Pledge.State.ACCEPTED]
    return Pledge.objects.filter(supplier=organisation, state__in=states).with_both_sides().order_by("pk")


def awaited(organisation):
    """Accepted pledges towards its requests: help that somebody still means to bring."""
    accepted = Pledge.objects.filter(request__organisation=organisation, state=Pledge.State.ACCEPTED)
    return accepted.with_both_sides().order_by("pk")


@receiver(closing_asked)
def say_what_closing_does(organisation, **kwargs):
    parts = [
        (open_requests(organisation).count(), "open request is closed", "open requests are closed"),
        (owed(organisation).count(), "pledge of its own ends", "pledges of its own end"),
        (awaited(organisation).count(), "accepted pledge towards it is told", "accepted pledges towards it are told"),
    ]
    said = [f"{count} {one if count == 1 else many}" for count, one, many in parts if count]
    return f"Closing it: {', '.join(said)}." if said else ""


@receiver(organisation_closed)
def settle(organisation, by, reason, **kwargs):
    """Close its requests, end its pledges as far as nothing was delivered, and tell the other side of the rest."""
    words = f"{organisation} was closed by the council: {reason}"
    for request in open_requests(organisation):
        moderation.close(request, words, by=by)
    for pledge in owed(organisation):
        end(pledge, words, by=by)
    for pledge in awaited(organisation):
        emails.other_side_closed(pledge, organisation, pledge.supplier, reason)


@receiver(organisation_changed)
def give_requests_back(number, **kwargs):
    """A group that was not approved has its requests with it again."""
    refused = Organisation.objects.filter(pk=number, state=Organisation.State.REFUSED).first()
    if refused:
        moderation.leave_queue(refused)


def end(pledge, words, *, by):
    """End a pledge of a supplier that was closed: taken back, or finished with what arrived; else people are told."""
    waits = Delivery.objects.unsettled().filter(pledge=pledge).exists()
    if pledge.is_accepted and waits:
        emails.other_side_closed(pledge, pledge.supplier, pledge.request.organisation, words)
    elif pledge.is_accepted and Delivery.objects.standing().filter(pledge=pledge).exists():
        pledges.finish(pledge, by=by, reason=words)
    else:
        pledges.withdraw(pledge, words, by=by)


@receiver(organisations_merge)
def refuse_what_can_not_be_one(kept, other, **kwargs):
    """ValidationError where one has pledged to the other, or both wait for an answer to the same request."""
    both = [kept.pk, other.pk]
    if Pledge.objects.filter(supplier__in=both, request__organisation__in=both).exists():
        raise ValidationError("One of them has pledged towards a request of the other: they are two.", code="two")
    waiting = Pledge.objects.waiting_for_answer()
    same = waiting.filter(supplier=other, request__in=waiting.filter(supplier=kept).values("request")).first()
    if same:
        raise ValidationError(
            f"Both have a pledge waiting for “{same.request}”. One of the two has to be answered first.", code="waiting"
        )
