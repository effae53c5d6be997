"""The golden thread's records: extracts of PM3, Proactis and MySurrey, each kept whole as it was handed in.

An extract is what one system said on one day. Nothing of an extract is ever changed, so that what was known on a past
day can be asked for again; a later extract stands beside it.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from places.models import Council
from records.bounds import day_bounds
from records.history import AppendOnly, AppendOnlyQuerySet

NO_CONDITION = Q()


def once_an_authority(name, *fields, condition=NO_CONDITION):
    """Two constraints: no two rows of one authority agree in `fields`, be it the site's own council or a partner."""
    return [
        models.UniqueConstraint(fields=fields, condition=condition & Q(council=None), name=name),
        models.UniqueConstraint(
            fields=["council", *fields], condition=condition & Q(council__isnull=False), name=f"{name}_of_a_partner"
        ),
    ]


class StandingManager(models.Manager.from_queryset(AppendOnlyQuerySet)):
    """Extracts that were not taken back."""

    def get_queryset(self):
        return super().get_queryset().filter(withdrawal=None)


class Extract(AppendOnly):
    class System(models.TextChoices):
        PROJECTS = "projects", "PM3 (projects)"
        CONTRACTS = "contracts", "Proactis (contracts)"
        FINANCE = "finance", "MySurrey (finance)"

    council = models.ForeignKey(
        Council,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The partner authority whose extract it is; empty for the site’s own council",
    )
    system = models.CharField(max_length=10, choices=System)
    as_at = models.DateField("as at", help_text="The day whose state the extract shows")
    digest = models.CharField(max_length=64, help_text="Fingerprint of its rows: the same extract is kept once")
    name = models.CharField("file", max_length=200)
    rows = models.PositiveIntegerField()
    headings = models.JSONField(null=True, help_text="[field, heading] in the file's order; null where not kept yet")
    read_at = models.DateTimeField(auto_now_add=True)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = StandingManager()
    everything = AppendOnlyQuerySet.as_manager()

    class Meta:
        base_manager_name = "everything"
        ordering = ["system", "as_at", "pk"]
        constraints = [
            *day_bounds("extract", "as_at"),
            *once_an_authority("extract_kept_once", "system", "as_at", "digest"),
        ]

    def __str__(self):
        return f"{self.get_system_display()}, {self.as_at:%-d %B %Y}"


class ExtractWithdrawal(AppendOnly):
    """The wrong file, or that of another day: an extract that was taken back says nothing any more."""

    extract = models.OneToOneField(Extract, on_delete=models.PROTECT, related_name="withdrawal")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return f"{self.extract} was taken back"


class ExtractRow(AppendOnly):
    line = models.PositiveIntegerField(help_text="The row of the file, headings counted")
    sheet = models.CharField(max_length=100, blank=True)

    class Meta:
        abstract = True
        ordering = ["extract", "line"]

    def __str__(self):
        return f"Line {self.line}"


class ProjectRecord(ExtractRow):
    """A project as PM3 had it. `plan_number` is empty where the Plan ID can't be read."""

    extract = models.ForeignKey(Extract, on_delete=models.PROTECT, related_name="projects")
    plan_id_as_typed = models.CharField("Plan ID", max_length=80)
    plan_number = models.PositiveIntegerField(null=True, db_index=True)
    title = models.CharField(max_length=500, blank=True)
    directorate = models.CharField(max_length=200, blank=True)
    officer = models.CharField("procurement officer", max_length=200, blank=True)
    supplier_name = models.CharField("supplier", max_length=250, blank=True)
    status = models.CharField(max_length=80, blank=True)
    completed_on = models.DateField("completed", null=True)
    completed_as_typed = models.CharField(max_length=80, blank=True)
    recorded = models.BooleanField("social value recorded", null=True)
    recorded_as_typed = models.CharField(max_length=80, blank=True)
    social_value_gbp = models.DecimalField("social value (£)", max_digits=16, decimal_places=2, null=True)
    value_gbp = models.DecimalField("value (£)", max_digits=16, decimal_places=2, null=True)
    created_on = models.DateField("created", null=True)


class ContractRecord(ExtractRow):
    """A contract as Proactis had it. `plan_numbers`: those its Plan ID means beyond doubt, with spaces around."""

    extract = models.ForeignKey(Extract, on_delete=models.PROTECT, related_name="contracts")
    reference = models.CharField("contract reference", max_length=120)
    reference_key = models.CharField(max_length=120, db_index=True)
    title = models.CharField(max_length=500, blank=True)
    supplier_name = models.CharField("supplier", max_length=250, blank=True)
    directorate = models.CharField(max_length=200, blank=True)
    officer = models.CharField("contract owner or officer", max_length=200, blank=True)
    signed_on = models.DateField("signed", null=True)
    signed_as_typed = models.CharField(max_length=80, blank=True)
    start = models.DateField(null=True)
    end = models.DateField(null=True)
    value_gbp = models.DecimalField("value (£)", max_digits=16, decimal_places=2, null=True)
    status = models.CharField("record status", max_length=80, blank=True)
    plan_id_as_typed = models.CharField("PM3 Plan ID", max_length=80, blank=True)
    plan_numbers = models.CharField(max_length=120, blank=True)
    plan_unreadable = models.BooleanField("Plan ID can’t be read", default=False)


class FinanceRecord(ExtractRow):
    """Spend as MySurrey had it, by supplier and contract reference."""

    extract = models.ForeignKey(Extract, on_delete=models.PROTECT, related_name="spend")
    contract_reference = models.CharField(max_length=120, blank=True)
    reference_key = models.CharField(max_length=120, blank=True, db_index=True)
    supplier_name = models.CharField("supplier", max_length=250, blank=True)
    supplier_number = models.CharField(max_length=60, blank=True)
    spent_on = models.DateField("spent", null=True)
    amount_gbp = models.DecimalField("amount (£)", max_digits=16, decimal_places=2, null=True)
