"""The golden thread as pages show it: figures, what was left out step by step, months, directorates and officers."""

from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from hashlib import md5

from django.core.cache import cache
from django.forms import model_to_dict

from ..models import ContractRecord, Extract, GoldenThreadRules, ProjectRecord
from . import metrics, records
from . import rules as thread_rules
from .records import System

KEPT_SECONDS = 3600
MOST_MONTHS = 36
LABELS = {
    "social_value_recorded": "Completed projects with social value recorded",
    "linked_rolling": "Contracts linked to a project, last twelve months",
    "linked_since_go_live": "Contracts linked to a project, since go-live",
}
REASONS = {
    "not_completed": "not completed",
    "cancelled": "cancelled",
    "no_usable_date": "no usable date",
    "in_the_future": "dated in the future",
    "before_the_window": "before the twelve months",
    "before_go_live": "signed before go-live",
    "void": "void",
    "plan_id_not_readable": "a Plan ID that can’t be read",
}
NOT_KNOWN = "Not known"


@dataclass
class Figure:
    """One percentage, and the steps from all records to those it counts."""

    name: str
    label: str
    numerator: int
    denominator: int
    percent: float | None
    target: int
    steps: list  # (words, count, how many are left)

    @property
    def meets(self):
        return self.percent is not None and self.percent >= self.target


@dataclass
class Share:
    """Completed projects and signed contracts of one directorate or officer, in the last twelve months."""

    name: str
    completed: int = 0
    recorded: int = 0
    contracts: int = 0
    linked: int = 0

    @property
    def recorded_share(self):
        return self.recorded / self.completed if self.completed else None

    @property
    def linked_share(self):
        return self.linked / self.contracts if self.contracts else None


def newest_day():
    """The day of the newest pair of extracts, or None before there is one."""
    days = [
        Extract.objects.filter(system=system).order_by("-as_at").values_list("as_at", flat=True).first()
        for system in (System.PROJECTS, System.CONTRACTS)
    ]
    return min(days) if all(days) else None


def kept(name, as_at, make):
    """What `make()` returns, kept until an extract, a rule or a target changes."""
    newest = Extract.objects.order_by("-pk").values_list("pk", flat=True).first()
    settings = sorted(model_to_dict(GoldenThreadRules.load()).items())
    mark = md5(repr((newest, as_at, settings)).encode(), usedforsecurity=False).hexdigest()
    return cache.get_or_set(f"thread-{name}-{mark}", make, KEPT_SECONDS)


def report(as_at):
    """{"figures", "directorates", "officers", "findings"} of a day."""
    return kept("report", as_at, lambda: _report(as_at))


def _report(as_at):
    rules = thread_rules.current()
    thread = records.load(as_at, rules)
    found = metrics.measure_and_find(as_at, rules, thread)
    settings = GoldenThreadRules.load()
    targets = {"social_value_recorded": settings.recorded_target}
    figures = [
        Figure(
            name, LABELS[name], len(metric.numerator_ids), len(metric.denominator_ids), metric.percent,
            targets.get(name, settings.linked_target), steps(metric),
        )
        for name, metric in found["metrics"].items()
    ]  # fmt: skip
    return {
        "figures": figures,
        "directorates": shares("directorate", thread, found["metrics"]),
        "officers": shares("officer", thread, found["metrics"]),
        "findings": found["findings"],
        "extracts": [thread.projects_extract.as_at, thread.contracts_extract.as_at],
    }


def steps(metric):
    """[(words, count, left)] from every record to those counted, each reason a step down."""
    left = len(metric.denominator_ids) + sum(len(ids) for ids in metric.excluded.values())
    found = [("All records", left, left)]
    for reason, ids in metric.excluded.items():
        left -= len(ids)
        found.append((f"Left out: {REASONS[reason]}", len(ids), left))
    found.append(("Counted", left, left))
    return found


