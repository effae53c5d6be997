"""Requests: one need of one organisation. Editorial fields only: publishing a revision rewrites the whole row,
so progress lives in RequestTotals and in pledges (rule 6).
"""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.formats import date_format
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin, WorkflowMixin

from guidance.models import Outcome
from organisations.models import Organisation, Upload
from places.models import District, Outcode, settle_place
from records.bounds import day_bounds
from screens.fields import something_to_see
from vocabulary.kinds import KindOfHelp
from vocabulary.quantities import QuantityField
from vocabulary.units import Unit, say_number, say_quantity

from ..querysets import RequestQuerySet


class Request(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, ClusterableModel):
    class DateKind(models.TextChoices):
        BY = "by", "By a date"
        ON = "on", "On a date"
        BETWEEN = "between", "Between two dates"

    class DBS(models.TextChoices):
        NONE = "none", "No check needed"
        BASIC = "basic", "Basic"
        STANDARD = "standard", "Standard"
        ENHANCED = "enhanced", "Enhanced"
        BARRED = "enhanced_barred", "Enhanced with barred list"
        ASK = "ask", "Not sure: ask the council"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="requests")
    external_reference = models.CharField(max_length=60, blank=True, null=True, unique=True)
    kind = models.CharField("kind of help", max_length=20, choices=KindOfHelp)
    title = models.CharField(max_length=100, blank=True, validators=[something_to_see])
    description = models.TextField("what you need and why", max_length=4000, blank=True)
    beneficiaries = models.CharField("who benefits", max_length=300, blank=True)
    theme = models.CharField(max_length=80, blank=True)
    quantity = QuantityField(null=True, blank=True)
    unit = models.CharField(max_length=20, choices=Unit, blank=True)
    unit_words = models.CharField("of what", max_length=60, blank=True)
    remote = models.BooleanField("can be given from anywhere", default=False)
    postcode = models.CharField(max_length=8, blank=True)
    outcode = models.ForeignKey(Outcode, null=True, blank=True, on_delete=models.PROTECT)
    district = models.ForeignKey(District, null=True, blank=True, on_delete=models.PROTECT, related_name="requests")
    date_kind = models.CharField(max_length=10, choices=DateKind, default=DateKind.BY)
    needed_from = models.DateField(null=True, blank=True)
    needed_by = models.DateField(null=True, blank=True)
    outcome = models.ForeignKey(Outcome, null=True, blank=True, on_delete=models.PROTECT, related_name="requests")
    hosts_at_once = models.PositiveSmallIntegerField("people hosted at once", null=True, blank=True)
    supervision = models.CharField(max_length=300, blank=True)
    dbs = models.CharField("DBS check", max_length=20, choices=DBS, default=DBS.NONE)
    dbs_reason = models.CharField("why the role needs a check", max_length=300, blank=True)
    insurance = models.CharField(max_length=300, blank=True)
    hosting_cost = models.DecimalField("what hosting costs (£)", max_digits=10, decimal_places=2, null=True, blank=True)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_offer = models.BooleanField(
        default=False, editable=False, help_text="Made for a share of a supplier’s own offer: nobody had to find it"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="request")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="request",
        for_concrete_model=False,
    )

    objects = RequestQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # nothing asks which pages a request refers to

    class Meta:
        ordering = ["-pk"]
        constraints = [
            *day_bounds("request", "needed_from", "needed_by"),
            models.CheckConstraint(
                name="hosting_cost_not_below_nothing",
                condition=Q(hosting_cost=None) | Q(hosting_cost__gte=0),
                violation_error_message="What hosting costs: enter 0 or more.",
            ),
            models.CheckConstraint(
                name="request_quantity_above_nothing", condition=Q(quantity=None) | Q(quantity__gt=0)
            ),
            models.CheckConstraint(
                name="request_dates_in_order",
                condition=Q(needed_from=None) | Q(needed_by=None) | Q(needed_by__gte=F("needed_from")),
            ),
            models.CheckConstraint(
                name="public_request_is_whole",
                condition=Q(live=False) | (~Q(title="") & Q(quantity__isnull=False) & ~Q(unit="")),
            ),
        ]

    def __str__(self):
        return self.title or "Untitled request"

    def get_absolute_url(self):
        return reverse("request", args=[self.pk])

    def clean(self):
        """Set outcode and district from the postcode, or clear them where help can come from anywhere."""
        super().clean()
        settle_place(self)

    def with_content_json(self, content):
        """A revision as the request would be: what an organisation wrote that was merged since is the kept one's."""
        made = super().with_content_json(content)
        while made.organisation_id and made.organisation.merged_into_id:
            made.organisation = made.organisation.merged_into
        return made

    @property
    def has_pledges(self):
        """Whether somebody has pledged: what is counted, and for whom, then stays as it is."""
        return bool(self.pk) and self.pledges.exists()

    @property
    def revisions(self):
        return self._revisions

    @property
    def hosting_is_covered(self):
        """Whether an accepted pledge covers what hosting costs."""
        return self.pledges.accepted().filter(hosting_amount__isnull=False).exists()

    @property
    def quantity_words(self):
        return self.say(self.quantity)

    def say(self, quantity):
        """A quantity of this request in words."""
        return say_quantity(quantity, self.unit, self.unit_words) if self.unit else ""

    def say_number(self, quantity):
        return say_number(quantity, self.unit)

    @property
    def place_words(self):
        if self.remote:
            return "From anywhere"
        return self.outcode.town if self.outcode_id else (self.district.name if self.district_id else "")

    @property
    def when_words(self):
        """On, by or between which days, "" where it was not said."""
        if not self.needed_by:
            return ""
        first, last = (day and date_format(day, "j F Y") for day in (self.needed_from, self.needed_by))
        if self.date_kind == "between" and first:
            return f"between {first} and {last}"
        return f"on {last}" if self.date_kind == "on" else f"by {last}"


class RequestPicture(models.Model):
    request = ParentalKey(Request, on_delete=models.CASCADE, related_name="pictures")
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="+")
    description = models.CharField("what the picture shows", max_length=200)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.description
