"""What staff narrow the lists of contracts and commitments to."""

import django_filters
from django.db.models import Q
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet

from organisations.models import User
from records.days import months_after

from .. import plans
from ..models import Commitment, Contract

ENDS = (("3", "Within three months"), ("6", "Within six months"), ("12", "Within a year"), ("over", "Ended"))
YES_NO = (("true", "Yes"), ("false", "No"))
ME, NOBODY = "me", "nobody"


def managers(path):
    """Choices of a filter by manager: me, nobody, then everybody who manages a contract, by name."""

    def choices():
        people = User.objects.filter(pk__in=Contract.objects.exclude(manager=None).values("manager")).order_by("name")
        return [(ME, "Me"), (NOBODY, "Nobody yet"), *((str(user.pk), str(user)) for user in people)]

    return django_filters.ChoiceFilter(
        label="Contract manager", choices=choices, method=f"by_{path}", empty_label="Anybody"
    )


class Narrowed(WagtailFilterSet):
    """Filters that ask who asks: "me" is the person signed in."""

    def of_manager(self, rows, name, value):
        if value == NOBODY:
            return rows.filter(**{f"{name}__isnull": True})
        return rows.filter(**{name: self.request.user.pk if value == ME else value})


class ContractFilter(Narrowed):
    manager = managers("manager")
    supplier = django_filters.CharFilter(label="Supplier", method="by_supplier")
    ends = django_filters.ChoiceFilter(label="Ends", choices=ENDS, method="by_end", empty_label="Any day")
    has_supplier = django_filters.ChoiceFilter(
        label="Supplier has signed up", choices=YES_NO, method="by_sign_up", empty_label="Either"
    )
    behind = django_filters.ChoiceFilter(
        label="Has a commitment behind its plan", choices=YES_NO[:1], method="by_pace", empty_label="Either"
    )

    class Meta:
        model = Contract
        fields = [
            "manager", "supplier", "ends", "has_supplier", "behind", "council", "directorate", "level", "status",
            "sme", "vcse", "made_for_import",
        ]  # fmt: skip

    def by_manager(self, rows, name, value):
        return self.of_manager(rows, "manager", value)

    def by_supplier(self, rows, name, value):
        return rows.filter(Q(supplier__name__icontains=value) | Q(supplier_name__icontains=value))

    def by_end(self, rows, name, value):
        today = timezone.localdate()
        if value == "over":
            return rows.filter(end__lt=today)
        return rows.filter(end__range=(today, months_after(today, int(value))))

    def by_sign_up(self, rows, name, value):
        return rows.filter(supplier__isnull=value == "false", made_for_import=False)

    def by_pace(self, rows, name, value):
        behind = plans.behind(Commitment.objects.filter(contract__in=rows.values("pk")), timezone.localdate())
        return rows.filter(pk__in={commitment.contract_id for commitment, *_ in behind})


class CommitmentFilter(Narrowed):
    manager = managers("manager")
    supplier = django_filters.CharFilter(label="Supplier", method="by_supplier")
    state = django_filters.ChoiceFilter(
        label="State", method="by_state", empty_label="Any",
        choices=(("standing", "In force"), ("withdrawn", "Withdrawn"), ("no_plan", "Without a delivery plan")),
    )  # fmt: skip
    behind = django_filters.ChoiceFilter(
        label="Behind its plan", choices=YES_NO[:1], method="by_pace", empty_label="Either"
    )

    class Meta:
        model = Commitment
        fields = ["manager", "supplier", "state", "behind", "unit", "kind"]

    def by_manager(self, rows, name, value):
        return self.of_manager(rows, "contract__manager", value)

    def by_supplier(self, rows, name, value):
        names = Q(contract__supplier__name__icontains=value) | Q(contract__supplier_name__icontains=value)
        return rows.filter(names)

    def by_state(self, rows, name, value):
        if value == "withdrawn":
            return rows.exclude(withdrawn_at=None)
        return rows.standing().filter(plans=None) if value == "no_plan" else rows.standing()

    def by_pace(self, rows, name, value):
        return rows.filter(pk__in={commitment.pk for commitment, *_ in plans.behind(rows, timezone.localdate())})
