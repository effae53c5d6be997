"""Assessments of key performance indicators, and what was asked to improve (Procurement Act 2023, section 71)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from records.bounds import day_bounds
from records.history import AppendOnly
from records.moves import Move, Moves
from suppliers.models import Commitment


class Rating(models.TextChoices):
    """The Act's own scale."""

    GOOD = "good", "Good"
    APPROACHING = "approaching_target", "Approaching target"
    IMPROVE = "requires_improvement", "Requires improvement"
    INADEQUATE = "inadequate", "Inadequate"
    OTHER = "other", "Other"


class Assessment(AppendOnly):
    """What a person rated a commitment on a day, and why; what was suggested stands beside it."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="assessments")
    assessed_on = models.DateField()
    suggested = models.CharField(max_length=24, choices=Rating)
    rating = models.CharField(max_length=24, choices=Rating)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["commitment", "-assessed_on", "-pk"]
        constraints = [
            *day_bounds("assessment", "assessed_on"),
            models.CheckConstraint(name="assessment_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self):
        return f"{self.get_rating_display()}, {self.assessed_on:%-d %B %Y}"


class ImprovementQuerySet(models.QuerySet):
    def to_answer(self):
        """Waiting for the supplier."""
        return self.filter(state=Improvement.State.ASKED)

    def to_publish(self):
        """It did not improve, and no notice of it is published yet."""
        return self.filter(state=Improvement.State.NOT_IMPROVED, notice_on=None)


class Improvement(models.Model):
    """Something that a supplier was asked to put right, what it answered, and whether it did."""

    class State(models.TextChoices):
        ASKED = "asked", "Asked"
        ANSWERED = "answered", "Answered"
        IMPROVED = "improved", "Improved"
        NOT_IMPROVED = "not_improved", "Not improved"

    moves = Moves(
        "This has moved on since you opened it. Reload the page to see where it stands.",
        answer=Move("asked", "answered"),
        improve=Move(("asked", "answered"), "improved"),
        fail=Move(("asked", "answered"), "not_improved"),
        publish=Move("not_improved", "not_improved"),
    )

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="improvements")
    state = models.CharField(max_length=12, choices=State, default=State.ASKED)
    what = models.CharField("what has to improve", max_length=500)
    asked_on = models.DateField()
    until = models.DateField("until when")
    answer = models.CharField("what the supplier answered", max_length=1000, blank=True)
    answered_on = models.DateField(null=True)
    outcome = models.CharField("what came of it", max_length=500, blank=True)
    settled_on = models.DateField(null=True)
    notice = models.CharField("where the notice was published", max_length=200, blank=True)
    notice_on = models.DateField("when the notice was published", null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    wagtail_reference_index_ignore = True

    objects = ImprovementQuerySet.as_manager()

    class Meta:
        ordering = ["until", "pk"]
        constraints = [
            *day_bounds("improvement", "asked_on", "until", "answered_on", "settled_on", "notice_on"),
            models.CheckConstraint(
                name="notice_of_what_did_not_improve",
                condition=Q(notice="", notice_on=None)
                | Q(state="not_improved", notice_on__isnull=False, notice_on__gte=F("settled_on")) & ~Q(notice=""),
            ),
            models.CheckConstraint(name="improvement_says_what", condition=~Q(what="")),
            models.CheckConstraint(name="improvement_gives_time", condition=Q(until__gt=F("asked_on"))),
            models.CheckConstraint(
                name="settled_says_what_came_of_it",
                condition=Q(state__in=["asked", "answered"], settled_on=None)
                | Q(state__in=["improved", "not_improved"], settled_on__isnull=False) & ~Q(outcome=""),
            ),
        ]

    def __str__(self):
        return self.what

    @property
    def is_improved(self):
        return self.state == self.State.IMPROVED

    @property
    def is_open(self):
        return self.settled_on is None
