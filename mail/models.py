"""The outbox: one row a message and address, from the transaction that caused it until it is forgotten."""

from django.db import models
from django.db.models import Q


class MessageQuerySet(models.QuerySet):
    def due(self, now):
        """What may be taken now, the urgent first, then in the order in which it was due."""
        return self.filter(state=Message.State.WAITING, due_at__lte=now).order_by("-urgent", "due_at", "pk")

    def stuck(self):
        """What somebody has to look at."""
        return self.filter(state__in=[Message.State.FAILED, Message.State.UNSURE])


class Message(models.Model):
    """One e-mail to one address. Its text is kept until it was handed over, and no longer."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        TAKEN = "taken", "With a worker"
        HANDING = "handing", "Being handed over"
        SENT = "sent", "Sent"
        UNSURE = "unsure", "May have arrived"
        FAILED = "failed", "Failed"

    address = models.CharField(max_length=320)
    subject = models.CharField(max_length=250)
    kind = models.CharField(max_length=80, blank=True, help_text="The template it was made from, where we know it")
    content = models.JSONField(null=True, help_text="Text, sender and headers; empty once it was handed over")
    message_id = models.CharField(max_length=200, unique=True)
    urgent = models.BooleanField(default=False, help_text="Somebody waits before the screen: a code, a new password")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    taken_by = models.CharField(max_length=64, blank=True)
    taken_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True, help_text="When it was sent or given up")
    error = models.CharField("what went wrong", max_length=500, blank=True)

    objects = MessageQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "e-mail"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="message_text_kept_until_sent",
                condition=Q(state="sent", content__isnull=True) | (~Q(state="sent") & Q(content__isnull=False)),
            ),
            models.CheckConstraint(
                name="message_with_a_worker",
                condition=~Q(state__in=["taken", "handing"]) | (~Q(taken_by="") & Q(taken_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="message_failure_has_a_reason", condition=~Q(state__in=["unsure", "failed"]) | ~Q(error="")
            ),
        ]
        indexes = [
            models.Index(
                fields=["-urgent", "due_at"], name="messages_waiting", condition=Q(state__in=["waiting", "taken"])
            ),
            models.Index(fields=["state", "taken_at"], name="messages_by_state"),
        ]

    def __str__(self):
        return f"{self.subject} ({self.address})"

    @property
    def is_waiting(self):
        return self.state == self.State.WAITING

    @property
    def is_sent(self):
        return self.state == self.State.SENT

    @property
    def is_failed(self):
        return self.state == self.State.FAILED

    @property
    def is_unsure(self):
        return self.state == self.State.UNSURE

    @property
    def is_stuck(self):
        """Whether somebody has to look at it: it failed, or nobody knows whether it arrived."""
        return self.is_failed or self.is_unsure


class Reminder(models.Model):
    """Somebody was reminded of one thing, counted from one moment: never of the same twice, whoever runs the clocks."""

    what = models.CharField(max_length=40)
    number = models.PositiveBigIntegerField(help_text="The key of the row that it is about")
    since = models.DateTimeField(help_text="The moment from which the clock of that row ran")
    at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["what", "number", "since"], name="reminded_once")]

    def __str__(self):
        return f"{self.what} {self.number}"


class Preference(models.Model):
    """How the holder of one address hears of one topic (mail/topics.py); without a row it is at once."""

    class How(models.TextChoices):
        AT_ONCE = "at_once", "At once"
        DAILY = "daily", "Together, once a day"
        WEEKLY = "weekly", "Together, once a week"
        NEVER = "never", "Not me: a colleague takes it"

    address = models.EmailField(max_length=320)
    topic = models.CharField(max_length=20)
    how = models.CharField(max_length=10, choices=How)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address", "topic"], name="one_way_of_hearing_each")]

    def __str__(self):
        return f"{self.topic}: {self.get_how_display()}"


class Held(models.Model):
    """A message that waits for its reader's next round of e-mails."""

    address = models.EmailField(max_length=320)
    name = models.CharField(max_length=150, blank=True)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "e-mail that waits for a round"
        verbose_name_plural = "e-mails that wait for a round"

    def __str__(self):
        return f"{self.subject} ({self.address})"
