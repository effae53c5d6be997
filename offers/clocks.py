"""What nobody answered in time: the supplier is reminded, then it lapses and both sides hear of it (rule 12)."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from desk import clocks
from mail import reminders

from . import asking, emails
from .models import Ask


def lapse_overdue(now=None):
    """Returns how many lapsed."""
    count = 0
    for ask in Ask.objects.to_answer().filter(answer_due_at__lte=now or timezone.now()).with_all():
        try:
            asking.lapse(ask)
        except ValidationError:
            continue  # answered in this very moment
        count += 1
    return count


def due(now):
    rows = Ask.objects.to_answer().filter(answer_due_at__gt=now).with_all()
    last_day = clocks.end_of_day(clocks.working_days_after(timezone.localdate(now), 1))
    early = rows.filter(asked_at__lte=clocks.passed(settings.PLEDGE_NUDGE_DAYS, now))
    yield "ask_waits", early, "asked_at", emails.ask_waits
    yield "ask_lapses_soon", rows.filter(answer_due_at__lte=last_day), "asked_at", emails.ask_waits


def tick(now=None):
    """Lapses and reminders; safe to do twice, and at any moment."""
    now = now or timezone.now()
    lapse_overdue(now)
    reminders.write([due], now)
