"""Places on volunteer days: taken, waited for, given up; what comes free is offered to who waits longest (rule 21).

Every verb holds the task's row first, so that two who act on one task act one after the other. A booking has as many
places (rows) as people while it is taken or offered, and none else.
"""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.log_actions import log

from records.transactions import atomic_once_more
from requests_app.models import Pledge
from words.lines import said

from . import emails
from .conversation import side_of
from .meetings import refused
from .models import VolunteerBooking, VolunteerDay, VolunteerPlace, VolunteerTask

State = VolunteerBooking.State


def is_newcomer(supplier, day):
    """Whether a supplier has taken no place on an earlier day of this group: some places are kept for such."""
    before = VolunteerBooking.objects.taken().filter(
        pledge__supplier=supplier,
        task__day__request__organisation=day.request.organisation_id,
        task__day__starts_at__lt=day.starts_at,
        task__day__state=VolunteerDay.State.PLANNED,
    )
    return not before.exists()


def free_places(task, supplier, now=None):
    """The places of a task that a supplier may take now, those kept for newcomers first where it is one."""
    now = now or timezone.now()
    free = list(VolunteerPlace.objects.filter(task=task, booking=None))
    if is_newcomer(supplier, task.day):
        return sorted(free, key=lambda place: (not place.for_newcomers, place.number))
    if task.day.starts_at - timedelta(days=settings.VOLUNTEER_KEPT_DAYS) <= now:
        return free
    return [place for place in free if not place.for_newcomers]


def hold(booking, places):
    """Give places to a booking; ValidationError where one was given in this very moment."""
    numbers = [place.pk for place in places]
    if VolunteerPlace.objects.filter(pk__in=numbers, booking=None).update(booking=booking) < len(numbers):
        raise refused("Somebody was quicker. Look what is left.", "full")


def let_go(booking, but=0):
    """Free the places of a booking, all but so many."""
    kept = list(booking.places.values_list("pk", flat=True)[:but])
    booking.places.exclude(pk__in=kept).update(booking=None)


def held_task(number):
    task = VolunteerTask.objects.select_for_update(of=("self",), no_key=True).get(pk=number)
    task.day = VolunteerDay.objects.select_related("request__organisation").get(pk=task.day_id)
    return task


def open_task(number, now):
    """The task, held; ValidationError where its day is called off or has begun. Offers that ran out are tidied up."""
    task = held_task(number)
    if not task.day.is_planned:
        raise refused("This day has been called off.", "off")
    if task.day.starts_at <= now:
        raise refused("This day has begun.", "past")
    lapse_of(task, now)
    return task


def check(pledge, people, by):
    """ValidationError for a stranger, a pledge that is not accepted, and a number of people that nobody brings.

    `pledge` was read in this transaction.
    """
    if side_of(by, pledge) != "supplier":
        raise refused("Only the supplier of this pledge takes places.", "side")
    if not pledge.is_accepted:
        raise refused("Places are for suppliers whose pledge is accepted and not finished.", "state")
    if people < 1:
        raise ValidationError({"people": "Say for how many people."})


def too_few(free):
    left = "No place is" if free == 0 else "Only 1 place is" if free == 1 else f"Only {free} places are"
    return ValidationError({"people": f"{left} left. Take fewer, or wait for one that comes free."}, code="full")


@atomic_once_more
def take(task, pledge, people, *, by, who="", waits=False):
    """Take places for so many people; where there are too few, wait for them if `waits`. Returns the VolunteerBooking.

    ValidationError (code "full") where they are too few and one does not wait.
    """
    now = timezone.now()
    pledge = Pledge.objects.select_for_update(of=("self",), no_key=True).select_related("supplier").get(pk=pledge.pk)
    task = open_task(task.pk, now)
    check(pledge, people, by)
    if pledge.request_id != task.day.request_id:
        raise refused("This pledge is towards another request.", "request")
    if VolunteerBooking.objects.live().filter(task=task, pledge=pledge).exists():
        raise refused("You have places for this task, or wait for them: change those.", "again")
    if people > task.places.count():
        raise ValidationError({"people": f"This task has {task.places.count()} places in all."})
    free = free_places(task, pledge.supplier, now)
    enough = len(free) >= people
    if not enough and not waits:
        raise too_few(len(free))
    booking = VolunteerBooking.objects.create(
        task=task, pledge=pledge, people=people, who=said(who)[:300], by=by, at=now,
        state=State.TAKEN if enough else State.WAITING,
    )  # fmt: skip
    log(pledge, f"talking.{'take_places' if enough else 'wait_for_places'}", user=by, data={"day": task.day.when})
    if enough:
        hold(booking, free[:people])
        emails.places_taken(booking)
    return booking


