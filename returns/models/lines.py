"""What a supplier delivered against a commitment without any pledge: claimed, or confirmed by the contract manager."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from records.bounds import day_bounds
from records.history import AppendOnly
from suppliers.models import Commitment
from vocabulary.quantities import QuantityField


class ReturnLineQuerySet(models.QuerySet):
    def standing(self):
        """The newest word on each: not corrected since."""
        return self.filter(corrected_by=None)


class ReturnLine(AppendOnly):
    """So much of a commitment, delivered on a day, and how far it is proved; a correction is another line.

    `first` is the line that a chain of corrections began with, None for that line itself: the ledger knows it by that
    number.
    """

    class Stage(models.TextChoices):
        CLAIMED = "claimed", "Claimed by the supplier"
        CONFIRMED = "confirmed", "Confirmed by the contract manager"
        VERIFIED = "verified", "Checked against its evidence"

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="return_lines")
    first = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    delivered_on = models.DateField()
    quantity = QuantityField(help_text="0 where it is taken back")
    stage = models.CharField(max_length=9, choices=Stage, default=Stage.CONFIRMED)
    note = models.CharField("what was delivered, and how it is known", max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_words = models.CharField("who, where no account acted", max_length=120, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    objects = ReturnLineQuerySet.as_manager()

    class Meta:
        ordering = ["commitment", "delivered_on", "pk"]
        constraints = [
            *day_bounds("returnline", "delivered_on"),
            models.CheckConstraint(name="return_line_not_below_nothing", condition=Q(quantity__gte=0)),
            models.CheckConstraint(name="return_line_says_what", condition=~Q(note="")),
            models.CheckConstraint(name="return_line_has_an_author", condition=Q(by__isnull=False) | ~Q(by_words="")),
            models.CheckConstraint(
                name="return_line_corrects_one_of_a_chain",
                condition=Q(first=None, corrects=None) | Q(first__isnull=False, corrects__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.quantity} on {self.delivered_on:%-d %B %Y}"

    @property
    def may_be_verified(self):
        """Whether somebody else than who confirmed it may check it against its evidence."""
        return self.stage == self.Stage.CONFIRMED and self.quantity > 0

    @property
    def number(self):
        """By which the ledger knows it, whatever was corrected since."""
        return self.first_id or self.pk
