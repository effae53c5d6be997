"""The golden thread as pages show it: figures, what was left out step by step, months, directorates and officers."""

from dataclasses import dataclass
from itertools import dropwhile

from django.core.cache import cache
from django.db.models import Count, Max

from records import days as calendar
from suppliers.models import Commitment
from words.numbers import percent_of
from words.references import same_words

from . import metrics, records
from .metrics import SPEND
from .models import Extract
from .records import System

KEPT_SECONDS = 26 * 3600  # a worker makes them before anybody asks
MOST_MONTHS = 36
LABELS = {
    "social_value_recorded": "Completed projects with social value recorded",
    "linked_rolling": "Contracts linked to a project, last twelve months",
    "linked_since_go_live": "Contracts linked to a project, since go-live",
    SPEND: "Contract references with spend that Proactis knows, last twelve months",
}
PUBLISHED = ("social_value_recorded", "linked_rolling", "linked_since_go_live")
REASONS = {
    "not_completed": "not completed",
    "cancelled": "cancelled",
    "no_usable_date": "no usable date",
    "in_the_future": "dated in the future",
    "before_the_window": "before the twelve months",
    "after_the_window": "after the twelve months",
    "before_go_live": "signed before go-live",
    "void": "void",
    "without_reference": "without a contract reference",
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
    def recorded_percent(self):
        return percent_of(self.recorded, self.completed)

    @property
    def linked_percent(self):
        return percent_of(self.linked, self.contracts)


def newest_day(council=None):
    """The day of the newest pair of extracts of the site's own council or of a partner, or None before there is one."""
    kept = Extract.objects.filter(council=council)
    days = [
        kept.filter(system=system).order_by("-as_at").values_list("as_at", flat=True).first()
        for system in (System.PROJECTS, System.CONTRACTS)
    ]
    return min(days) if all(days) else None


def kept(name, as_at, rules, make):
    """What `make()` returns, kept until an extract, a rule, a target or the number of commitments changes."""
    # a long import may take its number first and be saved last: the count tells
    marks = (
        Extract.objects.aggregate(Max("pk"), Count("pk")),
        Commitment.objects.standing().aggregate(Max("pk"), Count("pk")),
    )
    newest = "-".join(str(value) for mark in marks for value in mark.values())
    return cache.get_or_set(f"thread-{name}-{newest}-{as_at}-{rules.mark}", make, KEPT_SECONDS)


@dataclass
class Report:
    """What the pages of a day show: its figures, [Share] by directorate and officer, and the days of its extracts."""

    figures: list
    directorates: list
    officers: list
    anomalies: dict
    spend: object  # Metric, or None without an extract of finance
    extracts: list


def report(as_at, rules):
    """The Report of a day by the Rules of an authority."""
    return kept("report", as_at, rules, lambda: _report(as_at, rules))


def _report(as_at, rules):
    thread = records.load(as_at, rules)
    found = metrics.measure_and_find(as_at, rules, thread)
    targets = {"social_value_recorded": rules.recorded_target}
    figures = [
        Figure(
            name, LABELS[name], len(metric.numerator_ids), len(metric.denominator_ids), metric.percent,
            targets.get(name, rules.linked_target), steps(metric),
        )
        for name, metric in found.metrics.items()
    ]  # fmt: skip
    return Report(
        figures=figures,
        directorates=shares("directorate", thread, found.metrics),
        officers=shares("officer", thread, found.metrics),
        anomalies=found.anomalies,
        spend=metrics.spend(as_at, rules, thread),
        extracts=[thread.projects_extract.as_at, thread.contracts_extract.as_at],
    )


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
    """[Share] by directorate or officer, as the row that brought a thing in names them.

    A contract that names none stands under "Not known", linked or not: to give it that of its project would make every
    directorate's links look complete.
    """
    of_projects, of_contracts = thread.named(by)
    shares_by_name = {}

    def share_of(name):
        return shares_by_name.setdefault(same_words(name or NOT_KNOWN), Share(name or NOT_KNOWN))

    recorded, linked = found["social_value_recorded"], found["linked_rolling"]
    counted = set(recorded.numerator_ids)
    for number, row in recorded.rows.items():
        share = share_of(of_projects[row])
        share.completed += 1
        share.recorded += number in counted
    counted = set(linked.numerator_ids)
    for reference, row in linked.rows.items():
        share = share_of(of_contracts[row])
        share.contracts += 1
        share.linked += reference in counted
    return sorted(shares_by_name.values(), key=lambda share: (share.name == NOT_KNOWN, share.name))


def is_month_end(day):
    return day == calendar.month_end(day)


def month_ends(last, rules):
    """Month ends from the first month that is set to `last`, at most MOST_MONTHS of them, oldest first."""
    first = min(rules.first_month, last)
    return [min(end, last) for end in calendar.month_ends(first, last)][-MOST_MONTHS:]


def series(last, rules):
    """[(day, {metric: percent or None}, {"directorate" or "officer": {name: Share}})], each month's end reckoned anew
    from what is known of it now.
    """
    return kept("series", last, rules, lambda: _series(last, rules))


def _series(last, rules):
    threads, found = {}, []
    for day in month_ends(last, rules):
        pair = tuple(records.extract_for(system, day, rules.council) for system in (System.PROJECTS, System.CONTRACTS))
        if pair not in threads:
            threads.clear()  # one pair of extracts in memory at a time
            threads[pair] = records.load(day, rules)
        measured = metrics.measure(day, rules, threads[pair]).metrics
        by = {
            column: {same_words(share.name): share for share in shares(column, threads[pair], measured)}
            for column in ("directorate", "officer")
        }
        found.append((day, {name: metric.percent for name, metric in measured.items()}, by))
    return list(dropwhile(lambda month: all(percent is None for percent in month[1].values()), found))
