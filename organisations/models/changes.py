"""Changes of what the council approved of an organisation: proposed, then agreed to or not; the old stay in force."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from records.moves import Move, Moves

from .organisations import Organisation


class OrganisationChangeQuerySet(models.QuerySet):
    def waiting(self):
        """Not answered by the council yet: one an organisation at most."""
        return self.filter(state=OrganisationChange.State.WAITING)


class OrganisationChange(models.Model):
    """A proposal by the organisation; `details` holds {field: [as it was, as it shall be]}."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for the council"
        AGREED = "agreed", "Agreed"
        REFUSED = "refused", "Not agreed"
        REPLACED = "replaced", "Replaced or taken back"

    moves = Moves(
        "Somebody has answered already. Reload the page to see it.",
        agree=Move(State.WAITING, State.AGREED, "council"),
        refuse=Move(State.WAITING, State.REFUSED, "council"),
        replace=Move(State.WAITING, State.REPLACED),
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="changes")
    details = models.JSONField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)

    objects = OrganisationChangeQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(state="waiting"), name="one_waiting_change_each"
            ),
            models.CheckConstraint(
                name="change_decision_is_whole",
                condition=Q(state__in=["waiting", "replaced"], decided_by=None)
                | Q(state__in=["agreed", "refused"], decided_by__isnull=False, decided_at__isnull=False)
                & ~Q(reason=""),
            ),
        ]

    def __str__(self):
        return f"Change of {self.organisation}"

    @property
    def lines(self):
        """Each change in words: "Name: Lunch Club → Dinner Club"."""
        return [line(field, before, after) for field, (before, after) in self.details.items()]


def line(field, before, after):
    """One change in words; empty values are "none", kinds are said by their labels."""
    column = Organisation._meta.get_field(field)
    labels = dict(column.choices or [])
    before, after = (labels.get(value, value) or "none" for value in (before, after))
    name = str(column.verbose_name)
    return f"{name[0].upper()}{name[1:]}: {before} → {after}"
