"""The ledger: entries that are only ever added, and a row of totals kept beside each commitment.

The totals are written only by suppliers.ledger, in the same transaction as the entries they add up;
`manage.py check_totals` compares the two.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from records.history import AppendOnly
from vocabulary.quantities import QuantityField

from .commitments import Commitment


class LedgerEntry(AppendOnly):
    class Account(models.TextChoices):
        PROMISED = "promised", "Promised"
        RESERVED = "reserved", "Reserved"
        CLAIMED = "claimed", "Claimed"
        CONFIRMED = "confirmed", "Confirmed"
        VERIFIED = "verified", "Verified"
        BEYOND = "beyond", "Beyond the contract"

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="entries")
    account = models.CharField(max_length=10, choices=Account)
    amount = QuantityField()
    pledge_number = models.PositiveBigIntegerField(null=True, db_index=True)
    delivery_number = models.PositiveBigIntegerField(null=True, db_index=True)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_words = models.CharField("who, where no account acted", max_length=120, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "ledger entries"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="entry_is_not_nothing", condition=~Q(amount=0)),
            models.CheckConstraint(name="entry_has_an_author", condition=Q(by__isnull=False) | ~Q(by_words="")),
            models.CheckConstraint(name="entry_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self):
        return f"{self.account} {self.amount:+}"


class CommitmentBalance(models.Model):
    """Totals of one commitment in its own unit. `claimed` holds confirmed, which holds verified.

    The constraints are rule 2: reserved and claimed together never pass what was promised.
    """

    commitment = models.OneToOneField(Commitment, on_delete=models.CASCADE, primary_key=True, related_name="balance")
    promised = QuantityField(default=0)
    reserved = QuantityField(default=0)
    claimed = QuantityField(default=0)
    confirmed = QuantityField(default=0)
    verified = QuantityField(default=0)
    beyond = QuantityField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="never_more_than_promised", condition=Q(promised__gte=F("reserved") + F("claimed"))
            ),
            models.CheckConstraint(name="confirmed_was_claimed", condition=Q(claimed__gte=F("confirmed"))),
            models.CheckConstraint(name="verified_was_confirmed", condition=Q(confirmed__gte=F("verified"))),
            models.CheckConstraint(
                name="totals_not_negative",
                condition=Q(reserved__gte=0) & Q(verified__gte=0) & Q(beyond__gte=0),
            ),
        ]

    def __str__(self):
        return f"Totals of {self.commitment_id}"

    @property
    def left(self):
        """What may still be pledged: promised, less reserved, less claimed."""
        return self.promised - self.reserved - self.claimed
