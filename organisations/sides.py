"""Two people for trust (rule 14): nobody approves, agrees or verifies for an organisation that they belong to."""

from django.core.exceptions import ValidationError

from .models import Membership


def belongs_to(user, *organisations):
    """The first of `organisations` that `user` belongs to, or asks to belong to; None where there is none."""
    numbers = [organisation.pk for organisation in organisations if organisation]
    rows = Membership.objects.filter(user=user, organisation__in=numbers).select_related("organisation")
    membership = rows.first()
    return membership.organisation if membership else None


def refuse_own(user, *organisations):
    """ValidationError where `user` belongs to one of `organisations`: somebody else has to decide."""
    own = belongs_to(user, *organisations) if user else None
    if own:
        raise ValidationError(f"You belong to {own}. Somebody else has to decide this: ask a colleague.", code="own")
