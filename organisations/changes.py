"""Changing an organisation's details. What the council approved of it changes only when the council agrees (rule 14):
until then the old details stay in force and in public. All else is saved at once; either way the log says before and
after.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from words.lines import said

from . import emails, limits, vouching
from .models import Organisation, OrganisationChange
from .shown import APPROVED, held_for_decision, waiting
from .signals import contact_changed, organisation_changed

DETAILS = (
    *APPROVED, "postcode", "outcode", "district", "hosts_volunteers", "safeguarding_lead", "contact_name",
    "contact_email", "contact_phone",
)  # fmt: skip
moves = OrganisationChange.moves
CLOSED = "The council has closed this organisation: what it approved stays as it was. Write to the council."


def shown_in_form(organisation):
    """{field: value} that a form starts with: the proposal, where one waits."""
    waits = waiting(organisation)
    return {field: after for field, (_, after) in waits.details.items()} if waits else {}


@transaction.atomic
def change(edited, *, by):
    """Save the details that `edited`, an Organisation that was checked but not saved, holds.

    Returns the OrganisationChange that now waits, or None where nothing has to wait.
    """
    kept = Organisation.objects.select_for_update(of=("self",)).get(pk=edited.pk)
    differs = {
        field: (getattr(kept, field), getattr(edited, field))
        for field in DETAILS
        if getattr(kept, field) != getattr(edited, field)
    }
    if kept.is_closed and differs.keys() & set(APPROVED):
        raise ValidationError(CLOSED, code="closed")
    bound = {field: pair for field, pair in differs.items() if field in APPROVED and kept.is_approved}
    free = {field: pair for field, pair in differs.items() if field not in bound}
    for field, (_, after) in free.items():
        setattr(kept, field, after)
    if free:
        kept.save(update_fields=[*free])
        organisation_changed.send(Organisation, number=kept.pk)
        log(kept, "organisations.change", user=by, data={"changes": in_words(free)})
        if free.keys() & {"sponsor_email", "kind"}:
            vouching.ask(kept, by=by)
        if free.keys() & {"contact_name", "contact_email", "contact_phone"}:
            contact_changed.send(Organisation, organisation=kept)
    edited.refresh_from_db()
    return _propose(kept, {field: list(pair) for field, pair in bound.items()}, by) if kept.is_approved else None


def in_words(differs):
    """{field: [before, after]} as text, for the log."""
    return {field: [str(before or ""), str(after or "")] for field, (before, after) in differs.items()}


def _propose(organisation, details, by):
    """Let the new proposal wait in place of an earlier one; the same again changes nothing, an empty one takes back."""
    earlier = waiting(organisation)
    if earlier and earlier.details == details:
        return earlier
    if details:
        limits.spend("change", organisation)
    if earlier:
        replace_waiting(organisation, by=by, taken_back=not details)
    if not details:
        return None
    proposed = OrganisationChange.objects.create(
        organisation=organisation, details=details, proposed_at=timezone.now(), proposed_by=by
    )
    log(organisation, "organisations.change_proposed", user=by, data={"changes": details})
    emails.change_received(organisation, proposed.lines, by)
    emails.change_waiting(organisation, proposed.lines, by)
    return proposed


def replace_waiting(organisation, *, by, taken_back=False):
    """What waits is not to be answered any more: another proposal stands in its place, or none."""
    proposed = waiting(organisation)
    if proposed:
        log_as = "change_taken_back" if taken_back else "change_replaced"
        moves.make(proposed, "replace", by=by, about=organisation, log_as=log_as, decided_at=timezone.now())


def _settle(proposed, verb, reason, by, seen):
    """Compare-and-set of a waiting change; ValidationError without a reason, for one's own side, or what moved on."""
    organisation = held_for_decision(proposed.organisation, reason, by=by, seen=seen)
    moves.make(
        proposed,
        verb,
        by=by,
        about=organisation,
        log_as=f"change_{moves.verbs[verb].after}",
        data={"changes": proposed.details, "reason": reason},
        reason=said(reason),
        decided_at=timezone.now(),
        decided_by=by,
    )
    return organisation


@transaction.atomic
def agree(proposed, reason, *, by, seen=None):
    """The new details are in force. `seen` is the fingerprint of what `by` was shown."""
    organisation = _settle(proposed, "agree", reason, by, seen)
    for field, (before, after) in proposed.details.items():
        if getattr(organisation, field) != before:
            raise ValidationError("The details have changed since this was proposed: it can’t be agreed to any more.")
        setattr(organisation, field, after)
    organisation.full_clean()
    organisation.save(update_fields=[*proposed.details])
    organisation_changed.send(Organisation, number=organisation.pk)
    emails.change_agreed(organisation, proposed.lines, said(reason))


@transaction.atomic
def refuse(proposed, reason, *, by, seen=None):
    """The details stay as they were."""
    organisation = _settle(proposed, "refuse", reason, by, seen)
    emails.change_refused(organisation, proposed.lines, said(reason))
