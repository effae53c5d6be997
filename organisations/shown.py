"""What of an organisation the council approves, and whether it is still what a decider was shown."""

from hashlib import sha256

from django.core.exceptions import ValidationError

from words.lines import said

from . import sides
from .models import Organisation

APPROVED = (
    "kind", "name", "what_it_does", "charity_number", "company_number", "sponsor_name", "sponsor_email", "website",
)  # fmt: skip
"""The details that the council looks at before it approves an organisation."""
SEEN_ANOTHER = "The organisation has changed its details since you opened the page. Read them again, then decide."


def fingerprint(organisation):
    """Stands for what a decider was shown: the approved details, and the change that waits."""
    waits = waiting(organisation)
    shown = [str(getattr(organisation, field)) for field in APPROVED] + [str(waits.details if waits else "")]
    return sha256("\0".join(shown).encode()).hexdigest()[:16]


def held_for_decision(organisation, reason, *, by, seen=None):
    """The organisation's row, held for an answer to it or to a change of it.

    ValidationError without a reason, for one's own side, and where the details are others than `seen`, the
    fingerprint of what `by` was shown (None where nothing was shown: a command).
    """
    if not said(reason):
        raise ValidationError("Give a reason: the organisation will read it.", code="reason")
    sides.refuse_own(by, organisation)
    held = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    if seen is not None and seen != fingerprint(held):
        raise ValidationError(SEEN_ANOTHER, code="moved")
    return held


def waiting(organisation):
    """The change that waits for the council, or None."""
    return organisation.changes.waiting().first()
