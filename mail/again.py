"""Sending a message again, by a person's decision: what failed, and what may have arrived already."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from .models import Message

State = Message.State


@transaction.atomic
def send_again(message, *, by):
    """Let a failed or unsure message wait anew; ValidationError where it is neither any more."""
    moved = (
        Message.objects.stuck()
        .filter(pk=message.pk)
        .update(state=State.WAITING, due_at=timezone.now(), tries=0, taken_by="", taken_at=None, settled_at=None)
    )
    if not moved:
        raise ValidationError("This message is not stuck any more. Reload the page to see where it stands.")
    log(message, "mail.again", user=by)
