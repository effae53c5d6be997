"""What delivery plans expected by today, pace, the order of the greatest contracts and pounds by table: plain SQL."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from fractions import Fraction

from django.utils import timezone

from .commitments import half_up, standing
from .rows import day_of, exactly, rows

PLANS = """
    SELECT p.commitment_id, p.starts_on, p.start_up_days, t.due_on, t.quantity_in_all, c.unit, c.contract_id,
    k.reference_key FROM suppliers_deliveryplan p
    JOIN suppliers_deliverytarget t ON t.plan_id = p.id
    JOIN suppliers_commitment c ON c.id = p.commitment_id
    JOIN suppliers_contract k ON k.id = c.contract_id
    WHERE c.withdrawn_at IS NULL AND p.version = (
        SELECT MAX(n.version) FROM suppliers_deliveryplan n
        WHERE n.commitment_id = p.commitment_id AND n.agreed_on <= %s
    ) ORDER BY p.commitment_id, t.due_on
"""
VALUES = """
    SELECT v.commitment_id, x.pounds, x."table" AS named, x.version FROM suppliers_commitmentvalue v
    JOIN suppliers_proxyvalue x ON x.id = v.proxy_id JOIN suppliers_commitment c ON c.id = v.commitment_id
    WHERE c.withdrawn_at IS NULL
"""
DONE = ("claimed", "confirmed", "verified")
IN_POUNDS = ("promised", "confirmed", "verified")


def figures():
    """{(figure, what it is narrowed to): amount} of plans and pounds."""
    today, stands = timezone.localdate(), standing()
    by_plan = defaultdict(list)
    for row in rows(PLANS, today.isoformat()):
        by_plan[row["commitment_id"]].append(row)
    found, lines, settled = defaultdict(Fraction), defaultdict(lambda: [Fraction(0)] * 3), {}
    for commitment, points in by_plan.items():
        first, (unit, accounts) = points[0], stands[commitment]
        amounts = {"committed": exactly(points[-1]["quantity_in_all"]), "expected": _expected(points, today)}
        for name, amount in (amounts | {name: accounts[name] for name in DONE}).items():
            found[f"planned_{name}", f"unit={unit}"] += amount
        contract = first["contract_id"], first["reference_key"]
        added = (amounts["committed"], amounts["expected"], accounts["confirmed"])
        lines[contract, unit] = [sum(pair) for pair in zip(lines[contract, unit], added, strict=True)]
        starts = date.fromisoformat(day_of(first["starts_on"])) + timedelta(days=first["start_up_days"])
        settled[contract] = min(settled.get(contract, starts), starts)
    for (contract, _), (_, expected, confirmed) in lines.items():
        found["pace", _pace(expected, confirmed, today < settled[contract])] += 1
    return found | _order(lines) | _pounds(stands)


def _expected(points, today):
    """Along straight lines, day by day, from nothing at the end of the day before the plan begins."""
    before = date.fromisoformat(day_of(points[0]["starts_on"])) - timedelta(days=1)
    reached = Fraction(0)
    if today <= before:
        return reached
    for point in points:
        due_on, in_all = date.fromisoformat(day_of(point["due_on"])), exactly(point["quantity_in_all"])
        if today <= due_on:
            return reached + (in_all - reached) * Fraction((today - before).days, (due_on - before).days)
        before, reached = due_on, in_all
    return reached


def _pace(expected, confirmed, is_starting):
    if expected == 0:
        return "Nothing due yet"
    if confirmed * 10 > expected * 11:
        return "Ahead"
    if confirmed * 10 >= expected * 9:
        return "On track"
    return "Starting up" if is_starting else "Behind"


def _order(lines):
    """{("greatest", "contract NUMBER"): place} by the share of all that is promised, added up over units."""
    totals, shares = Counter(), defaultdict(Fraction)
    for (_, unit), (committed, *_) in lines.items():
        totals[unit] += committed
    for (contract, unit), (committed, *_) in lines.items():
        shares[contract] += committed / totals[unit] if totals[unit] else 0
    order = sorted(shares, key=lambda contract: (-shares[contract], contract[1]))
    return {("greatest", f"contract {number}"): place for place, (number, _) in enumerate(order, start=1)}


def _pounds(stands):
    """{("pounds promised", table and version): pounds} and so on, each commitment rounded to the penny."""
    found = defaultdict(Fraction)
    for row in rows(VALUES):
        _, accounts = stands[row["commitment_id"]]
        for name in IN_POUNDS:
            pounds = half_up(accounts[name] * exactly(row["pounds"]), "hours")
            found[f"pounds {name}", f"{row['named']} {row['version']}"] += pounds
    return found
