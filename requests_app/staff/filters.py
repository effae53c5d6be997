"""What staff narrow the lists of requests and deliveries to."""

import django_filters
from django.db.models import Q
from wagtail.admin.filters import WagtailFilterSet

from suppliers.staff.filters import Narrowed, managers

from .. import moderation
from ..models import Delivery, Request, RequestTotals

STATES = (
    ("waits", "With a moderator"), ("open", "Public and open"), ("met", "Met"), ("ended", "Paused or closed"),
    ("private", "Not public"),
)  # fmt: skip


class RequestFilter(WagtailFilterSet):
    stands = django_filters.ChoiceFilter(label="Where it stands", choices=STATES, method="by_stand", empty_label="Any")
    organisation = django_filters.CharFilter(
        label="Organisation", field_name="organisation__name", lookup_expr="icontains"
    )

    class Meta:
        model = Request
        fields = ["stands", "organisation", "kind", "district"]

    def by_stand(self, rows, name, value):
        if value == "waits":
            waiting = moderation.queue().values_list("workflow_state__object_id", flat=True)
            return rows.filter(pk__in=[int(number) for number in waiting])
        if value == "private":
            return rows.filter(live=False)
        met = RequestTotals.objects.met().values("pk")
        if value == "met":
            return rows.filter(live=True, totals__in=met)
        unmet, taken = rows.filter(live=True).exclude(totals__in=met), RequestTotals.objects.open().values("pk")
        return unmet.filter(totals__in=taken) if value == "open" else unmet.exclude(totals__in=taken)


class DeliveryFilter(Narrowed):
    manager = managers("manager")
    supplier = django_filters.CharFilter(label="Supplier", field_name="pledge__supplier__name", lookup_expr="icontains")
    contract = django_filters.CharFilter(label="Contract", method="by_contract")
    evidence = django_filters.ChoiceFilter(
        label="Evidence",
        choices=(("yes", "With files"), ("no", "No files")),
        method="by_evidence",
        empty_label="Either",
    )

    class Meta:
        model = Delivery
        fields = ["state", "manager", "supplier", "contract", "evidence"]

    def by_manager(self, rows, name, value):
        return self.of_manager(rows, "pledge__commitment__contract__manager", value)

    def by_contract(self, rows, name, value):
        path = "pledge__commitment__contract__"
        return rows.filter(Q(**{f"{path}reference__icontains": value}) | Q(**{f"{path}title__icontains": value}))

    def by_evidence(self, rows, name, value):
        return rows.filter(evidence__isnull=value == "no").distinct()
