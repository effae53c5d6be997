"""What waits too long between two sides (rule 12): questions, days proposed, accepted pledges with no delivery.

Every period is a setting in working days. Nothing here ends by itself: who waits is told, and what they may do.
"""

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from desk import clocks
from mail import reminders
from requests_app.models import Pledge

from . import emails
from .models import Meeting, Question


def questions(now):
    rows = Question.objects.select_related("request__organisation", "organisation")
    for what, days, tell in (
        ("question_waits", settings.QUESTION_REMIND_DAYS, emails.question_waits),
        ("question_unanswered", settings.QUESTION_COUNCIL_DAYS, emails.question_unanswered),
    ):
        yield what, rows.silent_since(clocks.passed(days, now)), "asked_at", tell


def proposed_days(now):
    rows = Meeting.objects.to_answer().select_related("pledge__request__organisation", "pledge__supplier")
    late = rows.filter(proposed_at__lte=clocks.passed(settings.DAY_REMIND_DAYS, now))
    yield "day_waits", late, "proposed_at", emails.day_waits


def silent_pledges(now):
    """Accepted pledges of which nothing was delivered, no day lies ahead, and the day of the need is past or none."""
    rows = Pledge.objects.to_deliver().with_both_sides()
    rows = rows.filter(Q(request__needed_by=None) | Q(request__needed_by__lt=timezone.localdate(now)))
    ahead = Meeting.objects.to_come(now).values("pledge") | Meeting.objects.to_answer().values("pledge")
    rows = rows.exclude(pk__in=ahead).exclude(bookings__task__day__starts_at__gt=now)
    for what, days, tell in (
        ("pledge_silent", settings.PLEDGE_SILENT_DAYS, emails.pledge_silent),
        ("pledge_silent_group", settings.PLEDGE_SILENT_GROUP_DAYS, emails.pledge_silent_group),
    ):
        yield what, rows.filter(answered_at__lte=clocks.passed(days, now)), "answered_at", tell


CLOCKS = (questions, proposed_days, silent_pledges)


def remind(now=None):
    """Write every e-mail that is due; safe to do twice, and at any moment. Returns how many rows it told of."""
    now, count = now or timezone.now(), 0
    for clock in CLOCKS:
        for what, rows, since, tell in clock(now):
            for row in reminders.not_yet(rows, what, since):
                if rows.filter(pk=row.pk).exists():
                    count += reminders.once(what, row.pk, getattr(row, since), lambda row=row, tell=tell: tell(row))
    return count
