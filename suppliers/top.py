"""The contracts with the most social value: a line a contract and unit, as known on a day or as seen since."""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.core.cache import cache
from django.db.models import BigIntegerField, Exists, OuterRef, Sum
from django.db.models.functions import Cast

from vocabulary.units import Unit

from . import planned, plans
from .accounts import Account
from .models import Commitment, Contract, DeliveryPlan
from .planned import PROVED, Line, Promise

KEPT_SECONDS = 3600
BEFORE = timedelta(days=91)  # how far a trend looks back
MOVED = Fraction(1, 20)  # less than that is as before
NEARLY = 1e-9  # shares nearer than that are compared exactly


@dataclass
class Ranked:
    """A contract with its state on the day and its lines, by unit."""

    contract: object
    first: date
    last: date
    settled_on: date  # before it nothing is called behind
    lines: dict

    def state_on(self, day):
        return "not started" if day < self.first else "ended" if day > self.last else "running"

    def standings(self, day):
        """[pace.Standing] of its lines, by unit."""
        return [self.lines[unit].standing(day < self.settled_on) for unit in sorted(self.lines)]


def contracts(day, *, restated=False, limit=None, narrowed=None):
    """[Ranked] of contracts with a promise agreed by `day`, the greatest first, at most `limit` of them; `narrowed` are
    the Commitments that count where not all do.

    Greatest is who holds the most of what is promised in all, added up over the units: units are never added.
    """
    rows = Commitment.objects.all() if narrowed is None else narrowed
    rows = rows.order_by("contract__reference_key", "pk")
    known = plans.in_force(rows.values_list("pk", flat=True), day)
    found = _gathered(planned.promises(rows), known, planned.proved_by(day, restated), day)
    amounts = {number: {unit: line.committed for unit, line in row.lines.items()} for number, row in found.items()}
    shares = _shares(amounts, _totals(amounts))
    best = sorted(found, key=lambda number: (-shares[number], found[number].contract.reference_key))
    return [found[number] for number in best[:limit]]


def current(day, limit=None, narrowed=None):
    """As `contracts` of today from the kept totals: (how many contracts, [Ranked]); `narrowed` are the Commitments that
    count where not all do.

    Only the contracts that are shown are read whole. The order is kept until a promise or plan changes.
    """
    commitments = Commitment.objects.all() if narrowed is None else narrowed
    has_plan = DeliveryPlan.objects.filter(commitment=OuterRef("pk"), agreed_on__lte=day)
    standing = commitments.standing()
    rows = standing.filter(Exists(has_plan))
    if narrowed is None:
        key = f"greatest-{day}-{limit}-{planned.mark()}"
        count, best = cache.get_or_set(key, lambda: _ranked(rows, limit), KEPT_SECONDS)
    else:
        count, best = _ranked(rows, limit)
    columns = (*Promise._fields, *(f"balance__{account}" for account in PROVED))
    shown = list(standing.filter(contract__in=best).order_by("contract__reference_key", "pk").values_list(*columns))
    width = len(Promise._fields)
    promises = [Promise(*row[:width]) for row in shown]
    proved = {(row[0], account): amount for row in shown for account, amount in zip(PROVED, row[width:], strict=True)}
    found = _gathered(promises, plans.in_force((promise.pk for promise in promises), day), proved, day)
    return count, [found[number] for number in best if number in found]


def _ranked(rows, limit):
    """(how many contracts, ids of the greatest `limit`) of commitments."""
    hundredths = Sum(Cast("balance__promised", BigIntegerField()))
    sums = rows.values_list("contract", "contract__reference_key", "unit").annotate(hundredths=hundredths).order_by()
    amounts, keys = {}, {}
    for number, key, unit, promised in sums:
        keys[number] = key
        amounts.setdefault(number, {})[unit] = int(promised)
    return len(amounts), _best(amounts, keys, limit)[:limit]


