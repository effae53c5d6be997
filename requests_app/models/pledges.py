"""Pledges: a supplier's offer of a quantity towards one request."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from organisations.models import Organisation
from records.moves import Move, Moves
from suppliers.models import Commitment
from vocabulary.quantities import QuantityField

from ..permissions import VIEW_PLEDGE
from .requests import Request


class PledgeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Pledges of the organisations on either side that `user` acts for; the council sees all."""
        if not user.is_authenticated:
            return self.none()
        if user.has_perm(VIEW_PLEDGE):
            return self
        mine = Organisation.objects.of(user).values("pk")
        return self.filter(Q(supplier__in=mine) | Q(request__organisation__in=mine))

    def waiting_for_answer(self):
        return self.filter(state=Pledge.State.OFFERED)

    def counts_to_agree(self):
        """Pledges in another unit than their commitment that wait for the contract manager."""
        return self.filter(counts_agreed_at=None, commitment__isnull=False, state__in=Pledge.STANDING)

    def to_deliver(self):
        """Accepted, and nothing recorded yet."""
        return self.filter(state=Pledge.State.ACCEPTED, deliveries=None)

    def completed(self):
        return self.filter(state=Pledge.State.COMPLETED)

    def accepted(self):
        """Accepted by the requestor, whether or not everything has been delivered since."""
        return self.filter(state__in=[Pledge.State.ACCEPTED, Pledge.State.COMPLETED])

    def with_arrived(self):
        """Each with `arrived`: what the requestor has confirmed under it, in the request's unit."""
        amount = Coalesce("deliveries__verified", "deliveries__confirmed")
        standing = ~Q(deliveries__state="withdrawn")
        return self.annotate(arrived=Sum(amount, filter=standing, default=Decimal(0)))

    def with_both_sides(self):
        return self.select_related("request__organisation", "request__totals", "supplier", "commitment__contract")


class Pledge(models.Model):
    class State(models.TextChoices):
        OFFERED = "offered", "Waiting for an answer"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"
        LAPSED = "lapsed", "Lapsed"
        WITHDRAWN = "withdrawn", "Withdrawn"
        COMPLETED = "completed", "Completed"

    STANDING = (State.OFFERED, State.ACCEPTED, State.COMPLETED)  # what may count, now or already

    moves = Moves(
        "Somebody was quicker: this pledge has been answered. Reload the page to see where it stands.",
        accept=Move(State.OFFERED, State.ACCEPTED, "requestor"),
        decline=Move(State.OFFERED, State.DECLINED, "requestor"),
        lapse=Move(State.OFFERED, State.LAPSED),
        take_back=Move(State.OFFERED, State.WITHDRAWN, "supplier"),
        withdraw=Move(State.ACCEPTED, State.WITHDRAWN, "supplier"),
        deliver=Move(State.ACCEPTED, State.ACCEPTED, "supplier"),
        finish=Move(State.ACCEPTED, State.COMPLETED, "supplier"),
        let_go=Move(State.ACCEPTED, State.WITHDRAWN, "requestor"),
        close=Move(State.ACCEPTED, State.COMPLETED, "requestor"),
    )

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="pledges")
    supplier = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="pledges")
    commitment = models.ForeignKey(Commitment, null=True, blank=True, on_delete=models.PROTECT, related_name="pledges")
    quantity = QuantityField()
    counts = QuantityField("what counts, in the commitment's unit", null=True, blank=True)
    counts_agreed_at = models.DateTimeField(null=True, blank=True)
    counts_agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    hosting_amount = models.DecimalField(
        "what it covers of the cost of hosting (£)", max_digits=10, decimal_places=2, null=True, blank=True
    )
    hosting_received_at = models.DateTimeField(null=True, blank=True)
    hosting_received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    message = models.TextField(max_length=2000, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OFFERED)
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    answer_due_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField("reason or reply", blank=True)
    end_reason = models.TextField("why it ended", blank=True)

    objects = PledgeQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "supplier"], condition=Q(state="offered"), name="one_waiting_pledge_each"
            ),
            models.CheckConstraint(name="pledge_above_nothing", condition=Q(quantity__gt=0)),
            models.CheckConstraint(
                name="pledge_counts_with_a_commitment",
                condition=Q(commitment=None, counts=None)
                | Q(commitment__isnull=False, counts__isnull=False, counts__gte=0),
            ),
            models.CheckConstraint(
                name="pledge_count_agreed_whole",
                condition=Q(counts_agreed_at=None, counts_agreed_by=None) | Q(counts_agreed_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(hosting_amount__isnull=False, state__in=["accepted", "completed"]),
                name="hosting_covered_once",
            ),
            models.CheckConstraint(
                name="hosting_amount_above_nothing", condition=Q(hosting_amount=None) | Q(hosting_amount__gt=0)
            ),
            models.CheckConstraint(
                name="hosting_received_was_promised",
                condition=Q(hosting_received_at=None, hosting_received_by=None)
                | Q(hosting_amount__gt=0, hosting_received_at__isnull=False, hosting_received_by__isnull=False),
            ),
            models.CheckConstraint(
                name="pledge_answer_is_whole",
                condition=Q(state="offered", answered_at=None) | (~Q(state="offered") & Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"Pledge {self.pk}"

    def get_absolute_url(self):
        return reverse("pledge", args=[self.pk])

    @property
    def taken(self):
        """What it takes of the need once completed: what arrived, at most what was pledged. Needs `with_arrived`."""
        return min(self.quantity, self.arrived)

    @property
    def quantity_words(self):
        return self.request.say(self.quantity)

    @property
    def waits(self):
        """Whether the requestor has not answered yet."""
        return self.state == self.State.OFFERED

    @property
    def is_accepted(self):
        """Whether deliveries are expected: accepted, and not finished."""
        return self.state == self.State.ACCEPTED

    @property
    def is_completed(self):
        return self.state == self.State.COMPLETED

    @property
    def stands(self):
        """Whether it may count against a commitment, now or already."""
        return self.state in self.STANDING

    @property
    def contacts_open(self):
        """Whether each side sees how to reach the other: only once accepted (rule 8)."""
        return self.state in (self.State.ACCEPTED, self.State.COMPLETED)

    @property
    def units_differ(self):
        """Whether the contract manager has to agree what counts."""
        return bool(self.commitment_id) and self.commitment.unit != self.request.unit

    @property
    def covers_hosting(self):
        return self.hosting_amount is not None

    @property
    def count_waits(self):
        return bool(self.commitment_id) and self.counts_agreed_at is None
