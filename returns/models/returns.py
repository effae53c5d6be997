"""A return for a contract and a period, and what it says of each commitment."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from organisations.models import Upload
from records.bounds import day_bounds
from records.moves import Move, Moves
from suppliers.models import Commitment, Contract
from vocabulary.quantities import QuantityField

from .. import periods
from .lines import ReturnLine

SUPPLIER, COUNCIL = "supplier", "council"


class ReturnQuerySet(models.QuerySet):
    def of(self, user):
        """Returns of contracts whose suppliers `user` acts for."""
        return self.filter(contract__in=Contract.objects.of(user).values("pk"))

    def with_contract(self):
        return self.select_related("contract__supplier", "contract__manager")

    def to_send(self):
        """What its supplier still owes: not sent yet, or asked about."""
        return self.filter(state__in=[Return.State.OPEN, Return.State.QUERIED])

    def to_answer(self):
        """What waits for the contract manager."""
        return self.filter(state=Return.State.SENT)

    def late(self, day):
        return self.filter(state=Return.State.OPEN, due_on__lt=day)

    def counted(self):
        """Sent once at least, so that another return of the same days would count twice."""
        return self.exclude(state=Return.State.OPEN)


class Return(models.Model):
    """What a supplier reports of one contract for whole quarters; `changes` counts who wrote to it, for two at once."""

    class State(models.TextChoices):
        OPEN = "open", "Not sent yet"
        SENT = "sent", "With the contract manager"
        QUERIED = "queried", "Back with the supplier"
        ACCEPTED = "accepted", "Answered"

    moves = Moves(
        "This return has moved on since you opened it. Reload the page to see where it stands.",
        send=Move(("open", "queried"), "sent", SUPPLIER),
        answer=Move("sent", "accepted", COUNCIL),
        ask=Move("sent", "queried", COUNCIL),
        restate=Move(("open", "sent", "queried", "accepted"), "accepted", COUNCIL),
    )

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="returns")
    first_day = models.DateField()
    last_day = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    nothing_because = models.CharField("nothing was delivered, because", max_length=500, blank=True)
    changes = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(auto_now_add=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    sent_by_words = models.CharField(max_length=120, blank=True)
    asked_at = models.DateTimeField("when its manager asked for more", null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ReturnQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-last_day", "contract"]
        constraints = [
            *day_bounds("return", "first_day", "last_day", "due_on"),
            models.UniqueConstraint(fields=["contract", "first_day"], name="one_return_a_period"),
            models.CheckConstraint(name="return_ends_after_it_begins", condition=Q(last_day__gt=F("first_day"))),
            models.CheckConstraint(name="sent_return_says_by_whom",
                                   condition=Q(state="open") | Q(sent_by__isnull=False) | ~Q(sent_by_words="")),
        ]  # fmt: skip

    def __str__(self):
        return f"Return for {self.period}: {self.contract.reference}"

    def get_absolute_url(self):
        return reverse("return_detail", args=[self.pk])

    @property
    def period(self):
        return periods.say(self.first_day, self.last_day)

    @property
    def is_late(self):
        return self.state == self.State.OPEN and self.due_on < timezone.localdate()

    @property
    def days_late(self):
        return max((timezone.localdate() - self.due_on).days, 0)


class Answer(models.Model):
    """What a return says of one commitment.

    `quantity` is what was delivered in the period in all, `already` how much of that the marketplace had recorded when
    it was sent: only the rest becomes a line of the ledger. `asked` is what the contract manager wrote last.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Not sent"
        SENT = "sent", "To be answered"
        ACCEPTED = "accepted", "Accepted"
        QUERIED = "queried", "Asked about"
        REJECTED = "rejected", "Rejected"

    class Rag(models.TextChoices):
        RED = "red", "Red"
        AMBER = "amber", "Amber"
        GREEN = "green", "Green"

    moves = Moves(
        "This line has moved on since you opened it. Reload the page to see where it stands.",
        send=Move(("draft", "queried"), "sent", SUPPLIER),
        accept=Move("sent", "accepted", COUNCIL),
        query=Move("sent", "queried", COUNCIL),
        reject=Move("sent", "rejected", COUNCIL),
        restate=Move(("draft", "sent", "queried", "accepted", "rejected"), "accepted", COUNCIL),
    )

    of_return = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="answers")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="answers")
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    quantity = QuantityField(null=True)
    already = QuantityField(default=0)
    to_date = QuantityField(null=True)
    delivered_on = models.DateField(null=True)
    evidence = models.CharField(max_length=500, blank=True)
    rag = models.CharField(max_length=5, choices=Rag, blank=True)
    comment = models.CharField(max_length=1000, blank=True)
    asked = models.CharField(max_length=500, blank=True)
    findings = models.JSONField(default=list)
    line = models.OneToOneField(ReturnLine, null=True, on_delete=models.PROTECT, related_name="answer")

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["of_return", "commitment"]
        constraints = [
            *day_bounds("answer", "delivered_on"),
            models.UniqueConstraint(fields=["of_return", "commitment"], name="one_answer_a_commitment"),
            models.CheckConstraint(name="answer_not_below_nothing", condition=Q(quantity__gte=0) | Q(quantity=None)),
            models.CheckConstraint(
                name="sent_answer_says_how_much", condition=Q(state="draft") | Q(quantity__isnull=False)
            ),
        ]

    def __str__(self):
        return f"{self.commitment} in {self.of_return}"

    @property
    def quantity_words(self):
        return self.commitment.say(self.quantity)


class AnswerFile(models.Model):
    """A file that shows what an answer says."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="files")
    upload = models.OneToOneField(Upload, on_delete=models.PROTECT, related_name="answer_file")

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["answer", "pk"]

    def __str__(self):
        return str(self.upload)