def _best(amounts, keys, limit):
    """Contract ids, the greatest first; those that may be among the first `limit` in exact order."""
    totals = _totals(amounts)
    about = {
        number: sum(promised / totals[unit] for unit, promised in by_unit.items() if totals[unit])
        for number, by_unit in amounts.items()
    }
    first = sorted(amounts, key=about.get, reverse=True)
    if limit and limit < len(first):
        least = about[first[limit - 1]] - NEARLY
        first = [number for number in first if about[number] >= least]
    shares = _shares({number: amounts[number] for number in first}, totals)
    return sorted(first, key=lambda number: (-shares[number], keys[number]))


def _gathered(promises, known, proved, day):
    """{contract id: Ranked} of promises that have a plan and were not withdrawn by `day`."""
    found, contracts = {}, Contract.objects.select_related("supplier").in_bulk({row.contract for row in promises})
    for promise, plan, line in planned.lines(promises, known, proved, day):
        days = plan.starts_on, plan.ends_on, plan.settled_on
        contract = contracts[promise.contract]
        ranked = found.setdefault(contract.pk, Ranked(contract, *days, {}))
        ranked.first, ranked.last = min(ranked.first, plan.starts_on), max(ranked.last, plan.ends_on)
        ranked.settled_on = min(ranked.settled_on, plan.settled_on)
        ranked.lines.setdefault(promise.unit, Line(promise.unit)).add(line)
    return found


def _totals(amounts):
    """{unit: promised in all} of {contract id: {unit: promised}}."""
    totals = {}
    for by_unit in amounts.values():
        for unit, promised in by_unit.items():
            totals[unit] = totals.get(unit, 0) + promised
    return totals


def _shares(amounts, totals):
    """{contract id: how much it holds of what is promised in all, added up over units}; exact."""
    return {
        number: sum(Fraction(promised) / totals[unit] for unit, promised in by_unit.items() if totals[unit])
        for number, by_unit in amounts.items()
    }


@dataclass(frozen=True)
class Trend:
    """Confirmed of each that was expected, now and a quarter of a year before, None where nothing was due yet."""

    before: Fraction | None
    now: Fraction | None

    @property
    def words(self):
        """ "Better: 40% to 65%", in words alone where nothing was due on either day."""
        if self.now is None or self.before is None:
            return "Nothing due yet" if self.now is None else f"New: {_per_cent(self.now)}"
        moved = self.now - self.before
        named = "As before" if abs(moved) < MOVED else "Better" if moved > 0 else "Worse"
        return f"{named}: {_per_cent(self.before)} to {_per_cent(self.now)}"


def _per_cent(share):
    return f"{min(round(share * 100), 999)}%"


def trends(ranked, day, *, restated=False, narrowed=None):
    """{(contract id, unit): Trend} of [Ranked]: what was known a quarter of a year before, beside what stands on `day`;
    `restated` and `narrowed` as the list itself was asked for.

    What was known then is kept: nobody writes an entry in the past.
    """
    numbers = sorted(row.contract.pk for row in ranked)
    then = day - BEFORE
    named = hashlib.sha256(repr((numbers, [sorted(row.lines) for row in ranked])).encode()).hexdigest()
    if restated or narrowed is not None:
        known = _known_on(numbers, then, restated, narrowed)
    else:
        key = f"trend-{then}-{named}-{planned.mark()}"
        known = cache.get_or_set(key, lambda: _known_on(numbers, then), KEPT_SECONDS)
    return {
        (row.contract.pk, unit): Trend(known.get((row.contract.pk, unit)), line.pace)
        for row in ranked
        for unit, line in row.lines.items()
    }


def _known_on(contracts, day, restated=False, narrowed=None):
    """{(contract id, unit): pace} of contracts as it was known on a day."""
    rows = Commitment.objects.all() if narrowed is None else narrowed
    rows = rows.filter(contract__in=contracts).order_by("pk")
    known = plans.in_force(rows.values_list("pk", flat=True), day)
    proved = planned.proved_by(day, restated, [Account.CONFIRMED], contracts)
    found = _gathered(planned.promises(rows), known, proved, day)
    return {(number, unit): line.pace for number, row in found.items() for unit, line in row.lines.items()}


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
