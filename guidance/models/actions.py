"""Actions of groups and audits, and every update of them; what was done is added to, never rewritten."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from records.bounds import day_bounds
from records.history import AppendOnly

from .files import Download
from .governance import GovernanceGroup, Role


class AuditFinding(models.Model):
    """What an audit found, in its report's own words."""

    reference = models.CharField(max_length=30, unique=True)
    report = models.CharField(max_length=160)
    reported_on = models.DateField()
    finding = models.TextField()

    class Meta:
        ordering = ["reported_on", "reference"]
        verbose_name = "audit finding"
        constraints = day_bounds("auditfinding", "reported_on")

    def __str__(self):
        return f"{self.reference}: {self.finding[:80]}"


class ActionQuerySet(models.QuerySet):
    def with_latest(self):
        """Each action with the status, date and words of its newest update."""
        newest = ActionUpdate.objects.filter(action=OuterRef("pk")).order_by("-pk")
        return self.select_related("owner", "group", "finding").annotate(
            status=Subquery(newest.values("status")[:1]),
            updated_at=Subquery(newest.values("at")[:1]),
            target_on=Subquery(newest.values("target_on")[:1]),
        )


class Action(models.Model):
    """Something a group or an audit asked for, with the role that owns it. Its state lies in its updates."""

    title = models.CharField(max_length=200)
    owner = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="actions")
    group = models.ForeignKey(GovernanceGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="actions")
    finding = models.ForeignKey(AuditFinding, null=True, blank=True, on_delete=models.PROTECT, related_name="actions")
    first_target_on = models.DateField("target date")
    opened_on = models.DateField()

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["first_target_on", "pk"]
        constraints = day_bounds("action", "first_target_on", "opened_on")

    def __str__(self):
        return self.title

    @property
    def is_unsettled(self):
        """Whether something is still to be done, by its newest update (see `with_latest`)."""
        return self.status not in (ActionUpdate.Status.DONE, ActionUpdate.Status.DROPPED)

    def clean(self):
        if not self.group_id and not self.finding_id:
            raise ValidationError("Choose the group that asked for this, or the audit finding it answers.")
        if self.opened_on and self.first_target_on and self.first_target_on < self.opened_on:
            raise ValidationError({"first_target_on": "The target date is before the action was opened."})


class ActionUpdate(AppendOnly):
    """One entry of an action's history."""

    class Status(models.TextChoices):
        OPEN = "open", "Not started"
        UNDER_WAY = "under_way", "Under way"
        DONE = "done", "Done"
        DROPPED = "dropped", "No longer needed"

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="updates")
    status = models.CharField(max_length=10, choices=Status)
    done = models.TextField("what was done", blank=True)
    evidence = models.CharField(max_length=300, blank=True, help_text="Where the evidence lies: a link or a reference")
    document = models.ForeignKey(Download, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    target_on = models.DateField("target date")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            *day_bounds("actionupdate", "target_on"),
            models.CheckConstraint(
                name="action_done_with_evidence",
                condition=~Q(status="done") | (~Q(done="") & (~Q(evidence="") | Q(document__isnull=False))),
            ),
        ]

    def __str__(self):
        return f"{self.action}: {self.get_status_display()}"
