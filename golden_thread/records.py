"""Both extracts of a day, read once, each plan and each contract brought down to what counts of it."""

import gc
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from .models import ContractRecord, Extract, ProjectRecord
from .rules import Rules

System = Extract.System
COMPLETED, VOID = ("completed",), ("void",)
YES, NO = (True,), (False,)


class NoExtract(LookupError):
    """No extract of a system was handed in yet; its text says which."""


class Completion(NamedTuple):
    """A completed row of a plan."""

    day: date | None
    recorded: bool
    row: int  # the number of its record


class Plan(NamedTuple):
    """A plan as all its rows have it, tuples one a row."""

    number: int | None
    rows: tuple  # numbers of its records
    lines: tuple
    typed: str
    meanings: tuple  # of its statuses, as the rules have it
    completions: tuple
    other_days: tuple  # (meaning, day) of rows that are not completed
    said: tuple  # whether social value is recorded, row by row

    @property
    def days(self):
        return tuple(row.day for row in self.completions if row.day)

    def joined(self, row):
        """The plan with one more row of it."""
        return Plan(
            self.number, self.rows + row.rows, self.lines + row.lines, self.typed, self.meanings + row.meanings,
            self.completions + row.completions, self.other_days + row.other_days, self.said + row.said,
        )  # fmt: skip


class Signature(NamedTuple):
    """A row of a contract that is not void."""

    day: date | None
    linked: bool  # it carries a Plan ID of a project that PM3 has
    row: int  # the number of its record


class Signed(NamedTuple):
    """A contract as all its rows have it, tuples one a row."""

    reference: str
    rows: tuple  # numbers of its records
    lines: tuple
    typed: tuple
    live: bool
    signatures: tuple
    numbers: tuple
    unread: tuple  # Plan IDs as typed that can't be read

    @property
    def days(self):
        return tuple(row.day for row in self.signatures if row.day)

    @property
    def linked(self):
        """Whether any row of it is linked, on whatever day."""
        return any(row.linked for row in self.signatures)

    def joined(self, row):
        """The contract with one more row of it."""
        return Signed(
            self.reference, self.rows + row.rows, self.lines + row.lines, self.typed + row.typed,
            self.live or row.live, self.signatures + row.signatures, self.numbers + row.numbers,
            self.unread + row.unread,
        )  # fmt: skip


@dataclass
class Thread:
    """One pair of extracts under one set of rules; each thing once, however often its extract names it."""

    projects_extract: Extract
    contracts_extract: Extract
    rules: Rules
    plans: dict  # {plan number: Plan}
    signed: dict  # {reference key: Signed}
    unread_plans: list  # Plans whose own Plan ID can't be read
    _named: dict = field(default_factory=dict)

    def named(self, column):
        """({number of a project's record: text}, the same of contracts' records) of a column."""
        if column not in self._named:
            self._named[column] = (
                dict(ProjectRecord.objects.filter(extract=self.projects_extract).values_list("pk", column)),
                dict(ContractRecord.objects.filter(extract=self.contracts_extract).values_list("pk", column)),
            )
        return self._named[column]


def extract_for(system, day, council=None):
    """The Extract that knows the state of `day`: the earliest taken on it or later, else the newest there is.

    Of the site's own council, or of a partner by its number.
    """
    kept = Extract.objects.filter(system=system, council=council)
    return kept.filter(as_at__gte=day).order_by("as_at", "-pk").first() or newest(system, council)


def newest(system, council=None):
    """The newest Extract of a system, as `extract_for`; NoExtract where there is none."""
    found = Extract.objects.filter(system=system, council=council).order_by("-as_at", "-pk").first()
    if found is None:
        raise NoExtract(f"No extract of {System(system).label} was handed in yet.")
    return found


def load(as_at, rules):
    """The Thread of the extracts that know the state of a day."""
    pair = (extract_for(system, as_at, rules.council) for system in (System.PROJECTS, System.CONTRACTS))
    return read(*pair, rules)


def read(of_projects, of_contracts, rules):
    """The Thread of two extracts."""
    with uncollected():
        plans, unread = _plans(of_projects, rules)
        signed = _signed(of_contracts, rules, plans)
    return Thread(of_projects, of_contracts, rules, plans, signed, unread)


@contextmanager
def uncollected():
    """No collection of garbage inside: it would look at 200,000 rows again and again and free none (half the time)."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _plans(extract, rules):
    found, unread, meaning_of = {}, [], Meanings(rules)
    rows = ProjectRecord.objects.filter(extract=extract).order_by("sheet", "line")
    for row, number, line, status, day, recorded, typed in rows.values_list(
        "pk", "plan_number", "line", "status", "completed_on", "recorded", "plan_id_as_typed"
    ):
        meanings, said = meaning_of[status], YES if recorded else NO
        completions = (Completion(day, said[0], row),) if meanings == COMPLETED else ()
        other_days = ((meanings[0], day),) if day and not completions else ()
        plan = Plan(number, (row,), (line,), typed, meanings, completions, other_days, said)
        if number is None:
            unread.append(plan)
        else:
            found[number] = found[number].joined(plan) if number in found else plan
    return found, unread


def _signed(extract, rules, plans):
    found, meaning_of = {}, Meanings(rules)
    rows = ContractRecord.objects.filter(extract=extract).order_by("sheet", "line")
    for row, key, reference, line, status, day, typed, numbers, unreadable in rows.values_list(
        "pk", "reference_key", "reference", "line", "status", "signed_on", "plan_id_as_typed", "plan_numbers",
        "plan_unreadable",
    ):  # fmt: skip
        live = meaning_of[status] != VOID
        numbers = tuple(map(int, numbers.split())) if numbers else ()
        linked = numbers != () and not plans.keys().isdisjoint(numbers)
        signatures = (Signature(day, linked, row),) if live else ()
        unread = (typed,) if unreadable else ()
        contract = Signed(reference.strip(), (row,), (line,), (typed,), live, signatures, numbers, unread)
        found[key] = found[key].joined(contract) if key in found else contract
    return found


class Meanings(dict):
    """{status as written: (its meaning,)}, each found once: one tuple for all its rows."""

    def __init__(self, rules):
        self.rules = rules

    def __missing__(self, status):
        self[status] = (self.rules.meaning(status),)
        return self[status]
