"""A figure opened down to its records: which it counts, which it leaves out and why, page by page."""

from dataclasses import dataclass

from words.references import reference_key

from . import metrics, records
from .figures import LABELS, REASONS, kept
from .metrics import SPEND
from .models import ContractRecord, Extract, FinanceRecord, ProjectRecord

AT_ONCE = 500  # ids a query
# What people typed may hold names: in public only what was read of it stands.
PUBLIC = {
    "social_value_recorded": [("Plan number", "plan_number"), ("Directorate", "directorate"),
                              ("Completed", "completed_on"), ("Social value recorded", "recorded")],
    "linked": [("Contract", "reference"), ("Directorate", "directorate"), ("Signed", "signed_on"),
               ("Plan numbers", "plan_numbers")],
    SPEND: [("Contract reference", "contract_reference"), ("Paid", "spent_on"), ("Amount (£)", "amount_gbp")],
}  # fmt: skip
PEOPLE = {
    "social_value_recorded": [("Plan ID as typed", "plan_id_as_typed"), ("Title", "title"), ("Officer", "officer"),
                              ("Status", "status"), ("Completed as typed", "completed_as_typed"),
                              ("Recorded as typed", "recorded_as_typed")],
    "linked": [("Plan ID as typed", "plan_id_as_typed"), ("Title", "title"), ("Supplier", "supplier_name"),
               ("Officer", "officer"), ("Status", "status"), ("Signed as typed", "signed_as_typed")],
    SPEND: [("Supplier", "supplier_name")],
}  # fmt: skip


def shown(value):
    """A cell as people read it; 1 is a number and no yes."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return "" if value is None else value


@dataclass
class Group:
    slug: str
    words: str
    ids: list


@dataclass
class Opened:
    """A figure's records: `listed` is [(id, words of its group)], `rows` those of any part of it."""

    metric: str
    label: str
    groups: list
    chosen: str
    listed: list
    extract: Extract
    window: tuple
    people: bool

    @property
    def columns(self):
        kind = "linked" if self.metric.startswith("linked") else self.metric
        return [("Line", "line"), *PUBLIC[kind], *(PEOPLE[kind] if self.people else ())]

    @property
    def headings(self):
        return ["How it counts", *(heading for heading, _ in self.columns)]

    def rows(self, listed):
        """A row for each line of the extract that names one of `listed`, in their order."""
        for start in range(0, len(listed), AT_ONCE):
            part = listed[start : start + AT_ONCE]
            found = {}
            for key, *values in self._lines(part):
                found.setdefault(key, []).append(values)
            for entry, words in part:
                for values in found.get(self._key(entry), ()):
                    yield [words, *map(shown, values)]

    def _key(self, entry):
        return entry if isinstance(entry, int) or self.metric == "social_value_recorded" else reference_key(entry)

    def _lines(self, part):
        names, ids = [name for _, name in self.columns], [entry for entry, _ in part]
        if self.metric == SPEND:
            lines = [entry for entry in ids if isinstance(entry, int)]
            yield from self._of(FinanceRecord.objects.filter(line__in=lines), "line", names)
            keys = [reference_key(entry) for entry in ids if isinstance(entry, str)]
            rows = FinanceRecord.objects.filter(reference_key__in=keys, spent_on__range=self.window)
            key = "reference_key"
        elif self.metric == "social_value_recorded":
            numbers = [entry for entry in ids if isinstance(entry, int)]
            yield from self._of(ProjectRecord.objects.filter(plan_number__in=numbers), "plan_number", names)
            rows = ProjectRecord.objects.filter(plan_number=None, plan_id_as_typed__in=map(str, ids))
            key = "plan_id_as_typed"
        else:
            rows, key = ContractRecord.objects.filter(reference_key__in=map(reference_key, ids)), "reference_key"
        yield from self._of(rows, key, names)

    def _of(self, rows, key, names):
        return rows.filter(extract=self.extract).order_by("sheet", "line").values_list(key, *names)


def groups(as_at, rules):
    """{metric: [Group]}: what each figure counts, and what it leaves out by reason."""
    return kept("groups", as_at, rules, lambda: _groups(as_at, rules))


def _groups(as_at, rules):
    thread = records.load(as_at, rules)
    measured = metrics.with_spend(metrics.measure(as_at, rules, thread), as_at, rules, thread)
    return {name: list(_of_metric(metric)) for name, metric in measured.metrics.items()}


def _of_metric(metric):
    done = set(metric.numerator_ids)
    yield Group("done", "Counted and done", metric.numerator_ids)
    yield Group("to-do", "Counted, not done", [entry for entry in metric.denominator_ids if entry not in done])
    for reason, ids in metric.excluded.items():
        yield Group(reason, f"Left out: {REASONS[reason]}", ids)


def opened(day, metric, rules, group="", *, people):
    """The Opened figure, or one group of it; None where there is no such figure or group. Officers with `people`."""
    found = groups(day, rules).get(metric)
    if not found or (group and group not in {shown.slug for shown in found}):
        return None
    system = {SPEND: records.System.FINANCE, "social_value_recorded": records.System.PROJECTS}
    # two lines whose Plan ID reads the same are found together
    chosen = [shown for shown in found if group in ("", shown.slug)]
    listed = list(dict.fromkeys((entry, shown.words) for shown in chosen for entry in shown.ids))
    extract = records.extract_for(system.get(metric, records.System.CONTRACTS), day, rules.council)
    return Opened(metric, LABELS[metric], found, group, listed, extract, rules.days(day), people)
