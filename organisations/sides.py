"""Two people for trust (rule 14): nobody approves, agrees or verifies for an organisation that they belong to."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from .models import Membership, Organisation

ACTS_OF_ITS_PEOPLE = (
    "organisations.waiting", "organisations.join", "organisations.ask_to_join", "organisations.invite",
    "organisations.change", "organisations.change_proposed",
)  # fmt: skip
"""Whoever gets into an organisation does one of these and is named in the log: leaving it takes nothing back."""


def belongs_to(user, *organisations):
    """The first of `organisations` that `user` belongs to, or asks to belong to; None where there is none."""
    numbers = [organisation.pk for organisation in organisations if organisation]
    rows = Membership.objects.filter(user=user, organisation__in=numbers).select_related("organisation")
    membership = rows.first()
    return membership.organisation if membership else None


def own_ids(user):
    """Numbers of the organisations that `user` belongs to, asks to belong to, or has acted for and left."""
    log = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Organisation), user=user, action__in=ACTS_OF_ITS_PEOPLE
    )
    acted_for = {int(number) for number in log.values_list("object_id", flat=True).distinct()}
    return acted_for | set(Membership.objects.filter(user=user).values_list("organisation", flat=True))


def own_of(user, *organisations):
    """The first of `organisations` that is one of `own_ids`, or None."""
    own = own_ids(user)
    return next((organisation for organisation in organisations if organisation and organisation.pk in own), None)


def left_out(user):
    """Numbers of organisations about which `user` may not decide: `own_ids`, but none where a council is too small."""
    return set() if settings.OWN_SIDE_MAY_DECIDE else own_ids(user)


def refuse_own(user, *organisations):
    """ValidationError where one of `organisations` is, or was, the user's own: somebody else has to decide.

    Where a council is too small for that (OWN_SIDE_MAY_DECIDE) it is logged instead; returns that organisation or None.
    """
    own = own_of(user, *organisations) if user else None
    if own and settings.OWN_SIDE_MAY_DECIDE:
        log(own, "organisations.own_side", user=user)
    elif own:
        sentence = f"You belong to {own}, or have acted for it. Somebody else has to decide this: ask a colleague."
        raise ValidationError(sentence, code="own")
    return own
