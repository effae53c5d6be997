"""Days that the two sides of one pledge agree."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from organisations.models import Organisation
from records.moves import Move, Moves
from requests_app.models import Pledge


def when(starts_at, minutes):
    """The day and from when to when, in words, by London's clock."""
    start = timezone.localtime(starts_at)
    return f"{start:%A %-d %B %Y}, {start:%H:%M} to {start + timedelta(minutes=minutes):%H:%M}"


class MeetingQuerySet(models.QuerySet):
    def of_pledge(self, pledge):
        return self.filter(pledge=pledge).select_related("proposed_by").prefetch_related("times")

    def to_answer(self):
        """Proposed, and waiting for the other side; nobody waits once the pledge has ended."""
        return self.filter(state=Meeting.State.PROPOSED, pledge__state=Pledge.State.ACCEPTED)

    def to_come(self, now):
        """Agreed, of pledges that still run: a day goes with the pledge that ends before it."""
        return self.filter(state=Meeting.State.AGREED, starts_at__gte=now, pledge__state=Pledge.State.ACCEPTED)

    def of(self, person):
        """Agreed days of pledges whose sides a person acts for: those that were, and those that will be."""
        mine = Organisation.objects.of(person).values("pk")
        either = Q(pledge__supplier__in=mine) | Q(pledge__request__organisation__in=mine)
        been = Q(starts_at__lt=timezone.now(), pledge__state__in=[Pledge.State.ACCEPTED, Pledge.State.COMPLETED])
        return self.filter(either, been | Q(pledge__state=Pledge.State.ACCEPTED), state=Meeting.State.AGREED)


class Meeting(models.Model):
    """A day on which something of a pledge is given: proposed by one side, accepted by the other."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        AGREED = "agreed", "Agreed"
        CANCELLED = "cancelled", "Called off"

    moves = Moves(
        "This day has been answered or called off already. Reload the page to see where it stands.",
        accept=Move(State.PROPOSED, State.AGREED, "other"),
        cancel=Move((State.PROPOSED, State.AGREED), State.CANCELLED, "either"),
    )

    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="meetings")
    side = models.CharField(max_length=10, choices=[("supplier", "The supplier"), ("requestor", "The group")])
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    minutes = models.PositiveSmallIntegerField("for how long, in minutes")
    bring = models.CharField("what to bring", max_length=300, blank=True)
    who = models.CharField("who comes", max_length=300, blank=True)
    weeks = models.PositiveSmallIntegerField("how many weeks in a row", default=1)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    starts_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    objects = MeetingQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="meeting_agreed_has_its_day",
                condition=~Q(state="agreed") | Q(starts_at__isnull=False, agreed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="meeting_called_off_by_somebody",
                condition=~Q(state="cancelled") | Q(cancelled_by__isnull=False, cancelled_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["pledge", "starts_at"], condition=Q(state="agreed"), name="one_meeting_at_a_time"
            ),
        ]

    def __str__(self):
        return f"{self.when} for “{self.pledge.request}”"

    @property
    def when(self):
        """The day and from when to when, in words; "" before it is agreed."""
        return when(self.starts_at, self.minutes) if self.starts_at else ""

    @property
    def is_agreed(self):
        return self.state == self.State.AGREED


class MeetingTime(models.Model):
    """One of the times that were proposed."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="times")
    starts_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["starts_at"]
        constraints = [models.UniqueConstraint(fields=["meeting", "starts_at"], name="each_time_proposed_once")]

    def __str__(self):
        return f"{timezone.localtime(self.starts_at):%A %-d %B %Y, %H:%M}"
