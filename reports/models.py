"""The committee's papers: what each said is kept as it was; what a person adds stands beside it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property

from records.bounds import day_bounds

from . import fact_sheet


class Paper(models.Model):
    """An issue of the paper: its facts as they were known on its day and what had changed since the issue before it
    (`before`, its day), neither ever changed; words that a person finishes.
    """

    as_at = models.DateField("as known on", unique=True)
    data = models.JSONField()
    before = models.DateField("the issue before", null=True)
    changes = models.JSONField(default=list)
    meeting_on = models.DateField("date of the meeting", null=True, blank=True)
    recommendation = models.TextField(blank=True, max_length=4000)
    implications = models.TextField("implications (money, law, equality, environment)", blank=True, max_length=4000)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_by_words = models.CharField(max_length=120, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-as_at"]
        constraints = [
            *day_bounds("paper", "as_at", "before", "meeting_on"),
            models.CheckConstraint(
                name="paper_comes_after_the_one_before", condition=Q(before=None) | Q(before__lt=F("as_at"))
            ),
            models.CheckConstraint(
                name="paper_says_by_whom", condition=Q(made_by__isnull=False) | ~Q(made_by_words="")
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"Update on social value, {self.as_at:%-d %B %Y}"

    def get_absolute_url(self):
        return reverse("paper", args=[self.pk])

    @cached_property
    def facts(self):
        """The FactSheet that was kept."""
        return fact_sheet.read(self.data)
