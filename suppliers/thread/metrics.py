"""The published percentages: numerator, denominator, everything left out with its reason, and what was found amiss.

Each figure is worked out from the extracts as they were handed in, id by id; nothing is estimated. A plan or a contract
that an extract names twice counts once.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Sum

from ..models import Commitment, ContractRecord, Extract, FinanceRecord, ProjectRecord
from . import rules as thread_rules
from .keys import reference_key
from .rules import plain

System = Extract.System


class NoExtract(LookupError):
    """No extract of a system was handed in yet; its text says which."""


@dataclass
class Metric:
    """Ids are plan numbers or contract references."""

    numerator_ids: list = field(default_factory=list)
    denominator_ids: list = field(default_factory=list)
    excluded: dict = field(default_factory=dict)

    @property
    def percent(self):
        if not self.denominator_ids:
            return None
        return round(100 * len(self.numerator_ids) / len(self.denominator_ids), 2)

    def as_dict(self):
        return {
            "numerator": len(self.numerator_ids),
            "denominator": len(self.denominator_ids),
            "percent": self.percent,
            "numerator_ids": self.numerator_ids,
            "denominator_ids": self.denominator_ids,
            "excluded": self.excluded,
        }


def extract_for(system, day):
    """The Extract that knows the state of `day`: the earliest taken on it or later, else the newest there is."""
    found = Extract.objects.filter(system=system)
    later = found.filter(as_at__gte=day).order_by("as_at", "-pk").first()
    chosen = later or found.order_by("-as_at", "-pk").first()
    if chosen is None:
        raise NoExtract(f"No extract of {System(system).label} was handed in yet.")
    return chosen


@dataclass
class Thread:
    """One pair of extracts, read once; `projects` {plan number: rows}, `contracts` {reference key: rows}."""

    projects_extract: Extract
    contracts_extract: Extract
    projects: dict
    contracts: dict
    unread_plans: list  # rows of projects whose own Plan ID can't be read


@dataclass(slots=True)
class Project:
    number: int
    line: int
    status: str  # plain, as the rules' words are
    completed_on: object
    recorded: object
    typed: str


@dataclass(slots=True)
class Contract:
    reference: str
    line: int
    status: str
    signed_on: object
    typed: str
    numbers: tuple
    unreadable: bool


def load(as_at):
    """The Thread of the extracts that know the state of a day."""
    of_projects, of_contracts = extract_for(System.PROJECTS, as_at), extract_for(System.CONTRACTS, as_at)
    projects, unread = defaultdict(list), []
    rows = ProjectRecord.objects.filter(extract=of_projects).order_by("sheet", "line")
    for values in rows.values_list(
        "plan_number", "line", "status", "completed_on", "recorded", "plan_id_as_typed"
    ).iterator(5000):
        row = Project(*values)
        row.status = plain(row.status)
        if row.number is None:
            unread.append(row)
        else:
            projects[row.number].append(row)
    contracts = defaultdict(list)
    rows = ContractRecord.objects.filter(extract=of_contracts).order_by("sheet", "line")
    for key, reference, line, status, signed_on, typed, numbers, unreadable in rows.values_list(
        "reference_key", "reference", "line", "status", "signed_on", "plan_id_as_typed", "plan_numbers",
        "plan_unreadable",
    ).iterator(5000):  # fmt: skip
        numbers = tuple(map(int, numbers.split())) if numbers else ()
        contracts[key].append(Contract(reference, line, plain(status), signed_on, typed, numbers, unreadable))
    return Thread(of_projects, of_contracts, projects, contracts, unread)


def measure(as_at, rules=None, thread=None):
    """{"as_at", "go_live", "window_rule", "metrics": {name: Metric}, "findings"}; NoExtract where one is missing."""
    rules = rules or thread_rules.current()
    thread = thread or load(as_at)
    window = rules.days(as_at)
    return {
        "as_at": as_at,
        "go_live": rules.go_live,
        "window_rule": rules.window,
        "metrics": {
            "social_value_recorded": recorded(thread, rules, window),
            "linked_rolling": linked(thread, rules, *window, before="before_the_window"),
            "linked_since_go_live": linked(thread, rules, rules.go_live, as_at, before="before_go_live"),
        },
        "findings": findings(thread, rules, as_at, window),
    }


def recorded(thread, rules, window):
    """Projects completed in the window, and those of them with social value recorded."""
    metric, excluded = Metric(), defaultdict(list)
    for number, rows in thread.projects.items():
        reason = _why_not_completed(rows, rules, window)
        if reason:
            excluded[reason].append(number)
            continue
        metric.denominator_ids.append(number)
        if any(row.recorded for row in rows if row.status in rules.completed):
            metric.numerator_ids.append(number)
    if thread.unread_plans:
        excluded["plan_id_not_readable"] = [row.typed for row in thread.unread_plans]
    metric.numerator_ids.sort()
    metric.denominator_ids.sort()
    metric.excluded = {reason: sorted(ids, key=str) for reason, ids in sorted(excluded.items())}
    return metric


def _why_not_completed(rows, rules, window):
    completed = [row for row in rows if row.status in rules.completed]
    if not completed:
        cancelled = any(row.status in rules.cancelled for row in rows)
        return "cancelled" if cancelled else "not_completed"
    days = [row.completed_on for row in completed if row.completed_on]
    first, last = window
    if any(first <= day <= last for day in days):
        return ""
    if not days:
        return "no_usable_date"
    return "in_the_future" if all(day > last for day in days) else "before_the_window"


def linked(thread, rules, first, last, *, before):
    """Contracts signed from `first` to `last`, and those of them that carry a Plan ID of a project PM3 has."""
    metric, excluded = Metric(), defaultdict(list)
    for rows in thread.contracts.values():
        reference = name_of(rows)
        live = [row for row in rows if row.status not in rules.void]
        days = [row.signed_on for row in live if row.signed_on]
        if not live:
            excluded["void"].append(reference)
        elif not days:
            excluded["no_usable_date"].append(reference)
        elif not any(first <= day <= last for day in days):
            excluded["in_the_future" if min(days) > last else before].append(reference)
        else:
            metric.denominator_ids.append(reference)
            if any(number in thread.projects for row in live for number in row.numbers):
                metric.numerator_ids.append(reference)
    metric.numerator_ids.sort()
    metric.denominator_ids.sort()
    metric.excluded = {reason: sorted(ids) for reason, ids in sorted(excluded.items())}
    return metric


def name_of(rows):
    """A contract's reference as its first row has it, without spaces around."""
    return rows[0].reference.strip()


