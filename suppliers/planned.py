"""Promises with a delivery plan, as known on a day or as seen since: what each stands at, and the figures that open to
them.

As known: promises agreed and entries written by the end of that day, so that what was quoted in March is made again in
June. Restated: what had happened by that day, whenever it was entered; promises still as agreed by then. What was
withdrawn by then is no promise any more, as on the contract's own page.
"""

from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import NamedTuple

from django.core.cache import caches
from django.db.models import Count, Max, Sum
from django.urls import reverse
from django.utils import timezone

from records.figures import Entry, Figure, register
from vocabulary.quantities import ZERO, rounded_in
from vocabulary.units import Unit, say_total

from . import pace, plans
from .accounts import Account
from .models import Commitment, DeliveryPlan, LedgerEntry

KEPT_SECONDS = 300
PROVED = (Account.CLAIMED, Account.CONFIRMED, Account.VERIFIED)
FIGURES = {
    "planned_committed": ("Promised, with a delivery plan", "What promises with a delivery plan come to by its end."),
    "planned_expected": ("Expected by now", "What delivery plans expected by the end of the day."),
    "planned_claimed": ("Claimed, with a delivery plan", "What was claimed against promises with a delivery plan."),
    "planned_confirmed": (
        "Confirmed, with a delivery plan", "What was confirmed against promises with a delivery plan.",
    ),
    "planned_verified": ("Verified, with a delivery plan", "What was verified against promises with a delivery plan."),
}  # fmt: skip


class Promise(NamedTuple):
    """What the sums need of a commitment; `contract` is its number."""

    pk: int
    contract: int
    unit: str
    withdrawn_at: datetime | None


@dataclass
class Line:
    """What stands in one unit under one commitment or contract; `pace` is confirmed for each of what was expected,
    None for none.
    """

    unit: str
    committed: Fraction = Fraction(0)
    expected: Fraction = Fraction(0)
    proved: dict = field(default_factory=lambda: dict.fromkeys(PROVED, ZERO))

    @property
    def pace(self):
        return Fraction(self.proved[Account.CONFIRMED]) / self.expected if self.expected else None

    def amount(self, name):
        """One of pace.AMOUNTS."""
        return Fraction(self.proved[name]) if name in PROVED else getattr(self, name)

    def add(self, other):
        self.committed += other.committed
        self.expected += other.expected
        for account in PROVED:
            self.proved[account] += other.proved[account]

    def standing(self, is_starting):
        """The pace.Standing of this line, in words and with its name for the pace."""
        amounts = {name: self.amount(name) for name in pace.AMOUNTS}
        named = pace.pace_of(amounts["confirmed"], self.expected, is_starting)
        return pace.Standing(unit=self.unit, pace=named, **amounts)


def promises(commitments):
    """[Promise] of a queryset's commitments, in its order: thousands are read, and none is shown by itself."""
    return [Promise(*row) for row in commitments.values_list(*Promise._fields)]


def withdrawn_on(day):
    """Ids of commitments of which something stood withdrawn at the end of a day before today, whatever came since: what
    was reinstated later was no promise then.
    """
    if day >= timezone.localdate():
        return frozenset()
    rows = LedgerEntry.objects.filter(account=Account.WITHDRAWN).in_period(until=day, written=True)
    sums = rows.values("commitment").annotate(in_all=Sum("amount")).filter(in_all__gt=0).order_by()
    return frozenset(sums.values_list("commitment", flat=True))


def lines(promises, known, proved, day):
    """(Promise, pace.Plan, Line) of each promise that has a plan in `known` and was not withdrawn by `day`; `proved` is
    {(commitment id, account): amount}.
    """
    withdrawn = withdrawn_on(day)
    for promise in promises:
        plan, withdrawn_at = known.get(promise.pk), promise.withdrawn_at
        if plan is None or promise.pk in withdrawn or (withdrawn_at and timezone.localdate(withdrawn_at) <= day):
            continue
        amounts = {account: proved.get((promise.pk, account), ZERO) for account in PROVED}
        yield promise, plan, Line(promise.unit, Fraction(plan.points[-1][1]), pace.expected(plan, day), amounts)