def shares(by, thread, found):
    """[Share] by directorate or officer. A contract that names none stands under "Not known", linked or not: to give
    it that of its project would make every directorate's links look complete.
    """
    of_plan = dict(
        ProjectRecord.objects.filter(extract=thread.projects_extract, plan_number__isnull=False)
        .order_by("-line")
        .values_list("plan_number", by)
    )
    of_contract = dict(
        ContractRecord.objects.filter(extract=thread.contracts_extract)
        .order_by("-line")
        .values_list("reference_key", by)
    )
    rows = defaultdict(lambda: Share(""))
    recorded, linked = found["social_value_recorded"], found["linked_rolling"]
    counted = set(recorded.numerator_ids)
    for number in recorded.denominator_ids:
        row = rows[of_plan.get(number) or NOT_KNOWN]
        row.completed += 1
        row.recorded += number in counted
    inside, counted = set(linked.denominator_ids), set(linked.numerator_ids)
    for key, one in thread.signed.items():
        if one.reference in inside:
            row = rows[of_contract.get(key) or NOT_KNOWN]
            row.contracts += 1
            row.linked += one.reference in counted
    for name, row in rows.items():
        row.name = name
    return sorted(rows.values(), key=lambda row: (row.name == NOT_KNOWN, row.name))


def month_ends(last):
    """Month ends from the first extract's month to `last`, at most MOST_MONTHS of them, oldest first."""
    first = Extract.objects.order_by("as_at").values_list("as_at", flat=True).first()
    found, year, month = [], first.year, first.month
    while date(year, month, 1) <= last:
        end = date(year, month, monthrange(year, month)[1])
        found.append(min(end, last))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found[-MOST_MONTHS:]


def series(last):
    """[(day, {metric: percent or None})], each month's end reckoned anew from what is known of it now."""
    return kept("series", last, lambda: _series(last))


def _series(last):
    rules, threads, found = thread_rules.current(), {}, []
    for day in month_ends(last):
        pair = records.extract_for(System.PROJECTS, day), records.extract_for(System.CONTRACTS, day)
        if pair not in threads:
            threads.clear()  # one pair of extracts in memory at a time
            threads[pair] = records.load(day, rules)
        measured = metrics.measure(day, rules, threads[pair])["metrics"]
        found.append((day, {name: metric.percent for name, metric in measured.items()}))
    return found


def groups(as_at):
    """{metric: [(words, ids)]}: what each figure counts, and what it leaves out by reason."""
    return kept("groups", as_at, lambda: _groups(as_at))


def _groups(as_at):
    found = {}
    for name, metric in metrics.measure(as_at, thread_rules.current())["metrics"].items():
        numerator = set(metric.numerator_ids)
        listed = [
            ("Counted, and done", metric.numerator_ids),
            ("Counted, still to do", [one for one in metric.denominator_ids if one not in numerator]),
        ]
        listed += [(f"Left out: {REASONS[reason]}", ids) for reason, ids in metric.excluded.items()]
        found[name] = listed
    return found


def worklist(as_at):
    """[{officer, directorate, what, record, why, how}] of all that somebody has to mend, by officer."""
    return kept("worklist", as_at, lambda: _worklist(as_at))


def _worklist(as_at):
    rules = thread_rules.current()
    thread = records.load(as_at, rules)
    found = metrics.measure(as_at, rules, thread)["metrics"]
    rows = []
    missing = set(found["social_value_recorded"].denominator_ids) - set(found["social_value_recorded"].numerator_ids)
    projects = ProjectRecord.objects.filter(extract=thread.projects_extract, plan_number__in=missing).order_by("line")
    for project in projects:
        if rules.meaning(project.status) == "completed" and project.plan_number in missing:
            missing.discard(project.plan_number)
            rows.append(_to_do(project, project.plan_id_as_typed, "Completed without social value recorded",
                               "Record in PM3 what was promised, or that nothing was."))  # fmt: skip
    unlinked = set(found["linked_since_go_live"].denominator_ids) - set(found["linked_since_go_live"].numerator_ids)
    contracts = ContractRecord.objects.filter(extract=thread.contracts_extract).order_by("line")
    for contract in contracts:
        reference = contract.reference.strip()
        if reference in unlinked:
            unlinked.discard(reference)
            rows.append(
                _to_do(contract, reference, _why_unlinked(contract), "Enter the Plan ID in Proactis as PM3-00000.")
            )
    return sorted(rows, key=lambda row: (row["officer"] == NOT_KNOWN, row["officer"], row["record"]))


def _why_unlinked(contract):
    if contract.plan_unreadable:
        return f"The Plan ID “{contract.plan_id_as_typed.strip()}” can’t be read"
    if contract.plan_numbers:
        return f"PM3 has no project “{contract.plan_id_as_typed.strip()}”"
    return "No Plan ID"


def _to_do(row, record, why, how):
    return {
        "officer": row.officer or NOT_KNOWN,
        "directorate": row.directorate or NOT_KNOWN,
        "record": record,
        "title": row.title,
        "why": why,
        "how": how,
    }
