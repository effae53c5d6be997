"""The percentages as they were published, month by month: frozen, whatever is learned later."""

from django.conf import settings
from django.db import models

from places.models import Council
from records.bounds import day_bounds
from records.history import AppendOnly

from .extracts import Extract, once_an_authority


class Snapshot(AppendOnly):
    """One figure as it was published. `excluded` is {reason: how many}; `rules` what counted on that day."""

    council = models.ForeignKey(Council, null=True, on_delete=models.PROTECT, related_name="+")
    day = models.DateField("as at")
    metric = models.CharField(max_length=40)
    numerator = models.PositiveIntegerField()
    denominator = models.PositiveIntegerField()
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    excluded = models.JSONField(default=dict)
    rules = models.JSONField(default=dict)
    projects_extract = models.ForeignKey(Extract, on_delete=models.PROTECT, related_name="+")
    contracts_extract = models.ForeignKey(Extract, on_delete=models.PROTECT, related_name="+")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["day", "metric"]
        constraints = [
            *day_bounds("snapshot", "day"),
            *once_an_authority("published_once_a_day", "day", "metric"),
        ]

    def __str__(self):
        return f"{self.metric}, {self.day:%-d %B %Y}"