def proved_by(day, restated, accounts=PROVED, contracts=None):
    """{(commitment id, account): Decimal} of what was claimed, confirmed and verified, under some contracts or all."""
    rows = LedgerEntry.objects.filter(account__in=accounts).in_period(until=day, written=not restated)
    rows = rows if contracts is None else rows.filter(commitment__contract__in=contracts)
    sums = rows.values_list("commitment", "account").annotate(Sum("amount")).order_by()
    return {(commitment, account): amount for commitment, account, amount in sums}


def mark():
    """Changes with every promise and plan: one with a plan is varied by a version of it, and withdrawn at a moment."""
    newest = DeliveryPlan.objects.aggregate(Max("pk"))["pk__max"]
    row = Commitment.objects.filter(withdrawn_at__isnull=False).aggregate(Max("withdrawn_at"), Count("pk"), Sum("pk"))
    withdrawn = row["withdrawn_at__max"]
    return f"{newest}-{row['pk__count']}-{row['pk__sum']}-{withdrawn.timestamp() if withdrawn else 0}"


def version(day, restated=False):
    """Which entries and plans a report of `day` was made from, in words: the newest of each that it knows."""
    entries, made = LedgerEntry.objects.all(), DeliveryPlan.objects.all()
    if day < timezone.localdate():
        entries = entries if restated else entries.in_period(until=day, written=True)
        made = made.filter(agreed_on__lte=day)
    entry, plan = (rows.aggregate(Max("pk"))["pk__max"] or 0 for rows in (entries, made))
    return f"entry {entry}, plan {plan}"


def _asked(contract=None, as_at=None, restated=False):
    """{unit: [(commitment id, Line)]} of a contract or of all, by the contract's reference."""
    day, found = as_at or timezone.localdate(), {}
    rows = Commitment.objects.order_by("contract__reference_key", "pk")
    rows = rows.filter(contract=contract) if contract else rows
    known = plans.in_force(rows.values_list("pk", flat=True), day)
    proved = proved_by(day, restated, contracts=[contract] if contract else None)
    for promise, _, line in lines(promises(rows), known, proved, day):
        found.setdefault(promise.unit, []).append((promise.pk, line))
    return found


def _kept(unit="", **scope):
    """As `_asked`, of one unit; of all contracts today kept by each worker until an entry or a plan comes."""
    if scope and any(scope.values()):
        return _asked(**scope).get(unit, [])
    return _of_today().get(unit, [])


def _of_today():
    newest = LedgerEntry.objects.aggregate(Max("pk"))["pk__max"]
    key = f"planned-{timezone.localdate()}-{mark()}-{newest}"
    return caches["local"].get_or_set(key, _asked, KEPT_SECONDS)


def _value(name):
    def value(**scope):
        return sum((line.amount(name) for _, line in _kept(**scope)), Fraction(0))

    return value


def _by_unit(name):
    def by_unit():
        known = _of_today()
        return {unit: sum((line.amount(name) for _, line in rows), Fraction(0)) for unit, rows in known.items()}

    return by_unit


def _say(amount, unit="", **scope):
    return say_total(rounded_in(Unit.HOURS, amount), unit)


@dataclass(frozen=True)
class _Entries:
    """As records.figures.Entries, of rows that were worked out: only those of one page are read whole."""

    rows: list
    name: str

    def __len__(self):
        return len(self.rows)

    def __iter__(self):
        return iter(self[:])

    def __getitem__(self, part):
        rows = self.rows[part]
        known = Commitment.objects.select_related("contract").in_bulk([number for number, _ in rows])
        return [
            Entry(
                words=str(known[number]),
                amount=line.amount(self.name),
                address=reverse("commitment_account", args=[number]),
                note=f"Contract {known[number].contract.reference}",
            )
            for number, line in rows
        ]


def _entries(name):
    def entries(**scope):
        return _Entries([row for row in _kept(**scope) if row[1].amount(name)], name)

    return entries


def register_all():
    """Offer what stands under delivery plans; called once when the site starts."""
    for name, (label, sentence) in FIGURES.items():
        amount = name.removeprefix("planned_")
        register(
            Figure(
                name=name,
                label=label,
                sentence=sentence,
                value=_value(amount),
                entries=_entries(amount),
                say=_say,
                by_unit=_by_unit(amount),
                narrowed_by=("unit", "contract", "as_at", "restated"),
            )
        )
