"""Questions on requests, messages within pledges, reports of what is not right."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from organisations.models import Organisation
from records.history import AppendOnly
from records.moves import Move, Moves
from requests_app.models import Pledge, Request
from screens.fields import something_to_see


class QuestionQuerySet(models.QuerySet):
    def public(self):
        return self.filter(state=Question.State.PUBLIC)

    def to_answer(self):
        """Waiting for the group."""
        return self.filter(state=Question.State.ASKED)

    def silent_since(self, moment):
        """Asked before then, and still waiting for the group."""
        return self.to_answer().filter(asked_at__lte=moment, request__live=True)

    def to_decide(self):
        """Answered, and waiting for a moderator."""
        return self.filter(state=Question.State.ANSWERED)


class Question(models.Model):
    """A question on a request, public with its answer once a moderator agreed; until then between the two."""

    class State(models.TextChoices):
        ASKED = "asked", "Waiting for the group’s answer"
        ANSWERED = "answered", "Answered, with a moderator"
        PUBLIC = "public", "Public"
        WITHHELD = "withheld", "Not public"
        WITHDRAWN = "withdrawn", "Taken back"

    moves = Moves(
        "Somebody has dealt with this question already. Reload the page to see where it stands.",
        answer=Move(State.ASKED, State.ANSWERED, "requestor"),
        publish=Move(State.ANSWERED, State.PUBLIC, "council"),
        withhold=Move((State.ASKED, State.ANSWERED, State.PUBLIC), State.WITHHELD, "council"),
        take_back=Move(State.ASKED, State.WITHDRAWN, "asker"),
    )

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="questions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="questions")
    text = models.TextField("your question", max_length=600, validators=[something_to_see])
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.TextField("your answer", max_length=1500, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    reason = models.TextField("why it is not public", max_length=600, blank=True)

    objects = QuestionQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="question_answered_when_it_says_so",
                condition=Q(state="asked", answer="", answered_at=None)
                | Q(state__in=["answered", "public"], answered_at__isnull=False)
                | Q(state="withdrawn", answer="", answered_at=None)
                | Q(state="withheld"),
            ),
            models.CheckConstraint(
                name="question_withheld_with_a_reason", condition=~Q(state="withheld") | ~Q(reason="")
            ),
        ]

    def __str__(self):
        return f"Question about “{self.request}”"

    def get_absolute_url(self):
        return reverse("question", args=[self.pk])


class PledgeMessage(AppendOnly):
    """What one side of a pledge writes to the other; both keep it, and the council may read it."""

    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="messages")
    side = models.CharField(max_length=10, choices=[("supplier", "The supplier"), ("requestor", "The group")])
    text = models.TextField("your message", max_length=2000, validators=[something_to_see])
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_link = models.BooleanField("by the link of an e-mail", default=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"Message of {self.at:%-d %B %Y}"


class Report(models.Model):
    """Something on the site that somebody says is not right, and what the council did about it."""

    class Why(models.TextChoices):
        HARM = "harm", "Somebody could come to harm"
        ABUSE = "abuse", "It is insulting or hateful"
        PRIVATE = "private", "It shows somebody’s private details"
        FALSE = "false", "It is not true, or a fraud"
        DATA = "data", "How we use somebody’s personal data"
        OTHER = "other", "Something else"

    class State(models.TextChoices):
        OPEN = "open", "Open"
        SETTLED = "settled", "Settled"

    moves = Moves("Somebody has settled this report already.", settle=Move(State.OPEN, State.SETTLED, "council"))

    path = models.CharField("page", max_length=300)
    why = models.CharField("what is wrong", max_length=10, choices=Why)
    text = models.TextField("what should we know?", max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    email = models.EmailField("your e-mail address, if you want an answer", blank=True)
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    outcome = models.TextField("what was done", max_length=1000, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="report_settled_with_what_was_done",
                condition=Q(state="open", settled_at=None)
                | (Q(state="settled", settled_at__isnull=False) & ~Q(outcome="")),
            )
        ]

    def __str__(self):
        return f"{self.get_why_display()}: {self.path}"

    @property
    def is_complaint(self):
        """Whether it is answered within COMPLAINT_DAYS, as the law asks of complaints about personal data."""
        return self.why == self.Why.DATA

    @property
    def answer_by(self):
        return timezone.localdate(self.at) + timedelta(days=settings.COMPLAINT_DAYS)
