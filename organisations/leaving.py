"""A person who is deleted: what they did stays, as history is never edited; who they were goes, and what they held
passes on.
"""

from django.contrib.contenttypes.models import ContentType
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from mail import preferences
from mail.models import Message

from . import contacting, emails
from .models import Invitation, Membership, Organisation
from .signals import FORMER


def leave(sender, user, address, **kwargs):
    """Called where a person is deleted, before anything of them goes."""
    hand_on(user)
    for membership in Membership.objects.filter(user=user, admitted_at__isnull=False).select_related("organisation"):
        contacting.pass_on(membership.organisation, user)
    forget(user, address)


def hand_on(user):
    """Where a person was the only owner, whoever has been there longest becomes one.

    The council is told of an organisation that nobody acts for any more.
    """
    owned = Membership.objects.filter(user=user, role=Membership.Role.OWNER, admitted_at__isnull=False)
    for organisation in Organisation.objects.select_for_update(of=("self",)).filter(memberships__in=owned):
        others = organisation.memberships.admitted().filter(user__is_active=True).exclude(user=user)
        if others.filter(role=Membership.Role.OWNER).exists():
            continue
        heir = others.select_related("user").order_by("admitted_at", "pk").first()
        if heir is None:
            emails.left_alone(organisation)
            continue
        Membership.objects.filter(pk=heir.pk).update(role=Membership.Role.OWNER)
        log(organisation, "organisations.change_role", data={"person": heir.user.name, "role": "owner"})


def forget(user, address):
    """Take a person's name and address out of what was written down beside others' acts."""
    of_organisations = ModelLogEntry.objects.filter(content_type=ContentType.objects.get_for_model(Organisation))
    for key, known, instead in (("person", user.name, FORMER), ("email", user.email, address)):
        for entry in of_organisations.filter(**{f"data__{key}": known}):
            entry.data[key] = instead
            entry.save(update_fields=["data"])
    Invitation.objects.filter(email__iexact=user.email).update(email=address)
    preferences.forget(user.email)
    Message.objects.filter(address__iexact=user.email, settled_at__isnull=False).delete()
