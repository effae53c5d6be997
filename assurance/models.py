"""A drawn sample of confirmed deliveries, and what checking each of them found."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from records.bounds import FIRST_DAY, day_bounds
from suppliers.models import Commitment
from vocabulary.quantities import QuantityField


class SampleQuerySet(models.QuerySet):
    def finished(self):
        """Every delivery of it was checked."""
        return self.exclude(items__checked_at=None).distinct()


class Sample(models.Model):
    """So many draws among the deliveries that stood confirmed on a day: the same again for the same words.

    `population` is how many deliveries there were to draw from, `size` how many draws were made; a large delivery may
    be drawn more than once.
    """

    seed = models.BigIntegerField()
    size = models.PositiveIntegerField("draws")
    since = models.DateField("delivered from", default=FIRST_DAY)
    until = models.DateField("delivered up to")
    as_at = models.DateField("as known on")
    population = models.PositiveIntegerField()
    is_whole = models.BooleanField("all of them were drawn", default=False)
    drawn_at = models.DateTimeField(auto_now_add=True)
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    drawn_by_words = models.CharField(max_length=120, blank=True)

    objects = SampleQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-pk"]
        constraints = [
            *day_bounds("sample", "since", "until", "as_at"),
            models.UniqueConstraint(
                fields=["seed", "size", "since", "until", "as_at"], name="one_sample_of_a_kind"
            ),
            models.CheckConstraint(
                name="sample_says_by_whom", condition=Q(drawn_by__isnull=False) | ~Q(drawn_by_words="")
            ),
            models.CheckConstraint(name="sample_draws_something", condition=Q(size__gt=0, population__gt=0)),
        ]  # fmt: skip

    def __str__(self):
        return f"Sample {self.seed} of deliveries up to {self.until:%-d %B %Y}"

    def get_absolute_url(self):
        return reverse("sample", args=[self.pk])

    @property
    def has_first_day(self):
        """Whether it leaves out what was delivered before a day."""
        return self.since > FIRST_DAY


class SampleItem(models.Model):
    """A delivery that was drawn, by the ledger's numbers, with what stood confirmed of it, and what a check found."""

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="items")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="+")
    delivery_number = models.PositiveBigIntegerField(default=0)
    return_line_number = models.PositiveBigIntegerField(default=0)
    event_number = models.PositiveBigIntegerField(default=0)
    day = models.DateField("delivered")
    confirmed = QuantityField()
    draws = models.PositiveIntegerField()
    found = QuantityField("what the evidence shows", null=True)
    words = models.CharField("what it was checked against", max_length=500, blank=True)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["sample", "pk"]
        constraints = [
            *day_bounds("sampleitem", "day"),
            models.UniqueConstraint(
                fields=["sample", "commitment", "delivery_number", "return_line_number", "event_number"],
                name="drawn_as_one_item",
            ),
            models.CheckConstraint(name="item_of_something", condition=Q(confirmed__gt=0, draws__gt=0)),
            models.CheckConstraint(
                name="found_within_confirmed", condition=Q(found=None) | Q(found__gte=0, found__lte=F("confirmed"))
            ),
            models.CheckConstraint(
                name="checked_says_what_by_whom",
                condition=Q(checked_at=None, found=None, checked_by=None)
                | Q(checked_at__isnull=False, found__isnull=False, checked_by__isnull=False) & ~Q(words=""),
            ),
        ]

    def __str__(self):
        return f"{self.commitment.say(self.confirmed)} on {self.day:%-d %B %Y}"

    @property
    def is_checked(self):
        return self.checked_at is not None

    @property
    def confirmed_words(self):
        return self.commitment.say(self.confirmed)

    @property
    def found_words(self):
        return "" if self.found is None else self.commitment.say(self.found)
