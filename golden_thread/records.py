"""Both extracts of a day, read once, each plan and each contract brought down to what counts of it."""

import gc
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from .models import ContractRecord, Extract, ProjectRecord
from .rules import Rules

System = Extract.System
COMPLETED, VOID = ("completed",), ("void",)
YES, NO = (True,), (False,)


class NoExtract(LookupError):
    """No extract of a system was handed in yet; its text says which."""


class Plan(NamedTuple):
    """A plan as all its rows have it; `days` and `recorded` are those of its completed rows, tuples one a row."""

    number: int | None
    lines: tuple
    typed: str
    meanings: tuple  # of its statuses, as the rules have it
    days: tuple
    recorded: bool
    other_days: tuple  # (meaning, day) of rows that are not completed
    said: tuple  # whether social value is recorded, row by row

    def joined(self, row):
        """The plan with one more row of it."""
        return Plan(
            self.number, self.lines + row.lines, self.typed, self.meanings + row.meanings, self.days + row.days,
            self.recorded or row.recorded, self.other_days + row.other_days, self.said + row.said,
        )  # fmt: skip


class Signed(NamedTuple):
    """A contract as all its rows have it; `days` and `linked` are those of its rows that are not void."""

    reference: str
    lines: tuple
    typed: tuple
    live: bool
    days: tuple
    linked: bool
    numbers: tuple
    unread: tuple  # Plan IDs as typed that can't be read

    def joined(self, row):
        """The contract with one more row of it."""
        return Signed(
            self.reference, self.lines + row.lines, self.typed + row.typed, self.live or row.live,
            self.days + row.days, self.linked or row.linked, self.numbers + row.numbers, self.unread + row.unread,
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
        """({plan number: text}, {reference key: text}) of a column; the first row of a thing speaks for it."""
        if column not in self._named:
            projects = ProjectRecord.objects.filter(extract=self.projects_extract, plan_number__isnull=False)
            contracts = ContractRecord.objects.filter(extract=self.contracts_extract)
            self._named[column] = (
                dict(projects.order_by("-line").values_list("plan_number", column)),
                dict(contracts.order_by("-line").values_list("reference_key", column)),
            )
        return self._named[column]


def extract_for(system, day):
    """The Extract that knows the state of `day`: the earliest taken on it or later, else the newest there is."""
    later = Extract.objects.filter(system=system, as_at__gte=day).order_by("as_at", "-pk").first()
    return later or newest(system)


def newest(system):
    """The newest Extract of a system; NoExtract where there is none."""
    found = Extract.objects.filter(system=system).order_by("-as_at", "-pk").first()
    if found is None:
        raise NoExtract(f"No extract of {System(system).label} was handed in yet.")
    return found


def load(as_at, rules):
    """The Thread of the extracts that know the state of a day."""
    return read(extract_for(System.PROJECTS, as_at), extract_for(System.CONTRACTS, as_at), rules)


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
    for number, line, status, day, recorded, typed in rows.values_list(
        "plan_number", "line", "status", "completed_on", "recorded", "plan_id_as_typed"
    ):
        meanings, said = meaning_of[status], YES if recorded else NO
        if meanings == COMPLETED:
            plan = Plan(number, (line,), typed, meanings, (day,) if day else (), said[0], (), said)
        else:
            plan = Plan(number, (line,), typed, meanings, (), False, ((meanings[0], day),) if day else (), said)
        if number is None:
            unread.append(plan)
        else:
            found[number] = found[number].joined(plan) if number in found else plan
    return found, unread


def _signed(extract, rules, plans):
    found, meaning_of = {}, Meanings(rules)
    rows = ContractRecord.objects.filter(extract=extract).order_by("sheet", "line")
    for key, reference, line, status, day, typed, numbers, unreadable in rows.values_list(
        "reference_key", "reference", "line", "status", "signed_on", "plan_id_as_typed", "plan_numbers",
        "plan_unreadable",
    ):  # fmt: skip
        live = meaning_of[status] != VOID
        numbers = tuple(map(int, numbers.split())) if numbers else ()
        linked = live and numbers != () and not plans.keys().isdisjoint(numbers)
        unread = (typed,) if unreadable else ()
        days = (day,) if live and day else ()
        row = Signed(reference.strip(), (line,), (typed,), live, days, linked, numbers, unread)
        found[key] = found[key].joined(row) if key in found else row
    return found


class Meanings(dict):
    """{status as written: (its meaning,)}, each found once: one tuple for all its rows."""

    def __init__(self, rules):
        self.rules = rules

    def __missing__(self, status):
        self[status] = (self.rules.meaning(status),)
        return self[status]
