"""Joining an organisation: founding one, inviting colleagues, asking to join, admitting, leaving."""

import hashlib
import secrets
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from . import contacting, emails, limits, vouching
from .models import Invitation, Membership, Organisation

INVITATION_DAYS = 14


def hash_of(token):
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def found(organisation, *, by):
    """Save a new organisation with its founder as owner; it waits for the council."""
    if Organisation.objects.of(by).filter(name__iexact=organisation.name).exists():
        raise ValidationError("You have signed this organisation up already.", code="twice")
    limits.spend("found", by)
    organisation.save()
    Membership.objects.create(
        organisation=organisation, user=by, role=Membership.Role.OWNER, admitted_at=timezone.now()
    )
    log(organisation, "organisations.waiting", user=by)
    emails.organisation_received(organisation)
    emails.organisation_waiting(organisation)
    vouching.ask(organisation, by=by)
    return organisation


@transaction.atomic
def enter(organisation, *, by):
    """Save a group that the council's staff met or heard by telephone; it waits for the council like any other.

    Its contact is invited as its owner, so that it is theirs from then on.
    """
    organisation.save()
    log(organisation, "organisations.entered", user=by)
    emails.organisation_waiting(organisation)
    vouching.ask(organisation, by=by)
    invite(organisation, organisation.contact_email, Membership.Role.OWNER, by=by)
    return organisation


@transaction.atomic
def invite(organisation, email, role, *, by):
    """Invite a colleague; an earlier open invitation to the same address is withdrawn. Returns the token."""
    email = email.strip().lower()
    if organisation.memberships.admitted().filter(user__email=email).exists():
        raise ValidationError("This person is in your organisation already.", code="member")
    if organisation.is_approved:
        limits.spend("invite", organisation)
    else:
        limits.spend_on_stranger(by, organisation)
    now = timezone.now()
    organisation.invitations.open_on(now).filter(email=email).update(withdrawn_at=now)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email,
        role=role,
        token_hash=hash_of(token),
        invited_by=by,
        expires_at=now + timedelta(days=INVITATION_DAYS),
    )
    log(organisation, "organisations.invite", user=by, data={"email": email, "role": role})
    emails.invitation_sent(invitation, token)
    return token


def find_invitation(token):
    """The open invitation that a link's token belongs to, or None."""
    return (
        Invitation.objects.open_on(timezone.now())
        .select_related("organisation", "invited_by")
        .filter(token_hash=hash_of(token))
        .first()
    )


@transaction.atomic
def accept_invitation(invitation, *, by):
    """Admit `by`; ValidationError unless the invitation was written to the address they proved."""
    if by.email.lower() != invitation.email.lower():
        raise ValidationError(
            f"This invitation was written to {invitation.email}. Sign in with that address to accept it.",
            code="address",
        )
    now = timezone.now()
    if not Invitation.objects.open_on(now).filter(pk=invitation.pk).update(accepted_at=now):
        raise ValidationError("This invitation is no longer open. Ask your colleague for a new one.", code="gone")
    membership, _ = Membership.objects.get_or_create(organisation=invitation.organisation, user=by)
    if membership.role != Membership.Role.OWNER:  # an invitation never takes a role away
        membership.role = invitation.role
    membership.admitted_at = membership.admitted_at or now
    membership.save()
    log(invitation.organisation, "organisations.join", user=by)
    return membership


@transaction.atomic
def ask_to_join(organisation, *, by):
    """Ask the owners to be let in; asking twice changes nothing. ValidationError after too many in a day."""
    membership, asked = Membership.objects.get_or_create(organisation=organisation, user=by)
    if asked:
        limits.spend("join", by)
        log(organisation, "organisations.ask_to_join", user=by)
        emails.join_asked(membership)
    return membership


@transaction.atomic
def admit(membership, *, by):
    if Membership.objects.filter(pk=membership.pk, admitted_at=None).update(admitted_at=timezone.now()):
        log(membership.organisation, "organisations.admit", user=by, data={"person": membership.user.name})
        emails.join_answered(membership, admitted=True)


@transaction.atomic
def remove(membership, *, by):
    """Take a person out, or turn down one who asked; ValidationError for the last owner."""
    organisation = membership.organisation
    owners = organisation.memberships.select_for_update().filter(role=Membership.Role.OWNER)
    if membership.role == Membership.Role.OWNER and len(owners) == 1:
        raise ValidationError("An organisation needs an owner. Make somebody else owner first.", code="last_owner")
    was_asking = membership.admitted_at is None
    Membership.objects.filter(pk=membership.pk).delete()
    log(organisation, "organisations.leave", user=by, data={"person": membership.user.name})
    if was_asking:
        emails.join_answered(membership, admitted=False)
    else:
        contacting.pass_on(organisation, membership.user)
        emails.somebody_left(organisation, membership.user, by)


@transaction.atomic
def change_role(membership, role, *, by):
    """Make a member an owner or an owner a member; ValidationError for the last owner."""
    owners = membership.organisation.memberships.select_for_update().filter(role=Membership.Role.OWNER)
    if membership.role == Membership.Role.OWNER and role != Membership.Role.OWNER and len(owners) == 1:
        raise ValidationError("An organisation needs an owner. Make somebody else owner first.", code="last_owner")
    Membership.objects.filter(pk=membership.pk, admitted_at__isnull=False).update(role=role)
    log(
        membership.organisation,
        "organisations.change_role",
        user=by,
        data={"person": membership.user.name, "role": role},
    )
