"""Actions of groups and audits: opening them and adding to their history."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from words.lines import said

from ..models import ActionUpdate

Status = ActionUpdate.Status


@transaction.atomic
def start(action, *, by):
    """Save a new action with its first entry."""
    action.full_clean()
    action.save()
    ActionUpdate.objects.create(
        action=action, status=Status.OPEN, target_on=action.first_target_on, at=timezone.now(), by=by
    )
    log(action, "guidance.action_opened", user=by)
    return action


@transaction.atomic
def report(action, status, *, by, done="", evidence="", document=None, target_on=None, at=None):
    """Add an entry to an action's history; returns it.

    ValidationError where "done" comes without words and evidence, a later target without a reason, or a reopened
    action without one.
    """
    last = action.updates.order_by("pk").last()
    target_on = target_on or last.target_on
    done, evidence = said(done), said(evidence)
    errors = {}
    if status == Status.DONE and not (evidence or document):
        errors["evidence"] = "Say where the evidence lies, or choose a document: a claim of “done” needs proof."
    if not done:
        if status in (Status.DONE, Status.DROPPED):
            errors["done"] = "Say what was done, or why it is no longer needed."
        elif target_on != last.target_on:
            errors["done"] = "Say why the target date moves."
        elif last.status in (Status.DONE, Status.DROPPED):
            errors["done"] = "Say why this is opened again."
        else:
            errors["done"] = "Say what has happened since the last entry."
    if target_on < action.opened_on:
        errors["target_on"] = "The target date is before the action was opened."
    if errors:
        raise ValidationError(errors)
    update = ActionUpdate.objects.create(
        action=action,
        status=status,
        done=done,
        evidence=evidence,
        document=document,
        target_on=target_on,
        at=at or timezone.now(),
        by=by,
    )
    log(action, "guidance.action_reported", user=by, data={"status": update.get_status_display()})
    return update
