"""Reminders of returns: when one is opened, a week before it is due, the day after, and two weeks late to the manager;
of one that waits with its manager two weeks after it was sent, of one that is back with its supplier two weeks later.

Each is written once: the row that says so and the e-mail stand or fall together. Of several occasions that have passed
only the newest is written, so that a site that slept does not send three letters at once.
"""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from . import emails
from .models import Reminder, Return

Occasion = Reminder.Occasion
SOON, PATIENCE = timedelta(days=7), timedelta(days=14)


def run(today=None):
    """Write every reminder whose day has come; how many."""
    today, told = today or timezone.localdate(), 0
    for of_return in Return.objects.filter(state=Return.State.OPEN).with_contract().order_by("pk"):
        told += _tell(of_return, occasion_of(of_return, today), today)
    waiting = Return.objects.to_answer().filter(sent_at__date__lte=today - PATIENCE)
    for of_return in waiting.with_contract().order_by("pk"):
        told += _tell(of_return, Occasion.UNANSWERED, today, number=of_return.changes)
    asked = Return.objects.filter(state=Return.State.QUERIED, asked_at__date__lte=today - PATIENCE)
    for of_return in asked.with_contract().order_by("pk"):
        told += _tell(of_return, Occasion.ASKED, today, number=of_return.changes)
    return told


def occasion_of(of_return, today):
    """The newest Occasion that has come for a return that was not sent."""
    if today >= of_return.due_on + PATIENCE:
        return Occasion.VERY_LATE
    if today > of_return.due_on:
        return Occasion.LATE
    return Occasion.SOON if today >= of_return.due_on - SOON else Occasion.OPENED


def _tell(of_return, occasion, today, number=0):
    """Whether this occasion was written of now, and not before."""
    try:
        with transaction.atomic():
            Reminder.objects.create(of_return=of_return, occasion=occasion, number=number)
            if occasion == Occasion.UNANSWERED:
                emails.unanswered(of_return)
            elif occasion == Occasion.ASKED:
                emails.answered(of_return)
            else:
                emails.due(of_return, (of_return.due_on - today).days)
            if occasion == Occasion.VERY_LATE:
                emails.escalated(of_return)
    except IntegrityError:
        return False
    return True
