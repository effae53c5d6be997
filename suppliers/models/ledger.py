"""The ledger: entries that are only ever added, and a row of totals kept beside each commitment.

The totals are written only by suppliers.ledger, in the same transaction as the entries they add up;
`manage.py check_totals` compares the two.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from places.models import Council
from records.bounds import day_bounds
from records.history import AppendOnly, AppendOnlyQuerySet
from vocabulary.quantities import QuantityField

from .commitments import Commitment


class LedgerEntryQuerySet(AppendOnlyQuerySet):
    def in_period(self, since=None, until=None, *, written=False):
        """From one day to another, both in it: of what happened then, or with `written` of what was written then.

        With `until` alone it is the state as at that day.
        """
        clock = "at__date" if written else "happened_on"
        bounds = {f"{clock}__gte": since, f"{clock}__lte": until}
        return self.filter(**{bound: day for bound, day in bounds.items() if day})


class LedgerEntry(AppendOnly):
    """So much more or less of one account, on which day it happened, when it was written, and where it came from.

    Two clocks: `happened_on` says in which quarter it belongs, `at` since when the council has known it.
    """

    class Account(models.TextChoices):
        PROMISED = "promised", "Promised"
        RESERVED = "reserved", "Reserved"
        TO_AGREE = "to_agree", "To be agreed"
        CLAIMED = "claimed", "Claimed"
        CONFIRMED = "confirmed", "Confirmed"
        VERIFIED = "verified", "Verified"
        BEYOND = "beyond", "Beyond the contract"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Source(models.TextChoices):
        CONTRACT = "contract", "The contract"
        VARIATION = "variation", "A variation"
        PLEDGE = "pledge", "A pledge"
        DELIVERY = "delivery", "A delivery"
        RETURN = "return", "A line of a return"
        CORRECTION = "correction", "A correction"
        COUNT = "count", "An agreed count"
        WITHDRAWAL = "withdrawal", "A withdrawal, or the end of one"
        SUCCESSION = "succession", "A succession"
        COUNCIL = "council", "A corrected council"
        RECORDED = "recorded", "Recorded in another system"

    class ConfirmedBy(models.TextChoices):
        NOBODY = "", "Nobody yet"
        GROUP = "group", "The group"
        MANAGER = "manager", "The contract manager"

    objects = LedgerEntryQuerySet.as_manager()

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="entries")
    account = models.CharField(max_length=10, choices=Account)
    amount = QuantityField()
    happened_on = models.DateField("happened on")
    at = models.DateTimeField("written")
    source = models.CharField("came from", max_length=10, choices=Source)
    confirmed_by = models.CharField(max_length=7, choices=ConfirmedBy, blank=True, default=ConfirmedBy.NOBODY)
    council = models.ForeignKey(
        Council,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Whose contract it was when this was written",
    )
    pledge_number = models.PositiveBigIntegerField(null=True, db_index=True)
    delivery_number = models.PositiveBigIntegerField(null=True, db_index=True)
    return_line_number = models.PositiveBigIntegerField(null=True, db_index=True)
    event_number = models.PositiveBigIntegerField(null=True, db_index=True)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_words = models.CharField("who, where no account acted", max_length=120, blank=True)

    class Meta:
        verbose_name_plural = "ledger entries"
        ordering = ["pk"]
        constraints = [
            *day_bounds("ledgerentry", "happened_on"),
            models.CheckConstraint(name="entry_is_not_nothing", condition=~Q(amount=0)),
            models.CheckConstraint(name="entry_has_an_author", condition=Q(by__isnull=False) | ~Q(by_words="")),
            models.CheckConstraint(name="entry_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="entry_says_who_confirmed",
                condition=~Q(account__in=["confirmed", "verified"], amount__gt=0)
                | ~Q(confirmed_by="")
                | Q(source__in=["succession", "council"]),
            ),
            models.CheckConstraint(
                name="entry_of_one_delivery",
                condition=Q(delivery_number=None, return_line_number=None)
                | Q(delivery_number=None, event_number=None)
                | Q(return_line_number=None, event_number=None),
            ),
        ]
        indexes = [
            models.Index(fields=["commitment", "account", "happened_on"], name="entries_by_day"),
            models.Index(fields=["commitment", "at"], name="entries_by_writing"),
        ]

    def __str__(self):
        return f"{self.account} {self.amount:+}"


class CommitmentBalance(models.Model):
    """Totals of one commitment in its own unit. `claimed` holds confirmed, which holds verified.

    The constraints are rule 2: what is held and claimed together never passes what was promised.
    """

    commitment = models.OneToOneField(Commitment, on_delete=models.CASCADE, primary_key=True, related_name="balance")
    promised = QuantityField(default=0)
    reserved = QuantityField(default=0)
    to_agree = QuantityField(default=0)
    claimed = QuantityField(default=0)
    confirmed = QuantityField(default=0)
    verified = QuantityField(default=0)
    beyond = QuantityField(default=0)
    withdrawn = QuantityField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="never_more_than_promised",
                condition=Q(promised__gte=F("reserved") + F("to_agree") + F("claimed") + F("withdrawn")),
            ),
            models.CheckConstraint(
                name="beyond_where_nothing_is_left",
                condition=Q(beyond=0) | Q(promised=F("reserved") + F("to_agree") + F("claimed") + F("withdrawn")),
            ),
            models.CheckConstraint(name="confirmed_was_claimed", condition=Q(claimed__gte=F("confirmed"))),
            models.CheckConstraint(name="verified_was_confirmed", condition=Q(confirmed__gte=F("verified"))),
            models.CheckConstraint(
                name="totals_not_negative",
                condition=Q(reserved__gte=0)
                & Q(to_agree__gte=0)
                & Q(verified__gte=0)
                & Q(beyond__gte=0)
                & Q(withdrawn__gte=0),
            ),
        ]

    def __str__(self):
        return f"Totals of {self.commitment_id}"

    @property
    def left(self):
        """What may still be pledged: promised, less what is held, claimed or withdrawn."""
        return self.promised - self.reserved - self.to_agree - self.claimed - self.withdrawn
