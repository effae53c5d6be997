"""Two people for trust (rule 14): nobody approves, agrees or verifies for an organisation that they belong to."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
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


def has_acted_for(user, *organisations):
    """The first of `organisations` that `user` founded, joined, or asked to join, and has left since; or None."""
    kind = ContentType.objects.get_for_model(Organisation)
    for organisation in filter(None, organisations):
        log = ModelLogEntry.objects.filter(content_type=kind, object_id=str(organisation.pk), user=user)
        if log.filter(action__in=ACTS_OF_ITS_PEOPLE).exists():
            return organisation
    return None


def refuse_own(user, *organisations):
    """ValidationError where `user` belongs or belonged to one of `organisations`: somebody else has to decide."""
    if not user:
        return
    own = belongs_to(user, *organisations)
    if own:
        raise ValidationError(f"You belong to {own}. Somebody else has to decide this: ask a colleague.", code="own")
    own = has_acted_for(user, *organisations)
    if own:
        raise ValidationError(f"You have acted for {own}. Somebody else has to decide this.", code="own")
