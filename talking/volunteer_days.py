"""Volunteer days: a group says which day, which tasks and how many places; calls it off; everybody is reminded once.

Who takes the places: bookings.py. Nobody gives a place without an accepted pledge towards the request (rule 8).
"""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.utils import timezone
from wagtail.log_actions import log

from mail import reminders
from organisations import limits
from organisations.models import Organisation
from records.transactions import atomic_once_more
from requests_app import locks
from requests_app.models import Pledge
from words import contacts
from words.lines import said

from . import emails
from .meetings import FURTHEST_DAYS, MOST_WEEKS, check_minutes, later_by_weeks, reason_for, refused
from .models import HelpersMessage, VolunteerBooking, VolunteerDay, VolunteerPlace, VolunteerTask

MOST_TASKS, MOST_PLACES = 5, 60


def helpers(request):
    """Suppliers with an accepted pledge towards a request, finished or not."""
    return Organisation.objects.filter(pledges__in=Pledge.objects.accepted().filter(request=request)).distinct()


def acts_for(person, request):
    """The Organisation that a person acts for among those who see a request's volunteer days: its group, or a helper.

    None for everybody else.
    """
    mine = Organisation.objects.of(person)
    group = mine.filter(pk=request.organisation_id).first()
    return group or mine.filter(pk__in=helpers(request).values("pk")).order_by("pk").first()


def check_tasks(tasks):
    """[(name, places, kept)] as a day takes them; ValidationError where they are none, too many, or hold contacts."""
    if not 1 <= len(tasks) <= MOST_TASKS:
        raise refused(f"A day has one to {MOST_TASKS} tasks.", "tasks")
    names = [said(name)[:80] for name, _, _ in tasks]
    if "" in names or len({name.casefold() for name in names}) < len(names):
        raise refused("Give each task a name of its own.", "tasks")
    if found := [part for name in names for part in contacts.found_in(name)]:
        raise refused(f"Others read the tasks: take this out: {'; '.join(found)}.", "contact")
    for name, places, kept in tasks:
        if not 1 <= places <= MOST_PLACES:
            raise refused(f"{said(name)}: 1 to {MOST_PLACES} places.", "places")
        if not 0 <= kept <= places:
            raise refused(f"{said(name)}: keep at most its {places} places for newcomers.", "kept")
    return list(zip(names, (places for _, places, _ in tasks), (kept for _, _, kept in tasks), strict=True))


def check_days(request, starts, minutes):
    """ValidationError for days that are past, too far, too long, or taken."""
    now = timezone.now()
    if starts[0] <= now:
        raise refused("This time is past.", "past")
    if len(starts) > MOST_WEEKS or starts[-1] > now + timedelta(days=FURTHEST_DAYS):
        raise refused(f"Choose days within a year, and at most {MOST_WEEKS} weeks in a row.", "far")
    check_minutes(minutes)
    if VolunteerDay.objects.standing().filter(request=request, starts_at__in=starts).exists():
        raise refused("There is a volunteer day at this time already.", "taken")


@atomic_once_more
def announce(request, starts_at, minutes, tasks, *, by, bring="", weeks=1):
    """Plan a day, or one a week for so many weeks, and tell everybody who helps. Returns the VolunteerDays.

    `tasks` are (name, places, how many of these are kept for newcomers). ValidationError says what to change.
    """
    held = locks.request_row(request)
    if not Organisation.objects.of(by).filter(pk=held.organisation_id).exists():
        raise refused("Only the group plans its volunteer days.", "side")
    if not held.live:
        raise refused("Plan days once your request is public.", "state")
    tasks = check_tasks(tasks)
    starts = [later_by_weeks(starts_at, week) for week in range(weeks)]
    check_days(held, starts, minutes)
    limits.spend("volunteer_day", held)
    now = timezone.now()
    about = {"request": held, "minutes": minutes, "bring": said(bring)[:300], "announced_by": by, "announced_at": now}
    days = [VolunteerDay.objects.create(starts_at=moment, **about) for moment in starts]
    for day in days:
        for name, places, kept in tasks:
            task = VolunteerTask.objects.create(day=day, name=name)
            VolunteerPlace.objects.bulk_create(
                VolunteerPlace(task=task, number=number + 1, for_newcomers=number < kept) for number in range(places)
            )
    log(held, "talking.plan_volunteer_day", user=by, data={"day": days[0].when})
    emails.volunteer_day_planned(days, helpers(held))
    return days


@atomic_once_more
def call_off(day, reason, *, by):
    """Call a day off; everybody with places, or waiting for some, reads the reason."""
    held = VolunteerDay.objects.select_for_update(of=("self",), no_key=True).get(pk=day.pk)
    if not Organisation.objects.of(by).filter(pk=held.request.organisation_id).exists():
        raise refused("Only the group calls its day off.", "side")
    reason = reason_for(reason, "Say why: everybody who wanted to come will read it.")
    if held.starts_at <= timezone.now():
        raise refused("This day has been. Record what was delivered instead.", "past")
    _call_off(held, reason, by)


def _call_off(held, reason, by):
    held.moves.make(
        held, "call_off", by=by, log_as="call_volunteer_day_off", about=held.request, data={"day": held.when},
        reason=reason, called_off_by=by, called_off_at=timezone.now(),
    )  # fmt: skip
    emails.volunteer_day_called_off(held, suppliers_of(held))


def of_closed_group(organisation, *, by):
    """Call off what a group that has ended planned and nobody will host."""
    rows = VolunteerDay.objects.to_come(timezone.now()).filter(request__organisation=organisation).order_by("pk")
    for held in rows.select_for_update(of=("self",), no_key=True):
        _call_off(held, f"{organisation} has closed"[:300], by)


def suppliers_of(day):
    """Suppliers with places on a day, or who wait for some."""
    live = VolunteerBooking.objects.live().filter(task__day=day)
    return Organisation.objects.filter(pledges__bookings__in=live).distinct()


def remind(now=None):
    """Write to the group and to everybody who comes the day before, once."""
    now = now or timezone.now()
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    rows = VolunteerDay.objects.to_come(now).filter(starts_at__date__lte=tomorrow).order_by("pk")
    for day in reminders.not_yet(rows.select_related("request__organisation"), "volunteer day", "starts_at"):
        reminders.once("volunteer day", day.pk, day.starts_at, lambda row=day: emails.volunteer_day_is_near(row))


def for_page(request, now=None):
    """The days of a request to come, each with its tasks, their places and live bookings: what its page shows."""
    live = VolunteerBooking.objects.live().select_related("pledge__supplier")
    tasks = VolunteerTask.objects.prefetch_related(Prefetch("bookings", live), "places")
    since = (now or timezone.now()) - timedelta(hours=12)
    return VolunteerDay.objects.to_come(since).filter(request=request).with_free().prefetch_related(
        Prefetch("tasks", tasks)
    )  # fmt: skip


@atomic_once_more
def write(request, text, *, by):
    """Write to the group and all who help with a request. ValidationError for whoever belongs to none of them."""
    sender = acts_for(by, request)
    if sender is None:
        raise refused("Only the group and those who help write here.", "side")
    if not said(text):
        raise ValidationError({"text": "Write your message."})
    limits.spend("helpers_message", request)
    pledge = Pledge.objects.accepted().filter(request=request, supplier=sender).order_by("pk").first()
    message = HelpersMessage.objects.create(request=request, pledge=pledge, text=said(text), by=by, at=timezone.now())
    emails.helpers_message(message, [request.organisation, *helpers(request)])
    return message