def findings(thread, rules, as_at, window):
    """What somebody has to look at, as lists that name the record."""
    first, last = window
    projects, contracts = thread.projects, thread.contracts
    completed = {number: [row for row in rows if row.status in rules.completed] for number, rows in projects.items()}
    live = {key: [row for row in rows if row.status not in rules.void] for key, rows in contracts.items()}
    before = rules.go_live.toordinal() - 1
    return {
        "duplicates": {
            "projects": [
                {
                    "id": number,
                    "lines": [row.line for row in rows],
                    "sv_conflict": len({bool(row.recorded) for row in rows}) > 1,
                }
                for number, rows in sorted(projects.items())
                if len(rows) > 1
            ],
            "contracts": [
                {
                    "ref": name_of(rows),
                    "lines": [row.line for row in rows],
                    "pm3_values": [row.typed for row in rows],
                }
                for rows in contracts.values()
                if len(rows) > 1
            ],
        },
        "orphans": [
            {"ref": name_of(rows), "pm3": [row.typed.strip() for row in rows if row.numbers]}
            for rows in contracts.values()
            if any(row.numbers for row in rows)
            and not any(number in projects for row in rows for number in row.numbers)
        ],
        "unparseable": [
            {"ref": name_of(rows), "pm3": [row.typed.strip() for row in rows if row.unreadable]}
            for rows in contracts.values()
            if any(row.unreadable for row in rows) and not any(row.numbers for row in rows)
        ],
        "future_dated": {
            "projects": _future(completed, as_at, "id"),
            "contracts": [
                {"ref": name_of(rows), "date": max(row.signed_on for row in rows if row.signed_on).isoformat()}
                for rows in live.values()
                if any(row.signed_on and row.signed_on > as_at for row in rows)
            ],
        },
        "void": [name_of(rows) for key, rows in contracts.items() if not live[key]],
        "blank_date": {
            "projects": sorted(n for n, rows in completed.items() if rows and not any(r.completed_on for r in rows)),
            "contracts": [name_of(rows) for rows in live.values() if rows and not any(r.signed_on for r in rows)],
        },
        "cancelled_in_window": sorted(
            number
            for number, rows in projects.items()
            if any(
                row.status in rules.cancelled and row.completed_on and first <= row.completed_on <= last for row in rows
            )
        ),
        "dated_but_not_completed": sorted(
            number
            for number, rows in projects.items()
            if any(row.completed_on and row.status not in rules.completed | rules.cancelled for row in rows)
        ),
        "on_go_live_day": [
            name_of(rows) for rows in live.values() if any(row.signed_on == rules.go_live for row in rows)
        ],
        "day_before_go_live": [
            name_of(rows)
            for rows in live.values()
            if any(row.signed_on and row.signed_on.toordinal() == before for row in rows)
        ],
        "plan_id_not_readable": [{"line": row.line, "plan_id": row.typed} for row in thread.unread_plans],
    }


def _future(completed, as_at, key):
    return [
        {key: number, "date": max(row.completed_on for row in rows if row.completed_on).isoformat()}
        for number, rows in sorted(completed.items())
        if any(row.completed_on and row.completed_on > as_at for row in rows)
    ]


def spend(as_at, rules=None, thread=None):
    """Contracts with spend in the window whose reference Proactis knows; amounts in pounds. None without finance."""
    rules = rules or thread_rules.current()
    try:
        extract = extract_for(System.FINANCE, as_at)
    except NoExtract:
        return None
    thread = thread or load(as_at)
    first, last = rules.days(as_at)
    rows = FinanceRecord.objects.filter(extract=extract, spent_on__range=(first, last))
    sums = rows.values_list("reference_key").annotate(total=Sum("amount_gbp")).order_by("reference_key")
    references = Commitment.objects.open().values_list("contract__reference", flat=True)
    promised = {reference_key(reference) for reference in references}
    metric, amounts = Metric(), defaultdict(int)
    for key, total in sums:
        total = total or 0
        amounts["all"] += total
        if not key:
            amounts["without_reference"] += total
            continue
        known = key in thread.contracts
        reference = name_of(thread.contracts[key]) if known else key
        metric.denominator_ids.append(reference)
        if known:
            metric.numerator_ids.append(reference)
            amounts["known"] += total
        if key in promised:
            amounts["under_commitments"] += total
    names = ("all", "known", "under_commitments", "without_reference")
    return metric.as_dict() | {"pounds": {name: float(amounts[name]) for name in names}}
