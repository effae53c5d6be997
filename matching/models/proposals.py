"""What the broker proposes: remaining commitments laid to open requests, line by line, and the policy's simulation."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from records.moves import Move, Moves
from requests_app.models import Request
from suppliers.models import Commitment
from vocabulary.quantities import QuantityField


class Proposal(models.Model):
    """One allocation of the county's remaining commitments: how it was asked for and what came out."""

    wanted = models.JSONField(help_text="The sliders it was made with")
    figures = models.JSONField(null=True, help_text="objective, bound, gap, greedy_objective, seconds and more")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    made_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-pk"]
        default_permissions = ("view", "change")

    def __str__(self):
        return f"Proposal {self.pk}"


class ProposalLine(models.Model):
    """So much of one commitment towards one request. Accepting it invites the supplier; nothing is pledged."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        INVITED = "invited", "Supplier invited"
        DISMISSED = "dismissed", "Dismissed"
        DOUBTFUL = "doubtful", "To judge"

    moves = Moves(
        "Somebody has answered this line already. Reload the page.",
        invite=Move(State.PROPOSED, State.INVITED, "broker"),
        dismiss=Move(State.PROPOSED, State.DISMISSED, "broker"),
    )

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="lines")
    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="+")
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="+")
    quantity = QuantityField(default=0, help_text="In the request's unit; 0 where the pair is only to be judged")
    counts = QuantityField(default=0, help_text="In the commitment's unit")
    value = models.FloatField()
    may_wait = models.BooleanField(default=False, help_text="A better use of the commitment is likely to come")
    parts = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    reason = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-value", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "commitment", "request"], name="one_line_a_pair"),
            models.CheckConstraint(name="line_above_nothing", condition=Q(quantity__gt=0) | Q(state="doubtful")),
            models.CheckConstraint(
                name="line_decision_is_whole",
                condition=Q(state__in=["proposed", "doubtful"], decided_at=None)
                | (~Q(state__in=["proposed", "doubtful"]) & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"Line {self.pk}"

    @property
    def is_proposed(self):
        """Whether something was proposed; else the pair is only there to be judged."""
        return self.state != self.State.DOUBTFUL


class Simulation(models.Model):
    """A simulated year of arrivals: what each policy reached of what hindsight allows."""

    source = models.CharField(max_length=20, help_text="history or synthetic")
    wanted = models.JSONField()
    rows = models.JSONField()
    seconds = models.FloatField()
    made_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"Simulation {self.pk}"
