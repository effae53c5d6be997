"""The contracts with the most social value: which commitments count, and the list as a table that leaves the site."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.db.models import Q
from django.utils import timezone

from guidance.models import Outcome
from guidance.outcomes import matrix
from places.areas import named
from places.models import Council, District
from screens.fields import DayField, not_to_come
from suppliers import planned, top
from suppliers.models import Commitment, Contract
from suppliers.pace import Pace
from vocabulary.units import Unit

from .tables import Table, amounts

COLUMNS = (
    "Contract", "Title", "Supplier", "Directorate", "State", "Counted in", "Committed", "Expected by now", "Claimed",
    "Confirmed", "Verified", "Pace", "Trend",
)  # fmt: skip
LIMIT, MOST = 75, 500
PARTS_OF_CONTRACTS = ("outcome", "district", "area")  # narrow to some of a contract's promises
UNNARROWED = ("as_at", "restated", "limit", "pace")  # say how the list is made, or which of its lines are shown


@dataclass(frozen=True)
class Asked:
    """How the list is made: as known on a day or restated, of which Commitments (None: all), and how many contracts.

    `opens`: whether its numbers are those of whole contracts, unit by unit, and so open to their figures.
    """

    day: date
    restated: bool
    narrowed: object
    limit: int
    opens: bool
    pace: str = ""  # of the lines that are shown; "" for all


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
    pace = forms.ChoiceField(
        required=False, choices=[("", "Any pace"), *((named.value, named.value) for named in Pace)]
    )
    as_at = DayField(required=False, label="As known on", validators=[not_to_come])
    restated = forms.BooleanField(required=False, label="With what was entered later")
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

    def day(self):
        """The day as at which the list is asked for: today where none is."""
        return (self.cleaned_data["as_at"] if self.is_valid() else None) or timezone.localdate()

    def words(self):
        """What the list is narrowed to, in words; "" for nothing."""
        asked = {name: value for name, value in self.cleaned_data.items() if value and name not in UNNARROWED}
        return "; ".join(f"{self.fields[name].label or name.capitalize()}: {value}" for name, value in asked.items())

    def asked(self):
        """The Asked of a valid form."""
        data = self.cleaned_data
        is_narrowed = any(value for name, value in data.items() if name not in UNNARROWED)
        return Asked(
            day=self.day(),
            restated=data["restated"],
            narrowed=self.narrowed() if is_narrowed else None,
            limit=data["limit"] or LIMIT,
            opens=not any(data[name] for name in PARTS_OF_CONTRACTS),
            pace=data["pace"],
        )

    def narrowed(self):
        """Commitments that count."""
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
        return rows


def listed(asked):
    """(how many contracts, [top.Ranked]): of today from the kept totals, of a day before from plans and entries."""
    if asked.day == timezone.localdate() and not (asked.restated or asked.pace):
        return top.current(asked.day, asked.limit, asked.narrowed)
    ranked = top.contracts(asked.day, restated=asked.restated, narrowed=asked.narrowed)
    if asked.pace:
        ranked = [row for row in ranked if _lines(row, asked)]
    return len(ranked), ranked[: asked.limit]


def _lines(ranked, asked):
    """[pace.Standing] of a top.Ranked that are shown."""
    return [line for line in ranked.standings(asked.day) if asked.pace in ("", line.pace.value)]


def shown(ranked, asked):
    """[(top.Ranked, its state, [(pace.Standing, top.Trend)])] of the list."""
    day, trends = asked.day, _trends(ranked, asked)
    return [
        (row, row.state_on(day), [(line, trends[row.contract.pk, line.unit]) for line in _lines(row, asked)])
        for row in ranked
    ]


def _trends(ranked, asked):
    return top.trends(ranked, asked.day, restated=asked.restated, narrowed=asked.narrowed)


def tables(ranked, asked, words):
    """[Table] of the list, and of how it was made; `words` say what it is narrowed to."""
    made = [
        ["As known on", asked.day.isoformat()], ["With what was entered later", "yes" if asked.restated else "no"],
        ["Made from", planned.version(asked.day, asked.restated)], ["Narrowed to", words or "all contracts"],
    ]  # fmt: skip
    rows = [
        [row.contract.reference, row.contract.title, row.contract.supplier_label, row.contract.directorate, state,
         line.unit_label, *amounts(line), line.pace.value, trend.words]
        for row, state, lines in shown(ranked, asked)
        for line, trend in lines
    ]  # fmt: skip
    return [Table(f"contracts-{asked.day}", COLUMNS, rows), Table("How it was made", ("What", "Which"), made)]
