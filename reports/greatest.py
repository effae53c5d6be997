"""The contracts with the most social value: which commitments count, and the list as a table that leaves the site."""

from io import BytesIO

from django import forms
from django.db.models import Q
from openpyxl import Workbook

from guidance.models import Outcome
from guidance.outcomes import matrix
from places.areas import named
from places.models import Council, District
from suppliers import top
from suppliers.models import Commitment, Contract
from vocabulary.units import Unit
from words.cells import guard

COLUMNS = (
    "Contract", "Title", "Supplier", "Directorate", "State", "Counted in", "Committed", "Expected by now", "Claimed",
    "Confirmed", "Verified", "Pace", "Trend",
)  # fmt: skip
LIMIT, MOST = 75, 500


class NarrowForm(forms.Form):
    """What the list is narrowed to; nothing is required."""

    directorate = forms.ChoiceField(required=False)
    outcome = forms.ModelChoiceField(
        Outcome.objects.none(), required=False, empty_label="Any outcome or priority", label="Outcome or priority"
    )
    supplier = forms.CharField(required=False, max_length=100)
    district = forms.ModelChoiceField(
        District.objects.all(), required=False, empty_label="Any district", label="District that the promise names"
    )
    area = forms.CharField(required=False, max_length=60, label="Place, as the contract words it")
    council = forms.ModelChoiceField(Council.objects.none(), required=False, empty_label="Any council")
    unit = forms.ChoiceField(required=False, choices=[("", "Any unit"), *Unit.choices], label="Counted in")
    limit = forms.IntegerField(required=False, min_value=1, max_value=MOST, initial=LIMIT, label="How many")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        directorates = Contract.objects.exclude(directorate="").values_list("directorate", flat=True)
        directorates = sorted(set(directorates.order_by().distinct()))
        self.fields["directorate"].choices = [("", "Any directorate"), *((name, name) for name in directorates)]
        used = Q(commitments__isnull=False) | Q(served_by__isnull=False)
        self.fields["outcome"].queryset = Outcome.objects.filter(used).select_related("model").distinct()
        self.fields["outcome"].label_from_instance = lambda line: f"{line.code} {line} ({line.model})"
        self.fields["council"].queryset = Council.objects.filter(contracts__isnull=False).distinct()

    def narrowed(self):
        """(Commitments that count, how many contracts are asked for)."""
        data, rows = self.cleaned_data, Commitment.objects.all()
        exact = {
            "contract__directorate": data["directorate"],
            "unit": data["unit"],
            "contract__council": data["council"],
        }
        rows = rows.filter(**{name: value for name, value in exact.items() if value})
        if data["supplier"]:
            names = Q(contract__supplier__name__icontains=data["supplier"])
            rows = rows.filter(names | Q(contract__supplier_name__icontains=data["supplier"]))
        if data["outcome"]:
            rows = rows.filter(outcome__in=matrix.serving(data["outcome"]))
        if data["district"]:
            codes = set(data["district"].outcodes.values_list("code", flat=True))
            areas = rows.order_by().values_list("delivery_area", flat=True).distinct()
            rows = rows.filter(delivery_area__in=[words for words in areas if codes & named(words)])
        if data["area"]:
            rows = rows.filter(delivery_area__icontains=data["area"])
        return rows, data["limit"] or LIMIT


def table(ranked, day):
    """[[cell]] of the list: text guarded against formulas, amounts as numbers."""
    found, trends = [], top.trends(ranked, day)
    for row in ranked:
        contract = row.contract
        for standing in row.standings(day):
            amounts = (
                getattr(standing, name) for name in ("committed", "expected", "claimed", "confirmed", "verified")
            )
            found.append([
                guard(contract.reference), guard(contract.title), guard(contract.supplier_label),
                guard(contract.directorate), row.state_on(day), standing.unit_label,
                *(round(float(amount), 2) for amount in amounts), standing.pace.value,
                trends[contract.pk, standing.unit].words,
            ])  # fmt: skip
    return found


def as_workbook(rows, title):
    """The bytes of a workbook with the list."""
    book = Workbook()
    sheet = book.active
    sheet.title = title[:31]
    sheet.append(COLUMNS)
    for row in rows:
        sheet.append(row)
    sheet.freeze_panes = "A2"
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def current(form, day):
    """(how many contracts, [top.Ranked]) of what a valid form asks for."""
    rows, limit = form.narrowed()
    is_narrowed = any(value for name, value in form.cleaned_data.items() if name != "limit")
    return top.current(day, limit, rows if is_narrowed else None)


def shown(ranked, day):
    """[(top.Ranked, its state, [(pace.Standing, top.Trend)])] of the list."""
    trends = top.trends(ranked, day)
    return [
        (row, row.state_on(day), [(line, trends[row.contract.pk, line.unit]) for line in row.standings(day)])
        for row in ranked
    ]
