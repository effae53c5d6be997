"""What a supplier promised in one contract, and when it said it would deliver it."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from guidance.models import Outcome
from records.bounds import day_bounds
from vocabulary.kinds import KindOfHelp
from vocabulary.quantities import QuantityField
from vocabulary.units import Unit, say_quantity

from .contracts import Contract


class CommitmentQuerySet(models.QuerySet):
    def of(self, user):
        """Commitments of the suppliers that `user` acts for."""
        return self.filter(
            contract__supplier__memberships__user=user,
            contract__supplier__memberships__admitted_at__isnull=False,
        )

    def open(self):
        return self.filter(withdrawn_at=None)

    def with_something_left(self):
        return self.open().filter(balance__promised__gt=F("balance__reserved") + F("balance__claimed"))

    def left_on(self, day):
        """With something left, in a contract that is not over before `day`."""
        return self.with_something_left().filter(Q(contract__end=None) | Q(contract__end__gte=day))

    def with_balance(self):
        return self.select_related("balance", "contract__supplier")


class Commitment(models.Model):
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="commitments")
    external_reference = models.CharField(max_length=60, blank=True, null=True, unique=True)
    wording = models.TextField("wording as tendered")
    measure = models.CharField(max_length=120, blank=True)
    kind = models.CharField("kind of help", max_length=20, choices=KindOfHelp, blank=True)
    theme = models.CharField(max_length=80, blank=True)
    unit = models.CharField(max_length=20, choices=Unit)
    unit_words = models.CharField("the unit in the source's words", max_length=60, blank=True)
    delivery_area = models.CharField(max_length=120, blank=True)
    outcome = models.ForeignKey(
        Outcome,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="commitments",
        limit_choices_to={"level__in": ["outcome", "criterion"], "model__state": "published"},
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CommitmentQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["contract", "pk"]

    def __str__(self):
        return self.wording[:80]

    def get_absolute_url(self):
        return reverse("commitment", args=[self.pk])

    @property
    def is_open(self):
        """Whether it may still be pledged against: not withdrawn, and the contract not over."""
        end = self.contract.end
        return self.withdrawn_at is None and (end is None or end >= timezone.localdate())

    def say(self, quantity):
        """A quantity of this commitment in words."""
        return say_quantity(quantity, self.unit, self.unit_words)


class DeliveryTarget(models.Model):
    """One line of the delivery plan: so much in all by such a day."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="targets")
    due_on = models.DateField()
    quantity_in_all = QuantityField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["commitment", "due_on"]
        constraints = [
            *day_bounds("deliverytarget", "due_on"),
            models.UniqueConstraint(fields=["commitment", "due_on"], name="one_target_a_day"),
            models.CheckConstraint(name="target_not_negative", condition=Q(quantity_in_all__gte=0)),
        ]

    def __str__(self):
        return f"{self.quantity_in_all} by {self.due_on}"
