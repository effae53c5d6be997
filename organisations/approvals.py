"""The council's answer to an organisation that signed up: approved or not, with a reason either way."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from words.lines import said

from . import changes, emails
from .models import Organisation
from .shown import held_for_decision
from .signals import closing_asked, organisation_changed, organisation_closed

moves = Organisation.moves


def _move(organisation, held, verb, *, by, **written):
    """Move the locked row `held`, let the `organisation` that the caller has follow it, and tell the other rooms."""
    moves.make(held, verb, by=by, **written)
    organisation.refresh_from_db()
    organisation_changed.send(Organisation, number=organisation.pk)


@transaction.atomic
def decide(organisation, verb, reason, *, by, seen=None):
    """Answer an organisation by a verb, with a reason; ValidationError where the move is not open any more.

    Nobody decides about an organisation that they belong to, or about other details than those they were shown:
    `seen` is their fingerprint (see shown.py).
    """
    held = held_for_decision(organisation, reason, by=by, seen=seen)
    if held.merged_into_id:
        raise ValidationError(f"It was merged into {held.merged_into}. Decide about that one.", code="merged")
    reason_said = said(reason)
    _move(
        organisation,
        held,
        verb,
        by=by,
        data={"reason": reason_said},
        state_reason=reason_said,
        decided_at=timezone.now(),
        decided_by=by,
    )


@transaction.atomic
def approve(organisation, reason, *, by, seen=None):
    decide(organisation, "approve", reason, by=by, seen=seen)
    emails.organisation_approved(organisation)


@transaction.atomic
def refuse(organisation, reason, *, by, seen=None):
    decide(organisation, "refuse", reason, by=by, seen=seen)
    emails.organisation_refused(organisation)


@transaction.atomic
def close(organisation, reason, *, by, seen=None):
    """An organisation that has ended, or may no longer take part: it posts and pledges no more.

    What it still owes or waits for is settled with a word to the other side.
    """
    decide(organisation, "close", reason, by=by, seen=seen)
    changes.replace_waiting(organisation, by=by)
    organisation_closed.send(Organisation, organisation=organisation, by=by, reason=said(reason))
    emails.organisation_closed(organisation)


def consequences_of_closing(organisation):
    """[sentence] of what closing it would do."""
    return [words for _, words in closing_asked.send(Organisation, organisation=organisation) if words]


@transaction.atomic
def ask_again(organisation, *, by):
    """A refused organisation that mended its details waits for the council once more."""
    held = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    if not moves.can(held, "ask_again"):
        return False
    _move(organisation, held, "ask_again", by=by, decided_at=None, decided_by=None)
    emails.organisation_received(organisation)
    return True
