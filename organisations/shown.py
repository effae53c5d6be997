"""What of an organisation the council approves, and whether it is still what a decider was shown."""

from hashlib import sha256

from .models import OrganisationChange

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


def waiting(organisation):
    """The change that waits for the council, or None."""
    return organisation.changes.filter(state=OrganisationChange.State.WAITING).first()
