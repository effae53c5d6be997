"""E-mails about organisations and the people in them: one function an event."""

from django.conf import settings
from django.contrib.auth.models import Permission
from django.urls import reverse

from guidance.mail import send

from .models import User


def organisation_received(organisation):
    send("organisation_received", organisation.mailboxes, organisation=organisation)


def organisation_waiting(organisation):
    """To the people whose role it is to answer."""
    may_answer = Permission.objects.filter(codename="change_organisation", content_type__app_label="organisations")
    people = User.objects.filter(is_active=True, groups__permissions__in=may_answer).distinct()
    send("organisation_waiting", people.values_list("email", flat=True), organisation=organisation)


def organisation_approved(organisation):
    send("organisation_approved", organisation.mailboxes, organisation=organisation)


def organisation_refused(organisation):
    send("organisation_refused", organisation.mailboxes, organisation=organisation)


def invitation_sent(invitation, token):
    link = settings.SITE_URL + reverse("invitation", args=[token])
    send("invitation_sent", [invitation.email], invitation=invitation, link=link)


def join_asked(membership):
    owners = membership.organisation.memberships.filter(role="owner").values_list("user__email", flat=True)
    send("join_asked", owners, membership=membership)


def join_answered(membership, admitted):
    send("join_answered", [membership.user.email], membership=membership, admitted=admitted)
