"""The published percentages: numerator, denominator, everything left out with its reason, and what was found amiss.

Each figure is worked out from the extracts as they were handed in, id by id; nothing is estimated. A plan or a contract
that an extract names twice counts once.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from suppliers.models import Commitment
from words.numbers import percent_of
from words.references import reference_key

from . import records
from . import rules as thread_rules
from .anomalies import anomalies
from .models import FinanceRecord

SPEND = "spend_linked"  # the third metric, beside the two of projects and contracts


@dataclass
class Metric:
    """Ids are plan numbers or contract references; `pounds` {what: £} where it is about money.

    `rows` is {id counted: number of the record that brought it in}, the first inside the figure's days.
    """

    numerator_ids: list = field(default_factory=list)
    denominator_ids: list = field(default_factory=list)
    excluded: dict = field(default_factory=dict)
    pounds: dict = field(default_factory=dict)
    rows: dict = field(default_factory=dict)

    def count(self, counted, row, is_done):
        self.denominator_ids.append(counted)
        self.rows[counted] = row
        if is_done:
            self.numerator_ids.append(counted)

    @property
    def percent(self):
        part, whole = len(self.numerator_ids), len(self.denominator_ids)
        return float(percent_of(part, whole)) if whole else None

    def as_dict(self):
        return {
            "numerator": len(self.numerator_ids),
            "denominator": len(self.denominator_ids),
            "percent": self.percent,
            "numerator_ids": self.numerator_ids,
            "denominator_ids": self.denominator_ids,
            "excluded": self.excluded,
            **({"pounds": self.pounds} if self.pounds else {}),
        }


@dataclass
class Measured:
    """The percentages of a day by the rules that were used; `anomalies` where they were looked for."""

    as_at: date
    go_live: date
    window_rule: str
    metrics: dict  # {name: Metric}
    anomalies: dict = field(default_factory=dict)  # {kind: records}

    def as_dict(self):
        """As the command prints it."""
        return {
            "as_at": self.as_at,
            "go_live": self.go_live,
            "window_rule": self.window_rule,
            "metrics": {name: metric.as_dict() for name, metric in self.metrics.items()},
            "findings": self.anomalies,
        }


def measure(as_at, rules, thread):
    """The Measured of a day by the rules and the records of that day (records.load)."""
    first, last = rules.days(as_at)
    return Measured(
        as_at=as_at,
        go_live=rules.go_live,
        window_rule=rules.window,
        metrics={
            "social_value_recorded": recorded(thread, first, last, as_at),
            "linked_rolling": linked(thread, first, last, as_at),
            "linked_since_go_live": linked(thread, rules.go_live, as_at, as_at),
        },
    )


def measure_and_find(as_at, rules, thread):
    """What measure() says, with the anomalies beside it."""
    measured = measure(as_at, rules, thread)
    measured.anomalies = anomalies(thread, as_at, rules.days(as_at))
    return measured


def recorded(thread, first, last, as_at):
    """Projects completed from `first` to `last`, and those of them of which a row of these days says yes."""
    metric, excluded = Metric(), defaultdict(list)
    for number, plan in thread.plans.items():
        inside = [row for row in plan.completions if row.day and first <= row.day <= last]
        if inside:
            metric.count(number, inside[0].row, any(row.recorded for row in inside))
        elif plan.completions:
            excluded[_why_not(plan.days, last, as_at)].append(number)
        else:
            excluded["cancelled" if "cancelled" in plan.meanings else "not_completed"].append(number)
    if thread.unread_plans:
        excluded["plan_id_not_readable"] = [plan.typed for plan in thread.unread_plans]
    return _settled(metric, excluded)


def linked(thread, first, last, as_at):
    """Contracts signed from `first` to `last` and not before go-live, and those of them of which a row of these days
    carries a Plan ID of a project PM3 has.
    """
    metric, excluded, go_live = Metric(), defaultdict(list), thread.rules.go_live
    first = max(first, go_live)
    for contract in thread.signed.values():
        inside = [row for row in contract.signatures if row.day and first <= row.day <= last]
        if inside:
            metric.count(contract.reference, inside[0].row, any(row.linked for row in inside))
        elif contract.live:
            excluded[_why_not(contract.days, last, as_at, go_live)].append(contract.reference)
        else:
            excluded["void"].append(contract.reference)
    return _settled(metric, excluded)


def _why_not(days, last, as_at, go_live=date.min):
    """Why none of `days` counts in days that end with `last`: by the newest of those before, where there are any."""
    before = [day for day in days if day <= last]
    if before:
        return "before_go_live" if max(before) < go_live else "before_the_window"
    if not days:
        return "no_usable_date"
    return "in_the_future" if min(days) > as_at else "after_the_window"


def _settled(metric, excluded):
    metric.numerator_ids.sort()
    metric.denominator_ids.sort()
    metric.excluded = {reason: sorted(ids) for reason, ids in sorted(excluded.items())}
    return metric


def _spent_in_window(extract, window, as_at, amounts, excluded):
    """(line, reference key, pounds) of spend in the window; what is left out is noted in `amounts` and `excluded`."""
    rows = FinanceRecord.objects.filter(extract=extract).order_by("sheet", "line")
    for line, key, day, amount in rows.values_list("line", "reference_key", "spent_on", "amount_gbp"):
        first, last = window
        if day and first <= day <= last:
            yield line, key, amount or 0
        else:
            excluded[_why_not([day] if day else [], last, as_at)].append(line)
            amounts["without_date"] += 0 if day else (amount or 0)


def with_spend(measured, as_at, rules, thread):
    """`measured` with the figure of spend beside its own, where an extract of MySurrey is there."""
    spent = spend(as_at, rules, thread)
    if spent:
        measured.metrics[SPEND] = spent
    return measured


def spend(as_at, rules, thread):
    """The Metric of contracts with spend in the window whose reference Proactis knows; None without finance.

    `pounds` has all spend in the window, that of known references, under contracts with commitments, and without a
    reference; and what has no date and is in none of them. What is left out is named by its line.
    """
    try:
        extract = records.extract_for(records.System.FINANCE, as_at, rules.council)
    except records.NoExtract:
        return None
    own = thread_rules.register_of(rules)
    references = Commitment.objects.standing().filter(contract__in=own).values_list("contract__reference", flat=True)
    promised = {reference_key(reference) for reference in references}
    metric, amounts, excluded, seen = Metric(), defaultdict(int), defaultdict(list), set()
    for line, key, amount in _spent_in_window(extract, rules.days(as_at), as_at, amounts, excluded):
        amounts["all"] += amount
        if not key:
            amounts["without_reference"] += amount
            excluded["without_reference"].append(line)
            continue
        known = key in thread.signed
        amounts["known" if known else "unknown"] += amount
        amounts["under_commitments"] += amount if key in promised else 0
        if key not in seen:
            seen.add(key)
            metric.count(thread.signed[key].reference if known else key, line, known)
    _settled(metric, excluded)
    names = ("all", "known", "unknown", "under_commitments", "without_reference", "without_date")
    metric.pounds = {name: float(amounts[name]) for name in names}
    return metric
