"""Agreeing a day within an accepted pledge: one side proposes times, the other takes one; either calls it off.

A series ("every Tuesday until June") is proposed as its first day and a number of weeks; accepted, each week is a day
of its own, which can be called off alone.
"""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.log_actions import log

from mail import reminders
from organisations import limits
from records.transactions import atomic_once_more
from words.lines import said

from . import emails
from .conversation import side_of
from .models import Meeting, MeetingTime

MOST_TIMES, MOST_WEEKS, FURTHEST_DAYS = 5, 30, 370
SHORTEST, LONGEST = 15, 12 * 60  # minutes


def refused(words, code):
    return ValidationError(words, code=code)


def check_minutes(minutes):
    if not SHORTEST <= minutes <= LONGEST:
        raise refused("Say how long it takes: between a quarter of an hour and twelve hours.", "minutes")


def reason_for(typed, words):
    """Why a day is called off, as it is kept; ValidationError with `words` where nothing is said, and for too much."""
    if not said(typed):
        raise ValidationError({"reason": words})
    if len(said(typed)) > 300:
        raise ValidationError({"reason": "Say it in 300 letters."})
    return said(typed)


@atomic_once_more
def propose(pledge, times, minutes, *, by, bring="", who="", weeks=1):
    """Propose days to the other side; `times` are aware datetimes. A supplier says who comes. Returns the Meeting.

    ValidationError before a pledge is accepted (rule 8: nobody meets before), for times that are past, too many or
    too far, and for a length that is no day's work.
    """
    side, now = side_of(by, pledge), timezone.now()
    if not side:
        raise refused("Only the two sides of this pledge agree a day.", "side")
    if not pledge.is_accepted:
        raise refused("A day is agreed once the pledge is accepted, and before it is finished.", "state")
    times = sorted(set(times))
    if not 1 <= len(times) <= MOST_TIMES or (weeks > 1 and len(times) > 1):
        raise refused(f"Propose one to {MOST_TIMES} times; a series has one.", "times")
    if times[0] <= now:
        raise refused("A time that you propose is past.", "past")
    if times[-1] + timedelta(weeks=weeks - 1) > now + timedelta(days=FURTHEST_DAYS) or not 1 <= weeks <= MOST_WEEKS:
        raise refused(f"Propose days within a year, and at most {MOST_WEEKS} weeks in a row.", "far")
    check_minutes(minutes)
    limits.spend("message", pledge)
    meeting = Meeting.objects.create(
        pledge=pledge, side=side, minutes=minutes, bring=said(bring), weeks=weeks, proposed_by=by,
        proposed_at=now, who=said(who)[:300] if side == "supplier" else "",
    )  # fmt: skip
    MeetingTime.objects.bulk_create(MeetingTime(meeting=meeting, starts_at=moment) for moment in times)
    log(pledge, "talking.propose_day", user=by)
    emails.day_proposed(meeting)
    return meeting


@atomic_once_more
def accept(meeting, time, *, by, who=""):
    """Take one of the proposed times, a MeetingTime. ValidationError for the side that proposed, and for what is past.

    Of a series, each week becomes a Meeting; all are told in one e-mail.
    """
    held = held_for(meeting, by)
    if side_of(by, held.pledge) == held.side:
        raise refused("The other side chooses among the times that you proposed.", "side")
    if not held.pledge.is_accepted:
        raise refused("This pledge takes no days any more.", "state")
    if time.meeting_id != held.pk or time.starts_at <= timezone.now():
        raise refused("This time is past. Propose others.", "past")
    taken = Meeting.objects.filter(pledge=held.pledge, state=Meeting.State.AGREED)
    starts = [later_by_weeks(time.starts_at, week) for week in range(held.weeks)]
    if taken.filter(starts_at__in=starts).exists():
        raise refused("You have agreed on this time already.", "taken")
    comes = said(who)[:300] if side_of(by, held.pledge) == "supplier" else held.who
    held.moves.make(
        held, "accept", by=by, log_as="agree_day", about=held.pledge, starts_at=starts[0], agreed_by=by,
        agreed_at=timezone.now(), who=comes,
    )  # fmt: skip
    copies = {name: getattr(held, name) for name in ("pledge", "side", "minutes", "bring", "who", "proposed_by",
              "proposed_at", "state", "agreed_by", "agreed_at")}  # fmt: skip
    Meeting.objects.bulk_create(Meeting(**copies, starts_at=moment) for moment in starts[1:])
    emails.day_agreed(held)
    return held


def later_by_weeks(moment, weeks):
    """The same time of day some weeks later, by the clock on the wall: the clocks may change between."""
    local = timezone.localtime(moment)
    return timezone.make_aware(local.replace(tzinfo=None) + timedelta(weeks=weeks), local.tzinfo)


@atomic_once_more
def cancel(meeting, reason, *, by):
    """Call a day off, with a reason that the other side reads; ValidationError for one that is past or called off."""
    held = held_for(meeting, by)
    reason = reason_for(reason, "Say why: the other side will read it.")
    if held.is_agreed and held.starts_at <= timezone.now():
        raise refused("This day has been. Record what was delivered instead.", "past")
    held.moves.make(
        held, "cancel", by=by, log_as="call_day_off", about=held.pledge, data={"day": held.when}, reason=reason,
        cancelled_by=by, cancelled_at=timezone.now(),
    )  # fmt: skip
    emails.day_called_off(held, by)


def held_for(meeting, by):
    """The row, held for a move; ValidationError for a stranger to its pledge."""
    held = Meeting.objects.select_for_update(of=("self",), no_key=True).get(pk=meeting.pk)
    if not side_of(by, held.pledge):
        raise refused("Only the two sides of this pledge agree a day.", "side")
    return held


def remind(now=None):
    """Write to both sides the day before, once each."""
    now = now or timezone.now()
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    rows = Meeting.objects.to_come(now).filter(starts_at__date__lte=tomorrow).select_related("pledge").order_by("pk")
    for meeting in reminders.not_yet(rows, "day", "starts_at"):
        reminders.once("day", meeting.pk, meeting.starts_at, lambda row=meeting: emails.day_is_near(row))
