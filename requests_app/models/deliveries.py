"""Deliveries: claimed by the supplier, confirmed by the requestor, verified by the council."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from organisations.models import Upload
from records.bounds import day_bounds
from records.history import AppendOnly
from records.moves import Move, Moves
from suppliers.models import Commitment
from vocabulary.quantities import ZERO, QuantityField

from .pledges import Pledge


class DeliveryQuerySet(models.QuerySet):
    def standing(self):
        return self.exclude(state=Delivery.State.WITHDRAWN)

    def unsettled(self):
        """Recorded, and not yet confirmed or taken back."""
        return self.filter(state__in=[Delivery.State.CLAIMED, Delivery.State.DISPUTED])

    def to_confirm(self):
        """Waiting for the requestor."""
        return self.filter(state=Delivery.State.CLAIMED)

    def to_verify(self):
        """Confirmed, and waiting for the council."""
        return self.filter(state=Delivery.State.CONFIRMED)

    def verified(self):
        return self.filter(state=Delivery.State.VERIFIED)

    def questioned(self):
        """Waiting for the supplier: disputed by the group, or asked about by the council."""
        return self.filter(state__in=[Delivery.State.DISPUTED, Delivery.State.QUERIED])

    def sums(self):
        """{stage: Decimal} over those that stand: each at the latest figure anybody with a say has given."""
        return self.standing().aggregate(
            claimed=Sum(Coalesce("verified", "confirmed", "claimed"), default=ZERO),
            confirmed=Sum(Coalesce("verified", "confirmed"), default=ZERO),
            verified=Sum("verified", default=ZERO),
        )

    def with_pledge(self):
        return self.select_related("pledge__request__organisation", "pledge__supplier", "pledge__commitment__contract")


class Delivery(models.Model):
    """What was handed over, in the request's unit. Each stage keeps its own figure."""

    class State(models.TextChoices):
        CLAIMED = "claimed", "Waiting for the requestor"
        DISPUTED = "disputed", "Disputed"
        CONFIRMED = "confirmed", "Confirmed"
        QUERIED = "queried", "Queried by the council"
        VERIFIED = "verified", "Verified"
        WITHDRAWN = "withdrawn", "Withdrawn"

    moves = Moves(
        "This delivery has moved on since you opened the page. Reload it to see where it stands.",
        confirm=Move((State.CLAIMED, State.DISPUTED), State.CONFIRMED, "requestor"),
        dispute=Move(State.CLAIMED, State.DISPUTED, "requestor"),
        amend=Move(State.DISPUTED, State.CLAIMED, "supplier"),
        withdraw=Move((State.CLAIMED, State.DISPUTED), State.WITHDRAWN, "supplier"),
        query=Move(State.CONFIRMED, State.QUERIED, "council"),
        answer=Move(State.QUERIED, State.CONFIRMED, ("requestor", "supplier")),
        verify=Move((State.CONFIRMED, State.QUERIED), State.VERIFIED, "council"),
        verify_again=Move(State.VERIFIED, State.CONFIRMED),
    )

    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="deliveries")
    delivered_on = models.DateField()
    note = models.TextField(max_length=2000, blank=True)
    claimed = QuantityField()
    confirmed = QuantityField(null=True, blank=True)
    verified = QuantityField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.CLAIMED)
    own_side = models.BooleanField(
        "verified by somebody of one of its sides", default=False, help_text="Where nobody else could"
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = DeliveryQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "deliveries"
        constraints = [
            *day_bounds("delivery", "delivered_on"),
            models.CheckConstraint(name="delivery_above_nothing", condition=Q(claimed__gt=0)),
            models.CheckConstraint(
                name="delivery_stages_not_below_nothing",
                condition=(Q(confirmed=None) | Q(confirmed__gte=0)) & (Q(verified=None) | Q(verified__gte=0)),
            ),
            models.CheckConstraint(
                name="delivery_confirmed_when_it_says_so",
                condition=Q(state__in=["confirmed", "queried", "verified"], confirmed__isnull=False)
                | Q(state__in=["claimed", "disputed", "withdrawn"], verified=None),
            ),
            models.CheckConstraint(
                name="verified_not_past_confirmed",
                condition=Q(verified=None) | Q(confirmed__gte=F("verified")),
            ),
        ]

    def __str__(self):
        return f"{self.pledge.request}, {self.delivered_on:%-d %B %Y}"

    def get_absolute_url(self):
        return reverse("delivery", args=[self.pk])

    @property
    def stands_at(self):
        """In the request's unit: the latest figure anybody with a say has given; nothing once it is taken back."""
        if self.is_withdrawn:
            return ZERO
        return next(figure for figure in (self.verified, self.confirmed, self.claimed) if figure is not None)

    @property
    def is_withdrawn(self):
        return self.state == self.State.WITHDRAWN

    @property
    def is_confirmed(self):
        """Whether the requestor has confirmed it, whatever the council says since."""
        return self.state in (self.State.CONFIRMED, self.State.QUERIED, self.State.VERIFIED)

    @property
    def takes_evidence(self):
        """Whether its supplier may add files: until the council has verified it."""
        return not (self.is_withdrawn or self.is_verified)

    @property
    def is_disputed(self):
        return self.state == self.State.DISPUTED

    @property
    def is_verified(self):
        return self.state == self.State.VERIFIED

    @property
    def claimed_words(self):
        return self.pledge.request.say(self.claimed)

    @property
    def confirmed_words(self):
        return "not yet" if self.confirmed is None else self.pledge.request.say(self.confirmed)

    @property
    def verified_words(self):
        if self.verified is None:
            return "not yet"
        said = self.pledge.request.say(self.verified)
        return f"{said}, by somebody of one of its sides" if self.own_side else said


class DeliveryShareQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(refused_at=None)


class DeliveryShare(models.Model):
    """Which commitment a delivery counts against, and how much of it. Shares of one delivery add up to 100."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="shares")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="shares")
    per_cent = models.DecimalField(max_digits=5, decimal_places=2)
    refused_at = models.DateTimeField(
        null=True, blank=True, help_text="When the contract manager said that it doesn’t count against this commitment"
    )

    objects = DeliveryShareQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "commitment"], name="one_share_a_commitment"),
            models.CheckConstraint(name="share_within_the_whole", condition=Q(per_cent__gt=0) & Q(per_cent__lte=100)),
        ]

    def __str__(self):
        return f"{self.per_cent}% of delivery {self.delivery_id}"


class DeliveryEvent(AppendOnly):
    """One thing that happened to a delivery: who, when, what figure, and why."""

    class What(models.TextChoices):
        CLAIMED = "claimed", "Recorded"
        AMENDED = "amended", "Claim changed"
        CONFIRMED = "confirmed", "Confirmed"
        CORRECTED = "corrected", "Confirmed with another quantity"
        DISPUTED = "disputed", "Disputed"
        QUERIED = "queried", "Queried by the council"
        ANSWERED = "answered", "Query answered"
        VERIFIED = "verified", "Verified"
        REOPENED = "reopened", "To be verified again"
        WITHDRAWN = "withdrawn", "Withdrawn"
        EVIDENCE = "evidence", "Evidence added"

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="events")
    what = models.CharField(max_length=10, choices=What)
    quantity = QuantityField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_words = models.CharField("who, where no account acted", max_length=120, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="event_has_an_author", condition=Q(by__isnull=False) | ~Q(by_words="")),
            models.CheckConstraint(name="event_not_below_nothing", condition=Q(quantity__gte=0)),
        ]

    def __str__(self):
        return f"{self.get_what_display()} {self.quantity}"

    @property
    def is_dispute(self):
        return self.what == self.What.DISPUTED

    @property
    def is_amended(self):
        return self.what == self.What.AMENDED


class Evidence(models.Model):
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="evidence")
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "evidence"

    def __str__(self):
        return str(self.upload)


class ThanksQuerySet(models.QuerySet):
    def shown(self):
        """With the group's consent, of deliveries that still count and requests that anybody may read."""
        kept = self.filter(may_be_shown=True, delivery__confirmed__gt=0, delivery__pledge__request__live=True)
        return kept.exclude(delivery__state=Delivery.State.WITHDRAWN)


class Thanks(models.Model):
    """What a group said when something arrived: to its supplier always, to everybody where the group agreed."""

    delivery = models.OneToOneField(Delivery, on_delete=models.PROTECT, related_name="thanks")
    words = models.CharField(max_length=300, blank=True)
    photo = models.ForeignKey(Upload, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    may_be_shown = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    objects = ThanksQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name_plural = "thanks"
        constraints = [
            models.CheckConstraint(name="thanks_say_something", condition=~Q(words="") | Q(photo__isnull=False))
        ]

    def __str__(self):
        return self.words or "A photograph"
