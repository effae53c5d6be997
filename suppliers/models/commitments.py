"""What a supplier promised in one contract, and when it said it would deliver it."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from guidance.models import Outcome
from records.bounds import day_bounds
from records.history import AppendOnly
from vocabulary.kinds import KindOfHelp
from vocabulary.models import Need
from vocabulary.quantities import ZERO, QuantityField
from vocabulary.units import Unit, say_quantity

from .contracts import Contract, ContractParty


class CommitmentQuerySet(models.QuerySet):
    def of(self, user):
        """Commitments of the suppliers that `user` acts for."""
        return self.filter(contract__in=Contract.objects.of(user).values("pk"))

    def of_supplier(self, organisation):
        """Commitments of contracts that an organisation is the supplier of, or one of several."""
        parts = ContractParty.objects.filter(organisation=organisation).values("contract")
        return self.filter(Q(contract__supplier=organisation) | Q(contract__in=parts))

    def indicators(self):
        """Key performance indicators that were not withdrawn."""
        return self.standing().filter(binding__in=[Binding.MATERIAL, Binding.KPI])

    def standing(self):
        """Not withdrawn, whatever became of their contract."""
        return self.filter(withdrawn_at=None)

    def open_on(self, day):
        """What may be pledged against on `day`: not withdrawn, in a contract that has begun and is not over."""
        begun = Q(contract__start=None) | Q(contract__start__lte=day)
        not_over = Q(contract__end=None) | Q(contract__end__gte=day)
        return self.standing().filter(begun, not_over)

    def with_something_left(self):
        taken = F("balance__reserved") + F("balance__to_agree") + F("balance__claimed")
        return self.standing().filter(balance__promised__gt=taken)

    def left_on(self, day):
        """With something left that may be pledged on `day`."""
        return self.with_something_left() & self.open_on(day)

    def with_balance(self):
        return self.select_related("balance", "contract__supplier")


class Binding(models.TextChoices):
    """How a commitment stands in its contract; the first two are key performance indicators (Procurement Act, s.52)."""

    MATERIAL = "kpi_1", "Key performance indicator, one of the three most material"
    KPI = "kpi_2", "Key performance indicator"
    OBLIGATION = "obligation", "Contractual"
    ASPIRATION = "aspiration", "An aspiration"


class Commitment(models.Model):
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="commitments")
    external_reference = models.CharField(max_length=60, blank=True, null=True, unique=True)
    wording = models.TextField("wording as tendered")
    measure = models.CharField(max_length=120, blank=True)
    kind = models.CharField("kind of help", max_length=20, choices=KindOfHelp, blank=True)
    theme = models.CharField(max_length=80, blank=True)
    unit = models.CharField(max_length=20, choices=Unit)
    unit_words = models.CharField("the unit in the source's words", max_length=60, blank=True)
    delivery_area = models.CharField(max_length=120, blank=True)
    most_each = QuantityField(
        "the most for one request",
        null=True,
        blank=True,
        help_text="Read from the wording where it says so (“awards of up to £500 each”), else as entered here",
    )
    need = models.ForeignKey(
        Need,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="commitments",
        verbose_name="the need of local groups that it was written for",
    )
    binding = models.CharField("how it binds", max_length=12, choices=Binding, blank=True)
    evidence_asked = models.CharField("evidence that the contract asks for", max_length=300, blank=True)
    outcome = models.ForeignKey(
        Outcome,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="commitments",
        limit_choices_to={"level__in": ["outcome", "criterion"], "model__state": "published"},
    )
    passed_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="passed_to")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CommitmentQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["contract", "pk"]
        indexes = [models.Index(fields=["withdrawn_at"], name="withdrawn", condition=Q(withdrawn_at__isnull=False))]
        constraints = [
            models.CheckConstraint(
                name="most_for_one_is_above_nothing",
                condition=Q(most_each=None) | Q(most_each__gt=0),
                violation_error_message="The most for one request: enter more than 0, or leave it empty.",
            ),
            models.CheckConstraint(
                name="commitment_withdrawn_with_a_reason",
                condition=Q(withdrawn_at=None, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
            ),
        ]

    def __str__(self):
        return self.wording[:80]

    def get_absolute_url(self):
        return reverse("commitment", args=[self.pk])

    @property
    def is_indicator(self):
        return self.binding in (Binding.MATERIAL, Binding.KPI)

    @property
    def is_material(self):
        return self.binding == Binding.MATERIAL

    @property
    def is_withdrawn(self):
        return self.withdrawn_at is not None

    @property
    def is_open(self):
        """Whether it may be pledged against today."""
        return self.is_open_on(timezone.localdate())

    def is_open_on(self, day):
        """As CommitmentQuerySet.open_on, of this one."""
        return not self.is_withdrawn and self.contract.runs_on(day)

    def stood_on(self, day):
        """Whether what was delivered on `day` may count: within the contract, and not after it was withdrawn."""
        withdrawn_before = self.is_withdrawn and timezone.localdate(self.withdrawn_at) < day
        return self.contract.runs_on(day) and not withdrawn_before

    @property
    def state_words(self):
        """Why nothing can be pledged against it any more or yet, in a sentence; "" where it is open."""
        if self.is_withdrawn:
            day = timezone.localdate(self.withdrawn_at)
            return f"Withdrawn on {day:%-d %B %Y}: {self.withdrawn_because}"
        return self.contract.term_words

    @property
    def may_be_pledged(self):
        """What is left of it today: nothing where its contract has not begun or is over."""
        return self.balance.left if self.is_open else ZERO

    def say(self, quantity):
        """A quantity of this commitment in words."""
        return say_quantity(quantity, self.unit, self.unit_words)


ANSWER_WITHIN = timedelta(days=14)


class DeliveryPlan(AppendOnly):
    """A version of a delivery plan: the newest is in force, the others stay as they were."""

    class Rhythm(models.TextChoices):
        QUARTERLY = "quarterly", "By quarter"
        YEARLY = "yearly", "By contract year"
        OWN = "own", "On days of its own"

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="plans")
    version = models.PositiveIntegerField()
    rhythm = models.CharField(max_length=10, choices=Rhythm, default=Rhythm.OWN)
    starts_on = models.DateField("begins")
    start_up_days = models.PositiveSmallIntegerField("days at the start in which nothing is called behind", default=91)
    agreed_on = models.DateField("agreed")
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_words = models.CharField("who, where no account acted", max_length=120, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["commitment", "version"]
        constraints = [
            *day_bounds("deliveryplan", "starts_on", "agreed_on"),
            models.UniqueConstraint(fields=["commitment", "version"], name="one_plan_a_version"),
            models.CheckConstraint(name="plan_has_an_author", condition=Q(by__isnull=False) | ~Q(by_words="")),
            models.CheckConstraint(name="start_up_is_a_year_at_most", condition=Q(start_up_days__range=(0, 366))),
        ]

    def __str__(self):
        return f"Version {self.version}"

    @property
    def answer_by(self):
        """The day by which the supplier answers it: two weeks after it was written (docs/decisions/0035)."""
        return timezone.localdate(self.at) + ANSWER_WITHIN


class PlanAnswer(AppendOnly):
    """What the supplier's lead said to a version of a delivery plan; writing it is the contract manager's yes."""

    plan = models.OneToOneField(DeliveryPlan, on_delete=models.PROTECT, related_name="answer")
    is_accepted = models.BooleanField()
    words = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["plan"]
        constraints = [
            models.CheckConstraint(name="objection_says_why", condition=Q(is_accepted=True) | ~Q(words="")),
        ]

    def __str__(self):
        return "Accepted" if self.is_accepted else f"Not accepted: {self.words}"


class DeliveryTarget(AppendOnly):
    """One line of a delivery plan: so much in all by such a day, and what else is to be reached by then."""

    plan = models.ForeignKey(DeliveryPlan, on_delete=models.PROTECT, related_name="targets")
    due_on = models.DateField()
    quantity_in_all = QuantityField()
    milestone = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["plan", "due_on"]
        constraints = [
            *day_bounds("deliverytarget", "due_on"),
            models.UniqueConstraint(fields=["plan", "due_on"], name="one_target_a_day"),
            models.CheckConstraint(name="target_not_negative", condition=Q(quantity_in_all__gte=0)),
        ]

    def __str__(self):
        return f"{self.quantity_in_all} by {self.due_on}"
