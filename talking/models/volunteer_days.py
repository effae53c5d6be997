"""Volunteer days: several suppliers help one group at once. A day has tasks, a task has places, one a person.

A place is a row, held by one booking at a time: no two people can be given the same.
"""

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from records.history import AppendOnly
from records.moves import Move, Moves
from requests_app.models import Pledge, Request
from screens.fields import something_to_see

from .meetings import when


class VolunteerDayQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(state=VolunteerDay.State.PLANNED)

    def to_come(self, now):
        return self.standing().filter(starts_at__gte=now)

    def with_free(self):
        """Each with `free` and `all_places`, in people."""
        places = Count("tasks__places")
        return self.annotate(free=Count("tasks__places", filter=Q(tasks__places__booking=None)), all_places=places)


class VolunteerDay(models.Model):
    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        CALLED_OFF = "called_off", "Called off"

    moves = Moves("This day has been called off already.", call_off=Move(State.PLANNED, State.CALLED_OFF, "requestor"))

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="volunteer_days")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField("for how long, in minutes")
    bring = models.CharField("what to bring", max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    announced_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    announced_at = models.DateTimeField()
    called_off_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    called_off_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    objects = VolunteerDayQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "starts_at"], condition=Q(state="planned"), name="one_volunteer_day_at_a_time"
            ),
            models.CheckConstraint(
                name="volunteer_day_called_off_with_a_reason",
                condition=Q(state="planned", called_off_at=None)
                | (Q(state="called_off", called_off_by__isnull=False, called_off_at__isnull=False) & ~Q(reason="")),
            ),
        ]

    def __str__(self):
        return f"{self.when} for “{self.request}”"

    def get_absolute_url(self):
        return reverse("volunteer_days", args=[self.request_id])

    @property
    def when(self):
        return when(self.starts_at, self.minutes)

    @property
    def is_planned(self):
        return self.state == self.State.PLANNED


class VolunteerTask(models.Model):
    day = models.ForeignKey(VolunteerDay, on_delete=models.CASCADE, related_name="tasks")
    name = models.CharField("task", max_length=80, validators=[something_to_see])

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["day", "name"], name="each_task_once_a_day")]

    def __str__(self):
        return self.name


class VolunteerBookingQuerySet(models.QuerySet):
    def live(self):
        return self.filter(state__in=VolunteerBooking.LIVE)

    def taken(self):
        return self.filter(state=VolunteerBooking.State.TAKEN)

    def waiting(self):
        """In the order in which they asked."""
        return self.filter(state=VolunteerBooking.State.WAITING).order_by("pk")

    def overdue(self, now):
        """Offered a place, and the time to take it is over."""
        return self.filter(state=VolunteerBooking.State.OFFERED, offered_until__lte=now)

    def of_planned(self, now):
        """Of days that are planned and to come."""
        return self.filter(task__day__state=VolunteerDay.State.PLANNED, task__day__starts_at__gt=now)

    def with_all(self):
        return self.select_related("task__day__request__organisation", "pledge__supplier")


class VolunteerBooking(models.Model):
    """So many people of one supplier for one task: they have places, are offered them, or wait for them."""

    class State(models.TextChoices):
        TAKEN = "taken", "Places taken"
        WAITING = "waiting", "Waiting for places"
        OFFERED = "offered", "Offered places"
        GIVEN_UP = "given_up", "Given up"
        LAPSED = "lapsed", "Lapsed"

    LIVE = (State.TAKEN, State.WAITING, State.OFFERED)

    moves = Moves(
        "These places have been taken or given up already. Reload the page to see where they stand.",
        change=Move(State.TAKEN, State.TAKEN, "supplier"),
        offer=Move(State.WAITING, State.OFFERED),
        accept=Move(State.OFFERED, State.TAKEN, "supplier"),
        give_up=Move(LIVE, State.GIVEN_UP, "supplier"),
        lapse=Move(State.OFFERED, State.LAPSED),
    )

    task = models.ForeignKey(VolunteerTask, on_delete=models.CASCADE, related_name="bookings")
    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="bookings")
    people = models.PositiveSmallIntegerField("how many people")
    who = models.CharField("who comes", max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    offered_until = models.DateTimeField(null=True, blank=True)

    objects = VolunteerBookingQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "pledge"],
                condition=Q(state__in=["taken", "waiting", "offered"]),
                name="one_booking_a_task",
            ),
            models.CheckConstraint(name="booking_of_somebody", condition=Q(people__gt=0)),
            models.CheckConstraint(
                name="booking_offered_until", condition=~Q(state="offered") | Q(offered_until__isnull=False)
            ),
        ]

    def __str__(self):
        return f"{self.people_words} for {self.task}, {self.pledge.supplier}"

    def get_absolute_url(self):
        return reverse("booking", args=[self.pk])

    @property
    def people_words(self):
        return "1 person" if self.people == 1 else f"{self.people} people"

    @property
    def is_offered(self):
        """Whether places are kept for it now: an offer whose time is over is none, tidied up or not."""
        return self.state == self.State.OFFERED and self.offered_until > timezone.now()

    @property
    def is_taken(self):
        return self.state == self.State.TAKEN

    @property
    def waits(self):
        return self.state == self.State.WAITING


class VolunteerPlace(models.Model):
    """A place for one person. One that is kept for newcomers goes to others only shortly before the day."""

    task = models.ForeignKey(VolunteerTask, on_delete=models.CASCADE, related_name="places")
    number = models.PositiveSmallIntegerField()
    for_newcomers = models.BooleanField(default=False)
    booking = models.ForeignKey(
        VolunteerBooking, null=True, blank=True, on_delete=models.SET_NULL, related_name="places"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["task", "number"], name="each_place_once")]

    def __str__(self):
        return f"Place {self.number} of {self.task}"


class HelpersMessage(AppendOnly):
    """What the group or one of those who help with a request writes to all of them.

    Who wrote follows from the helper's pledge, none for the group: a row that never changes names no organisation that
    may be merged into another.
    """

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="helpers_messages")
    pledge = models.ForeignKey(Pledge, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField("your message to all", max_length=2000, validators=[something_to_see])
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"Message of {self.at:%-d %B %Y}"

    @property
    def organisation(self):
        return self.pledge.supplier if self.pledge_id else self.request.organisation
