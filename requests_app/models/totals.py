"""A request's place in the public list, and its progress in figures: kept beside the request, never on it.

Written only by requests_app.totals, in the transaction that changes what it counts; `check_totals` compares.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from desk.clocks import working_days_after
from records.moves import Move, Moves
from vocabulary.quantities import QuantityField

from .requests import Request


class RequestTotalsQuerySet(models.QuerySet):
    def in_need_on(self, day):
        """What the public list shows: open, public, still in need, and not needed before `day`."""
        return self.filter(listed=True).exclude(needed_by__lt=day)

    def open(self):
        return self.filter(state=RequestTotals.State.OPEN)

    def public(self):
        """Of requests that anybody may read."""
        return self.filter(published_at__isnull=False, request__live=True)

    def posted(self):
        """Ever public, and asked for: what was made for a share of an offer waited for nobody, and is left out."""
        return self.filter(published_at__isnull=False, request__by_offer=False)

    def met(self):
        """Wholly confirmed by whoever asked; as `fulfilled` says of one. None of them is in need."""
        return self.filter(quantity__gt=0, confirmed__gte=F("quantity"))

    def newest(self):
        return self.order_by("-published_at", "-request_id")


class RequestTotals(models.Model):
    """Quantities in the request's unit. Rule 1 is a constraint: accepted never passes asked.

    `quantity` is what the public request asks for; `asked` is that, or what was accepted where that is more (a request
    may be lowered after pledges were accepted). What is still needed, and whether it is met, go by `quantity`.
    """

    class State(models.TextChoices):
        OPEN = "open", "Open"
        PAUSED = "paused", "Paused"
        CLOSED = "closed", "Closed"

    moves = Moves(
        "This request has moved on since you opened the page. Reload it to see where it stands.",
        close=Move((State.OPEN, State.PAUSED), State.CLOSED, "requestor"),
        pause=Move(State.OPEN, State.PAUSED),
        reopen=Move((State.PAUSED, State.CLOSED), State.OPEN, "requestor"),
        still_needed=Move(State.OPEN, State.OPEN, "requestor"),
    )

    request = models.OneToOneField(Request, on_delete=models.CASCADE, primary_key=True, related_name="totals")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    listed = models.BooleanField(default=False, help_text="Public, open, and still needs something")
    published_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True, help_text="When the requestor last said it is still needed")
    quantity = QuantityField(default=0)
    asked = QuantityField(default=0)
    pledged = QuantityField(default=0)
    accepted = QuantityField(default=0)
    claimed = QuantityField(default=0)
    confirmed = QuantityField(default=0)
    verified = QuantityField(default=0)
    # What the list filters and sorts by, copied from the live request so that one index answers.
    kind = models.CharField(max_length=20, blank=True)
    district = models.PositiveBigIntegerField(null=True)
    outcome = models.PositiveBigIntegerField(null=True)
    needed_by = models.DateField(null=True)
    outcode = models.CharField(max_length=4, blank=True)
    council = models.PositiveBigIntegerField(null=True, help_text="Whose request it is, by its district and its day")

    objects = RequestTotalsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="never_accepted_past_need", condition=Q(asked__gte=F("accepted"))),
            models.CheckConstraint(
                name="asked_is_what_is_needed_or_accepted",
                condition=Q(asked=F("quantity"), accepted__lte=F("quantity"))
                | Q(asked=F("accepted"), accepted__gt=F("quantity")),
            ),
            models.CheckConstraint(
                name="request_totals_not_negative",
                condition=Q(pledged__gte=0)
                & Q(accepted__gte=0)
                & Q(claimed__gte=0)
                & Q(confirmed__gte=0)
                & Q(verified__gte=0),
            ),
        ]
        indexes = [
            models.Index(fields=["-published_at", "-request"], name="list_newest", condition=Q(listed=True)),
            models.Index(fields=["needed_by", "-request"], name="list_soonest", condition=Q(listed=True)),
            models.Index(fields=["kind", "-published_at", "-request"], name="list_kind", condition=Q(listed=True)),
            models.Index(
                fields=["district", "-published_at", "-request"],
                name="list_district",
                condition=Q(listed=True),
            ),
            models.Index(fields=["outcode", "-published_at", "-request"], name="list_place", condition=Q(listed=True)),
            models.Index(fields=["-published_at", "-request"], name="list_all"),
        ]

    def __str__(self):
        return f"Totals of request {self.request_id}"

    @property
    def is_open(self):
        """Whether it takes pledges, as far as the requestor is concerned."""
        return self.state == self.State.OPEN

    @property
    def is_paused(self):
        return self.state == self.State.PAUSED

    @property
    def is_closed(self):
        return self.state == self.State.CLOSED

    @property
    def asked_on(self):
        """The day on which its group is asked whether it is still needed; None before it was public."""
        return self.checked_at and working_days_after(timezone.localdate(self.checked_at), settings.REQUEST_ASK_DAYS)

    @property
    def pauses_on(self):
        """The day on which it leaves the list without an answer."""
        return self.checked_at and working_days_after(self.asked_on, settings.REQUEST_PAUSE_DAYS)

    @property
    def still_needs(self):
        """What nobody has been accepted for, and what has not arrived either."""
        return max(self.quantity - max(self.accepted, self.confirmed), 0)

    @property
    def has_begun(self):
        """Whether anybody has pledged towards it or brought something."""
        return bool(self.pledged or self.accepted or self.claimed)

    @property
    def fulfilled(self):
        return self.quantity > 0 and self.confirmed >= self.quantity
