"""Links that people made between a contract and a project, and what was suggested to them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from places.models import Council

from .extracts import Extract, once_an_authority


class LinkSearch(models.Model):
    """One search for the projects of unlinked contracts, over one pair of extracts; an authority's newest is kept."""

    projects_extract = models.ForeignKey(Extract, on_delete=models.PROTECT, related_name="+")
    contracts_extract = models.ForeignKey(Extract, on_delete=models.PROTECT, related_name="+")
    rules = models.CharField(max_length=64, help_text="Fingerprint of the rules it was made under")
    made_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    def __str__(self):
        return f"{self.contracts_extract}"


class LinkSuggestion(models.Model):
    """A project that an unlinked contract may belong to. `confidence` is from 0 to 1; `evidence` are sentences."""

    search = models.ForeignKey(LinkSearch, on_delete=models.CASCADE, related_name="suggestions")
    reference = models.CharField("contract reference", max_length=120)
    reference_key = models.CharField(max_length=120, db_index=True)
    title = models.CharField(max_length=500, blank=True)
    supplier_name = models.CharField("supplier", max_length=250, blank=True)
    directorate = models.CharField(max_length=200, blank=True)
    typed = models.CharField("Plan ID as typed", max_length=80, blank=True)
    plan_number = models.PositiveIntegerField()
    plan_id = models.CharField("Plan ID", max_length=80)
    plan_title = models.CharField(max_length=500, blank=True)
    confidence = models.FloatField()
    surest = models.FloatField(help_text="The confidence of the surest suggestion for the same contract")
    evidence = models.JSONField(default=list)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-surest", "reference", "-confidence", "plan_number"]

    def __str__(self):
        return f"{self.reference}: {self.plan_id}"


class ThreadLink(models.Model):
    """What a person said of a suggestion: that it is right, or that it is not. Undone, it stays, with who and why."""

    class Answer(models.TextChoices):
        CONFIRMED = "confirmed", "Confirmed"
        REFUSED = "refused", "Refused"

    council = models.ForeignKey(Council, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer)
    reference = models.CharField("contract reference", max_length=120)
    reference_key = models.CharField(max_length=120, db_index=True)
    typed = models.CharField("Plan ID as typed before", max_length=80, blank=True)
    plan_number = models.PositiveIntegerField()
    plan_id = models.CharField("Plan ID", max_length=80)
    confidence = models.FloatField()
    evidence = models.JSONField(default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_because = models.CharField("why it was undone", max_length=300, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            *once_an_authority(
                "one_confirmed_project_a_contract",
                "reference_key",
                condition=Q(answer="confirmed", undone_at=None),
            ),
            *once_an_authority("one_answer_a_pair", "reference_key", "plan_number", condition=Q(undone_at=None)),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None, undone_because="")
                | (Q(undone_at__isnull=False, undone_by__isnull=False) & ~Q(undone_because="")),
                name="undone_with_who_and_why",
            ),
        ]

    def __str__(self):
        return f"{self.reference}: {self.plan_id}"
