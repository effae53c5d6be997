"""The contract register (the Proactis record), one row a contract, as the source gives it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from guidance.models import SocialValueModel
from organisations.models import Organisation
from places import councils
from places.models import Council
from records.bounds import day_bounds
from records.history import AppendOnly
from words.numbers import say_pounds
from words.references import reference_key


class ContractQuerySet(models.QuerySet):
    def of(self, user):
        """Contracts of the suppliers that `user` acts for."""
        mine = Organisation.objects.of(user).values("pk")
        return self.filter(
            Q(supplier__in=mine) | Q(pk__in=ContractParty.objects.filter(organisation__in=mine).values("contract"))
        )


class Contract(models.Model):
    reference = models.CharField("contract reference", max_length=120)
    reference_key = models.CharField(max_length=120, unique=True, editable=False)
    title = models.CharField(max_length=500)
    description = models.TextField(blank=True)
    buyer = models.CharField("council or department", max_length=250, blank=True)
    council = models.ForeignKey(
        Council,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contracts",
        help_text="The site’s own council where nothing is said",
    )
    passes_to = models.ForeignKey(
        Council,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Where it goes when its council ends",
    )
    directorate = models.CharField(max_length=200, blank=True)
    level = models.CharField("level of contract management", max_length=60, blank=True)
    status = models.CharField("status, as its source has it", max_length=80, blank=True)
    supplier_name = models.CharField("supplier, as the register names it", max_length=250, blank=True)
    supplier = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="contracts"
    )
    company_number = models.CharField(max_length=8, blank=True)
    value_gbp = models.DecimalField("value (£)", max_digits=16, decimal_places=2, null=True, blank=True)
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)
    award_date = models.DateField("awarded", null=True, blank=True)
    review_date = models.DateField(null=True, blank=True)
    sme = models.BooleanField("small or medium-sized", null=True, blank=True)
    vcse = models.BooleanField("VCSE supplier", null=True, blank=True)
    ocid = models.CharField("Open Contracting ID", max_length=80, blank=True)
    plan_id_as_typed = models.CharField("PM3 Plan ID, as typed", max_length=80, blank=True)
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    model = models.ForeignKey(
        SocialValueModel, null=True, blank=True, on_delete=models.PROTECT, related_name="contracts"
    )
    made_for_import = models.BooleanField("made to hold imported commitments", default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ContractQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["reference_key"]
        constraints = [
            *day_bounds("contract", "start", "end", "award_date", "review_date"),
            models.CheckConstraint(
                name="contract_ends_after_it_starts",
                condition=Q(start=None) | Q(end=None) | Q(end__gte=F("start")),
                violation_error_message="The contract can’t end before it starts.",
            ),
            models.CheckConstraint(
                name="contract_value_not_below_nothing",
                condition=Q(value_gbp=None) | Q(value_gbp__gte=0),
                violation_error_message="Value: enter 0 or more.",
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.title}"

    def save(self, *args, **kwargs):
        self.reference_key = reference_key(self.reference)
        if self._state.adding and not self.council_id:
            self.belongs_to(councils.home())
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("contract", args=[self.pk])

    def belongs_to(self, own):
        """Make it the site's `own` council's where it names none, unless that had ended before it was awarded."""
        day = self.award_date or self.start or timezone.localdate()
        if not self.council_id and not councils.ends_before(own, day):
            self.council = own

    def runs_on(self, day):
        """Begun, and not over before `day`."""
        return not (self.start and self.start > day) and not (self.end and self.end < day)

    @property
    def term_words(self):
        """Why nothing can be pledged against it today, in a sentence; "" while it runs."""
        today = timezone.localdate()
        if self.start and self.start > today:
            return f"The contract begins on {self.start:%-d %B %Y}"
        if self.end and self.end < today:
            return f"The contract ended on {self.end:%-d %B %Y}. Where it was extended, enter that under “Extend it”"
        return ""

    def is_of(self, organisation):
        """Whether an organisation is the supplier, or one of several."""
        return self.supplier_id == organisation.pk or self.parties.filter(organisation=organisation).exists()

    @property
    def value_words(self):
        return "" if self.value_gbp is None else say_pounds(self.value_gbp)

    def organisations(self):
        """[Organisation] of every supplier of it that has signed up."""
        found = [self.supplier] if self.supplier_id else []
        parties = self.parties.filter(organisation__isnull=False).select_related("organisation") if self.pk else []
        return found + [party.organisation for party in parties]

    @property
    def people(self):
        """[User] of everybody who acts for one of its suppliers and may be told what happened."""
        return [person for organisation in self.organisations() for person in organisation.people]

    @property
    def supplier_label(self):
        return str(self.supplier) if self.supplier_id else self.supplier_name


class ContractParty(models.Model):
    """One of several suppliers of a contract, beside the one that is named first."""

    class Role(models.TextChoices):
        LOT = "lot", "Holds a lot"
        CONSORTIUM = "consortium", "Member of the consortium"
        PARENT = "parent", "Parent company"
        SUBCONTRACTOR = "subcontractor", "Subcontractor"

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="contract_parts"
    )
    name = models.CharField("supplier, as the register names it", max_length=250)
    role = models.CharField(max_length=20, choices=Role)
    lot = models.CharField(max_length=80, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["contract", "name", "pk"]
        verbose_name_plural = "contract parties"
        constraints = [models.UniqueConstraint(fields=["contract", "name", "role", "lot"], name="one_party_a_lot")]

    def __str__(self):
        return f"{self.name} ({self.get_role_display().lower()}{' ' if self.lot else ''}{self.lot})"


class ContractSource(AppendOnly):
    """What one source said of a contract on one day, as it came: the register, an extract, or a person."""

    class Kind(models.TextChoices):
        REGISTER = "register", "The contract register"
        EXTRACT = "extract", "Proactis"
        RELEASE = "release", "Published award (Open Contracting)"
        HAND = "hand", "Entered by hand"

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="sources")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField("file", max_length=200, blank=True)
    as_at = models.DateField("the day whose state it shows")
    sheet = models.CharField(max_length=100, blank=True)
    line = models.PositiveIntegerField(null=True)
    layout = models.CharField(max_length=64, blank=True, help_text="Which file of its kind: a mark of its headings")
    said = models.JSONField(help_text="{field: what it said}, as text")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["contract", "as_at", "pk"]
        constraints = day_bounds("contractsource", "as_at")

    def __str__(self):
        return f"{self.get_kind_display()}, {self.as_at:%-d %B %Y}"


class SupplierInvitation(AppendOnly):
    """A supplier of the register that has not signed up was asked to."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["contract", "pk"]

    def __str__(self):
        return f"{self.email}, {self.contract}"
