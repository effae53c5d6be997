"""The council's answer to an organisation that signed up: approved or not, with a reason either way."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from words.lines import said

from . import emails
from .models import Organisation
from .shown import held_for_decision

State = Organisation.State
MOVES = {
    State.WAITING: {State.APPROVED, State.REFUSED},
    State.REFUSED: {State.WAITING, State.APPROVED},
    State.APPROVED: {State.CLOSED},
    State.CLOSED: {State.APPROVED},
}


@transaction.atomic
def decide(organisation, state, reason, *, by, seen=None):
    """Move an organisation to `state` with a reason; ValidationError where the move is not open any more.

    Nobody decides about an organisation that they belong to, or about other details than those they were shown:
    `seen` is their fingerprint (see shown.py).
    """
    held_for_decision(organisation, reason, by=by, seen=seen)
    allowed = [before for before, after in MOVES.items() if state in after]
    moved = Organisation.objects.filter(pk=organisation.pk, state__in=allowed).update(
        state=state, state_reason=said(reason), decided_at=timezone.now(), decided_by=by
    )
    if not moved:
        raise ValidationError("Somebody has answered already. Reload the page to see it.", code="moved")
    organisation.refresh_from_db()
    log(organisation, f"organisations.{state}", user=by, data={"reason": said(reason)})


@transaction.atomic
def approve(organisation, reason, *, by, seen=None):
    decide(organisation, State.APPROVED, reason, by=by, seen=seen)
    emails.organisation_approved(organisation)


@transaction.atomic
def refuse(organisation, reason, *, by, seen=None):
    decide(organisation, State.REFUSED, reason, by=by, seen=seen)
    emails.organisation_refused(organisation)


@transaction.atomic
def close(organisation, reason, *, by, seen=None):
    """An organisation that has ended, or may no longer take part: it posts and pledges no more."""
    decide(organisation, State.CLOSED, reason, by=by, seen=seen)
    organisation.changes.filter(state="waiting").update(state="replaced", decided_at=timezone.now())
    emails.organisation_closed(organisation)


@transaction.atomic
def ask_again(organisation, *, by):
    """A refused organisation that mended its details waits for the council once more."""
    moved = Organisation.objects.filter(pk=organisation.pk, state=State.REFUSED).update(
        state=State.WAITING, decided_at=None, decided_by=None
    )
    if moved:
        organisation.refresh_from_db()
        log(organisation, "organisations.waiting", user=by)
        emails.organisation_received(organisation)
    return bool(moved)