def held_booking(booking, by, now):
    """(booking, task), both as they stand, the task held; ValidationError for whoever is not its supplier."""
    task = open_task(booking.task_id, now)
    held = VolunteerBooking.objects.with_all().get(pk=booking.pk)
    if side_of(by, held.pledge) != "supplier":
        raise refused("Only the supplier changes its places.", "side")
    return held, task


def move(booking, task, verb, log_as, *, by, **fields):
    """Move a booking of a held task; the log has it at its pledge, with the day."""
    data = {"day": task.day.when}
    booking.moves.make(booking, verb, by=by, log_as=log_as, about=booking.pledge, data=data, **fields)


@atomic_once_more
def change(booking, people, *, by, who=""):
    """Come with more or fewer people, or with others; what comes free is offered on."""
    now = timezone.now()
    held, task = held_booking(booking, by, now)
    check(held.pledge, people, by)
    free = free_places(task, held.pledge.supplier, now)
    if people - held.people > len(free):
        raise too_few(len(free))
    before = held.people
    move(held, task, "change", "change_places", by=by, people=people, who=said(who)[:300])
    if people > before:
        hold(held, free[: people - before])
    else:
        let_go(held, but=people)
        offer_on(task, now)
    if people != before:
        emails.places_changed(held, before)
    return held


@atomic_once_more
def accept(booking, *, by):
    """Take the places that came free; ValidationError where the time to do so is over."""
    now = timezone.now()
    held, task = held_booking(booking, by, now)
    check(held.pledge, held.people, by)
    move(held, task, "accept", "take_places", by=by, offered_until=None)
    emails.places_taken(held)
    return held


@atomic_once_more
def give_up(booking, *, by):
    """Give places up, or wait no longer; the group is told, and who waits longest is offered them."""
    now = timezone.now()
    held, task = held_booking(booking, by, now)
    _give_up(held, task, now, by=by)
    return held


def _give_up(booking, task, now, *, by):
    had_places = booking.is_taken
    move(booking, task, "give_up", "give_places_up", by=by)
    let_go(booking)
    if had_places:
        emails.places_given_up(booking)
    offer_on(task, now)


def offer_on(task, now):
    """Offer what is free to who waits, the longest first; whose people are too many for it goes on waiting."""
    until = min(now + timedelta(hours=settings.VOLUNTEER_OFFER_HOURS), task.day.starts_at)
    for booking in VolunteerBooking.objects.waiting().filter(task=task).with_all():
        free = free_places(task, booking.pledge.supplier, now)
        if booking.pledge.is_accepted and len(free) >= booking.people:
            move(booking, task, "offer", "offer_places", by=None, offered_until=until)
            hold(booking, free[: booking.people])
            emails.places_offered(booking)


def lapse_of(task, now):
    """Let offers of a held task go whose time is over, and offer their places on."""
    overdue = list(VolunteerBooking.objects.overdue(now).filter(task=task).select_related("pledge"))
    for booking in overdue:
        move(booking, task, "lapse", "lapse_places", by=None)
        let_go(booking)
    if overdue:
        offer_on(task, now)


@atomic_once_more
def turn_over(task, now):
    """A task's offers that ran out lapse; what is free goes to who waits."""
    try:
        open_task(task.pk, now)
    except ValidationError:
        return  # called off, or begun, in this moment
    offer_on(task, now)


def tick(now=None):
    """Every few minutes: tasks of days to come with an offer that ran out, or with free places and somebody waiting."""
    now = now or timezone.now()
    live = VolunteerBooking.objects.of_planned(now)
    waited = live.waiting().filter(task__places__booking=None)
    numbers = {*live.overdue(now).values_list("task", flat=True), *waited.values_list("task", flat=True)}
    for task in VolunteerTask.objects.filter(pk__in=numbers).order_by("pk"):
        turn_over(task, now)


def of_ended_pledges(request_number, now=None):
    """Give up what pledges of a request hold on days to come that were taken back or finished."""
    now = now or timezone.now()
    live = VolunteerBooking.objects.live().of_planned(now).exclude(pledge__state=Pledge.State.ACCEPTED)
    for number, task_id in live.filter(pledge__request=request_number).order_by("task", "pk").values_list("pk", "task"):
        task = held_task(task_id)
        if booking := live.filter(pk=number).with_all().first():  # as it stands now that its task is held
            _give_up(booking, task, now, by=None)
