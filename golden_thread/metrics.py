"""The published percentages: numerator, denominator, everything left out with its reason, and what was found amiss.

Each figure is worked out from the extracts as they were handed in, id by id; nothing is estimated. A plan or a contract
that an extract names twice counts once.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from suppliers.models import Commitment
from words.references import reference_key

from . import records
from .anomalies import anomalies
from .models import FinanceRecord

SPEND = "spend_linked"  # the third metric, beside the two of projects and contracts


@dataclass
class Metric:
    """Ids are plan numbers or contract references; `pounds` {what: £} where it is about money."""

    numerator_ids: list = field(default_factory=list)
    denominator_ids: list = field(default_factory=list)
    excluded: dict = field(default_factory=dict)
    pounds: dict = field(default_factory=dict)

    @property
    def percent(self):
        if not self.denominator_ids:
            return None
        exact = Decimal(100 * len(self.numerator_ids)) / len(self.denominator_ids)
        return float(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))

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
    window = rules.days(as_at)
    return Measured(
        as_at=as_at,
        go_live=rules.go_live,
        window_rule=rules.window,
        metrics={
            "social_value_recorded": recorded(thread, *window),
            "linked_rolling": linked(thread, *window, before="before_the_window"),
            "linked_since_go_live": linked(thread, rules.go_live, as_at, before="before_go_live"),
        },
    )


def measure_and_find(as_at, rules, thread):
    """What measure() says, with the anomalies beside it."""
    measured = measure(as_at, rules, thread)
    measured.anomalies = anomalies(thread, as_at, rules.days(as_at))
    return measured


def recorded(thread, first, last):
    """Projects completed from `first` to `last`, and those of them with social value recorded."""
    metric, excluded = Metric(), defaultdict(list)
    for number, plan in thread.plans.items():
        if "completed" not in plan.meanings:
            excluded["cancelled" if "cancelled" in plan.meanings else "not_completed"].append(number)
        elif reason := _why_not(plan.days, first, last, "before_the_window"):
            excluded[reason].append(number)
        else:
            metric.denominator_ids.append(number)
            if plan.recorded:
                metric.numerator_ids.append(number)
    if thread.unread_plans:
        excluded["plan_id_not_readable"] = [plan.typed for plan in thread.unread_plans]
    return _settled(metric, excluded)


def linked(thread, first, last, *, before):
    """Contracts signed from `first` to `last`, and those of them that carry a Plan ID of a project PM3 has."""
    metric, excluded = Metric(), defaultdict(list)
    for contract in thread.signed.values():
        reason = _why_not(contract.days, first, last, before) if contract.live else "void"
        if reason:
            excluded[reason].append(contract.reference)
        else:
            metric.denominator_ids.append(contract.reference)
            if contract.linked:
                metric.numerator_ids.append(contract.reference)
    return _settled(metric, excluded)


def _why_not(days, first, last, before):
    """Why none of `days` lies from `first` to `last`; "" where one does."""
    for day in days:
        if first <= day <= last:
            return ""
    if not days:
        return "no_usable_date"
    return "in_the_future" if min(days) > last else before


def _settled(metric, excluded):
    metric.numerator_ids.sort()
    metric.denominator_ids.sort()
    metric.excluded = {reason: sorted(ids) for reason, ids in sorted(excluded.items())}
    return metric


def _spent_in_window(extract, window, amounts, excluded):
    """(line, reference key, pounds) of spend in the window; what is left out is noted in `amounts` and `excluded`."""
    rows = FinanceRecord.objects.filter(extract=extract).order_by("sheet", "line")
    for line, key, day, amount in rows.values_list("line", "reference_key", "spent_on", "amount_gbp"):
        reason = _why_not([day] if day else [], *window, "before_the_window")
        if reason:
            excluded[reason].append(line)
            amounts["without_date"] += (amount or 0) if reason == "no_usable_date" else 0
        else:
            yield line, key, amount or 0


def _count_reference(metric, reference, known):
    metric.denominator_ids.append(reference)
    if known:
        metric.numerator_ids.append(reference)


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
        extract = records.extract_for(records.System.FINANCE, as_at)
    except records.NoExtract:
        return None
    references = Commitment.objects.open().values_list("contract__reference", flat=True)
    promised = {reference_key(reference) for reference in references}
    metric, amounts, excluded, seen = Metric(), defaultdict(int), defaultdict(list), set()
    for line, key, amount in _spent_in_window(extract, rules.days(as_at), amounts, excluded):
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
            _count_reference(metric, thread.signed[key].reference if known else key, known)
    _settled(metric, excluded)
    names = ("all", "known", "unknown", "under_commitments", "without_reference", "without_date")
    metric.pounds = {name: float(amounts[name]) for name in names}
    return metric
