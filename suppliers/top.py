"""The contracts with the most social value: a line a contract and unit, as known on a day or as seen since.

As known: promises agreed and entries written by the end of that day, so that what was quoted in March is made again in
June. Restated: what had happened by that day, whenever it was entered; promises still as agreed by then.
"""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from django.db.models import Sum

from vocabulary.quantities import ZERO
from vocabulary.units import Unit

from . import pace, plans
from .accounts import Account
from .models import Commitment, LedgerEntry

PROVED = (Account.CLAIMED, Account.CONFIRMED, Account.VERIFIED)


@dataclass
class Line:
    """What stands in one unit under one contract; `pace` is confirmed for each of what was expected, None for none."""

    contract: object
    unit: str
    committed: Fraction = Fraction(0)
    expected: Fraction = Fraction(0)
    proved: dict = field(default_factory=lambda: dict.fromkeys(PROVED, ZERO))

    @property
    def pace(self):
        return Fraction(self.proved[Account.CONFIRMED]) / self.expected if self.expected else None


@dataclass
class Ranked:
    """A contract with its state on the day and its lines, by unit."""

    contract: object
    first: date
    last: date
    lines: dict

    def state_on(self, day):
        return "not started" if day < self.first else "ended" if day > self.last else "running"


def contracts(day, *, restated=False, limit=None):
    """[Ranked] of contracts with a promise agreed by `day`, the greatest first, at most `limit` of them.

    Greatest is who holds the most of what is promised in all, added up over the units: units are never added.
    """
    found = {}
    rows = Commitment.objects.select_related("contract__supplier").order_by("contract__reference_key", "pk")
    known = plans.in_force(rows.values_list("pk", flat=True), day)
    proved = _proved(day, restated)
    for commitment in rows:
        plan = known.get(commitment.pk)
        if plan is None:
            continue
        ranked = found.setdefault(commitment.contract_id, Ranked(commitment.contract, plan.starts_on, plan.ends_on, {}))
        ranked.first, ranked.last = min(ranked.first, plan.starts_on), max(ranked.last, plan.ends_on)
        line = ranked.lines.setdefault(commitment.unit, Line(commitment.contract, commitment.unit))
        line.committed += Fraction(plan.points[-1][1])
        line.expected += pace.expected(plan, day)
        for account in PROVED:
            line.proved[account] += proved.get((commitment.pk, account), ZERO)
    totals = {}
    for line in (line for ranked in found.values() for line in ranked.lines.values()):
        totals[line.unit] = totals.get(line.unit, 0) + line.committed
    shares = {
        number: sum(line.committed / totals[line.unit] for line in ranked.lines.values() if totals[line.unit])
        for number, ranked in found.items()
    }
    best = sorted(found, key=lambda number: (-shares[number], found[number].contract.reference_key))
    return [found[number] for number in best[:limit]]


def _proved(day, restated):
    """{(commitment id, account): Decimal} of what was claimed, confirmed and verified."""
    rows = LedgerEntry.objects.filter(account__in=PROVED).in_period(until=day, written=not restated)
    sums = rows.values_list("commitment", "account").annotate(Sum("amount")).order_by()
    return {(commitment, account): amount for commitment, account, amount in sums}


def as_json(ranked, line, day):
    """A line with the keys of the command: amounts as numbers, the unit by its name."""
    return {
        "contract": ranked.contract.reference,
        "supplier": ranked.contract.supplier_label,
        "unit": Unit(line.unit).label,
        "state": ranked.state_on(day),
        "committed": float(line.committed),
        "expected": round(float(line.expected), 4),
        **{account.value: float(line.proved[account]) for account in PROVED},
        "pace": None if line.pace is None else round(float(line.pace), 4),
    }
