"""Whom the other side of a pledge reaches at an organisation: somebody who is still there."""

from django.db.models import Case, Value, When
from wagtail.log_actions import log

from . import emails
from .models import Membership, Organisation
from .signals import contact_changed


def pass_on(organisation, person):
    """Where `person` was the contact, whoever has been owner longest becomes one, else whoever has been there longest;
    with nobody left there is no contact. Called as the person leaves.
    """
    held = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    if not person.email or held.contact_email.lower() != person.email.lower():
        return
    owners_first = Case(When(role=Membership.Role.OWNER, then=Value(0)), default=Value(1))
    others = held.memberships.admitted().filter(user__is_active=True).exclude(user=person).select_related("user")
    heir = others.order_by(owners_first, "admitted_at", "pk").first()
    name, address = (heir.user.name, heir.user.email) if heir else ("", "")
    Organisation.objects.filter(pk=held.pk).update(contact_name=name, contact_email=address, contact_phone="")
    log(held, "organisations.contact_passed", data={"person": name})
    if heir:
        held.refresh_from_db(fields=["contact_name", "contact_email", "contact_phone"])
        emails.contact_passed(held, heir.user)
        contact_changed.send(Organisation, organisation=held)


def address_changed(sender, user, from_email_address, to_email_address, **kwargs):
    """Where a person's old address was an organisation's contact, the new one is."""
    if from_email_address:
        theirs = Membership.objects.admitted().filter(user=user).values("organisation")
        for held in Organisation.objects.filter(pk__in=theirs, contact_email__iexact=from_email_address.email):
            Organisation.objects.filter(pk=held.pk).update(contact_email=to_email_address.email)
            held.refresh_from_db(fields=["contact_email"])
            contact_changed.send(Organisation, organisation=held)
            log(held, "organisations.contact_moved", user=user, data={})
