"""What waits too long between two sides (rule 12): questions, days proposed, accepted pledges with no delivery.

Every period is a setting in working days. Nothing here ends by itself: who waits is told, and what they may do.
"""

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from desk import clocks
from mail import reminders
from requests_app.models import Delivery, Pledge

from . import emails
from .models import Meeting, MeetingTime, Question, VolunteerBooking


def questions(now):
    rows = Question.objects.select_related("request__organisation", "organisation")
    for what, days, tell in (
        ("question_waits", settings.QUESTION_REMIND_DAYS, emails.question_waits),
        ("question_unanswered", settings.QUESTION_COUNCIL_DAYS, emails.question_unanswered),
    ):
        yield what, rows.silent_since(clocks.passed(days, now)), "asked_at", tell


def proposed_days(now):
    """Days that the other side has not chosen from, one of them at least still to come."""
    rows = Meeting.objects.to_answer().filter(Exists(times_after(now)))
    rows = rows.select_related("pledge__request__organisation", "pledge__supplier")
    late = rows.filter(proposed_at__lte=clocks.passed(settings.DAY_REMIND_DAYS, now))
    yield "day_waits", late, "proposed_at", emails.day_waits


def times_after(moment):
    return MeetingTime.objects.filter(meeting=OuterRef("pk"), starts_at__gt=moment)


def silent_since(moment, now):
    """Accepted pledges of which nothing that stands was recorded, whose need has no day or one before `moment`, and
    that had no day agreed since then, nor one proposed that is to come.
    """
    last_day = timezone.localdate(moment)
    rows = Pledge.objects.filter(state=Pledge.State.ACCEPTED, answered_at__lte=moment).with_both_sides()
    rows = rows.filter(Q(request__needed_by=None) | Q(request__needed_by__lte=last_day))
    delivered = Delivery.objects.standing().values("pledge")
    met = Meeting.objects.to_come(moment).values("pledge")
    proposed = Meeting.objects.to_answer().filter(Exists(times_after(now))).values("pledge")
    helped = VolunteerBooking.objects.filter(task__day__starts_at__gt=moment).values("pledge")
    for busy in (delivered, met, proposed, helped):
        rows = rows.exclude(pk__in=busy)
    return rows


def silent_pledges(now):
    """The supplier is reminded, and later the group told, of what has been silent for so long."""
    for what, days, tell in (
        ("pledge_silent", settings.PLEDGE_SILENT_DAYS, emails.pledge_silent),
        ("pledge_silent_group", settings.PLEDGE_SILENT_GROUP_DAYS, emails.pledge_silent_group),
    ):
        yield what, silent_since(clocks.passed(days, now), now), "answered_at", tell


CLOCKS = (questions, proposed_days, silent_pledges)


def remind(now=None):
    """Returns how many rows somebody was told of."""
    return reminders.write(CLOCKS, now or timezone.now())
