"""What another system recorded of deliveries before this one: claims, confirmations, verifications and corrections."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from records.bounds import day_bounds
from records.history import AppendOnly
from vocabulary.quantities import QuantityField

from .commitments import Commitment


class RecordedEvent(AppendOnly):
    """One row of another system's history, kept as it came.

    `kind` is the account that it adds to; a correction adds its signed difference to that of the row it corrects.
    `first` is the row that a chain of corrections began with, None for that row itself: the ledger knows it by that
    number, and by that one's day.
    """

    class Kind(models.TextChoices):
        CLAIMED = "claimed", "Claimed"
        CONFIRMED = "confirmed", "Confirmed"
        VERIFIED = "verified", "Verified"

    reference = models.CharField("event id", max_length=60, unique=True)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="recorded_events")
    kind = models.CharField(max_length=9, choices=Kind)
    quantity = QuantityField(help_text="The difference, where it corrects another row")
    happened_on = models.DateField("happened")
    entered_on = models.DateField("entered")
    refers_to = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    first = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_words = models.CharField("who, where no account acted", max_length=120, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["commitment", "entered_on", "pk"]
        constraints = [
            *day_bounds("recordedevent", "happened_on", "entered_on"),
            models.CheckConstraint(name="entered_after_it_happened", condition=Q(entered_on__gte=F("happened_on"))),
            models.CheckConstraint(
                name="only_a_correction_takes_off", condition=Q(quantity__gt=0) | Q(first__isnull=False)
            ),
            models.CheckConstraint(
                name="a_correction_corrects_a_row", condition=Q(first=None) | Q(refers_to__isnull=False)
            ),
            models.CheckConstraint(
                name="recorded_event_has_an_author", condition=Q(by__isnull=False) | ~Q(by_words="")
            ),
        ]

    def __str__(self):
        return f"{self.reference}: {self.get_kind_display().lower()} {self.quantity}"

    @property
    def number(self):
        """By which the ledger knows it, whatever was corrected since."""
        return self.first_id or self.pk
