"""E-mails about organisations and the people in them: one function an event."""

from django.conf import settings
from django.urls import reverse

from mail.composing import Reader, send

from .models import User
from .permissions import CHANGE_ORGANISATION


def organisation_received(organisation):
    send("organisation_received", organisation.people, organisation=organisation)


def deciders():
    """The people whose role it is to answer organisations."""
    return User.objects.who_may(CHANGE_ORGANISATION)


def organisation_waiting(organisation):
    send("organisation_waiting", deciders(), organisation=organisation)


def organisation_approved(organisation):
    send("organisation_approved", organisation.people, organisation=organisation)


def organisation_refused(organisation):
    send("organisation_refused", organisation.people, organisation=organisation)


def organisation_closed(organisation):
    send("organisation_closed", organisation.people, organisation=organisation)


def left_alone(organisation):
    """To the people whose role it is to answer: the last person who acted for it was deleted."""
    send("organisation_left_alone", deciders(), organisation=organisation)


def somebody_left(organisation, person, by):
    """To its owners but whoever did it, and to the person where somebody else did."""
    readers = [one for one in (*organisation.owners, person) if one != by and one.is_active]
    send("person_left", readers, organisation=organisation, person=person, by=by)


def contact_passed(organisation, person):
    """To whoever is the contact from now on."""
    send("contact_passed", [person], organisation=organisation)


def sponsor_asked(organisation, token):
    """To an address that may be anybody's: none of the group's words."""
    link = settings.SITE_URL + reverse("sponsor", args=[token])
    send("sponsor_asked", [Reader(organisation.sponsor_email)], link=link)


def sponsor_answered(organisation, answered):
    """To the group, and to the people whose role it is to answer it."""
    send("sponsor_answered", organisation.people, organisation=organisation, answered=answered)
    send("sponsor_told", deciders(), organisation=organisation, answered=answered)


def invitation_sent(invitation, token):
    """To an address that may be anybody's: before the council has approved the organisation, none of its words."""
    send(
        "invitation_sent",
        [Reader(invitation.email)],
        invitation=invitation,
        organisation_approved=invitation.organisation.is_approved,
        link=settings.SITE_URL + reverse("invitation", args=[token]),
    )


def join_asked(membership):
    send("join_asked", membership.organisation.owners, membership=membership)


def join_answered(membership, admitted):
    send("join_answered", [membership.user], membership=membership, admitted=admitted)


def change_received(organisation, lines, by):
    """To everybody who acts for it: a change of what was approved waits. `lines` say each as "Name: old → new"."""
    send("organisation_change_received", organisation.people, organisation=organisation, lines=lines, by=by)


def change_waiting(organisation, lines, by):
    """To the people whose role it is to answer."""
    send("organisation_change_waiting", deciders(), organisation=organisation, lines=lines, by=by)


def change_agreed(organisation, lines, reason):
    send("organisation_change_agreed", organisation.people, organisation=organisation, lines=lines, reason=reason)


def change_refused(organisation, lines, reason):
    send("organisation_change_refused", organisation.people, organisation=organisation, lines=lines, reason=reason)
