"""What commitments stand at, from contracts, pledges and deliveries: the closed form of rules 2 and 20."""

from collections import defaultdict
from datetime import UTC, datetime
from fractions import Fraction

from django.utils import timezone

from records.days import months_after

from .rows import day_of, exactly, rows

WHOLE = {"people", "places", "items", "events", "narrative"}
STAGES = {"claimed": 0, "disputed": 0, "confirmed": 1, "queried": 1, "verified": 2}
COMMITMENTS = """
    SELECT c.id, c.unit, c.withdrawn_at, k.start, k."end" FROM suppliers_commitment c
    JOIN suppliers_contract k ON k.id = c.contract_id
"""
PROMISES = "SELECT commitment_id, amount FROM suppliers_ledgerentry WHERE account = 'promised'"
PLEDGES = """
    SELECT p.id, p.commitment_id, p.quantity, p.counts, p.counts_agreed_at, p.state, r.unit
    FROM requests_app_pledge p JOIN requests_app_request r ON r.id = p.request_id
"""
RETURNS = """
    SELECT l.commitment_id, l.quantity, l.stage FROM returns_returnline l
    WHERE NOT EXISTS (SELECT 1 FROM returns_returnline c WHERE c.corrects_id = l.id)
"""
RECORDED = "SELECT commitment_id, kind, SUM(quantity) AS quantity FROM suppliers_recordedevent GROUP BY 1, 2"
SHARES = """
    SELECT s.id AS share, s.commitment_id, s.per_cent, d.id, d.pledge_id, d.state, d.claimed, d.confirmed, d.verified,
    d.delivered_on FROM requests_app_deliveryshare s JOIN requests_app_delivery d ON d.id = s.delivery_id
    WHERE s.refused_at IS NULL AND d.state <> 'withdrawn' ORDER BY s.id
"""


def half_up(amount, unit):
    """A Fraction to two places, or to none where the unit has no parts."""
    places = 1 if unit in WHOLE else 100
    return Fraction((amount * places + Fraction(1, 2)).__floor__(), places)


def _parts(shares, unit):
    """{share: its part} of one delivery; the last of a whole takes the rest."""
    stands = next(
        exactly(shares[0][name]) for name in ("verified", "confirmed", "claimed") if shares[0][name] is not None
    )
    whole, rest, found = sum(Fraction(str(share["per_cent"])) for share in shares) == 100, stands, {}
    for number, share in enumerate(shares, 1):
        part = min(half_up(stands * Fraction(str(share["per_cent"])) / 100, unit), rest)
        found[share["share"]] = rest if whole and number == len(shares) else part
        rest -= found[share["share"]]
    return found


def _delivered(pledges, units):
    """{commitment: {pledge: [(counts for, stage)]}} and {(commitment, pledge): arrived in the request's unit}."""
    by_delivery = defaultdict(list)
    for share in rows(SHARES):
        by_delivery[share["id"]].append(share)
    given = defaultdict(list)
    for shares in sorted(by_delivery.values(), key=lambda shares: (day_of(shares[0]["delivered_on"]), shares[0]["id"])):
        parts = _parts(shares, pledges[shares[0]["pledge_id"]]["unit"])
        for share in shares:
            given[share["commitment_id"], share["pledge_id"]].append((parts[share["share"]], STAGES[share["state"]]))
    counted, arrived = defaultdict(lambda: defaultdict(list)), {}
    for (commitment, number), deliveries in given.items():
        pledge = pledges[number]
        arrived[commitment, number] = sum(part for part, _ in deliveries)
        own, rate = pledge["commitment_id"] == commitment, Fraction(1)
        if own and pledge["unit"] != units[commitment]:
            rate = exactly(pledge["counts"]) / exactly(pledge["quantity"])
        if own and pledge["counts_agreed_at"] is None:
            continue
        total, before = Fraction(0), Fraction(0)
        for part, stage in deliveries:
            total += part
            now = half_up(total * rate, units[commitment])
            counted[commitment][number].append((now - before, stage))
            before = now
    for row in rows(RETURNS):
        counted[row["commitment_id"]][None].append((exactly(row["quantity"]), STAGES[row["stage"]]))
    return counted, arrived


NEW = "SELECT created_at, need_id FROM suppliers_commitment"


def _new():
    """{(figure, ""): count} of promises recorded in the last twelve months."""
    since = months_after(timezone.localdate(), -12).isoformat()
    rows_of = [row for row in rows(NEW) if _local_day(row["created_at"]) > since]
    named = sum(row["need_id"] is not None for row in rows_of)
    return {("new_promises", ""): len(rows_of), ("new_promises_for_a_need", ""): named}


def _local_day(moment):
    """The day in London of a moment as either database gives it."""
    moment = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return timezone.localtime(moment).date().isoformat()


def figures():
    """{(account, "unit=..."): amount} over all commitments."""
    found = defaultdict(Fraction)
    for unit, stands in standing().values():
        for name, amount in stands.items():
            found[name, f"unit={unit}"] += amount
    return found | _new()


def standing():
    """{commitment: (unit, {account: amount})} of today."""
    commitments = {row["id"]: row for row in rows(COMMITMENTS)}
    units = {number: row["unit"] for number, row in commitments.items()}
    promised = defaultdict(Fraction)
    for row in rows(PROMISES):
        promised[row["commitment_id"]] += exactly(row["amount"])
    pledges = {row["id"]: row for row in rows(PLEDGES)}
    counted, arrived = _delivered(pledges, units)
    held = defaultdict(lambda: [Fraction(0), Fraction(0)])  # agreed, and to agree
    for number, pledge in pledges.items():
        commitment = pledge["commitment_id"]
        if commitment is None or pledge["state"] not in ("offered", "accepted", "completed"):
            continue
        counts, owed = exactly(pledge["counts"]), pledge["state"] != "completed"
        if pledge["counts_agreed_at"] is None:
            came = arrived.get((commitment, number), Fraction(0))
            held[commitment][1] += (
                counts if owed else half_up(came * counts / exactly(pledge["quantity"]), units[commitment])
            )
        elif owed:
            delivered = sum(amount for amount, _ in counted[commitment][number])
            held[commitment][0] += max(counts - delivered, Fraction(0))
    recorded = defaultdict(lambda: defaultdict(Fraction))
    for row in rows(RECORDED):
        recorded[row["commitment_id"]][row["kind"]] += exactly(int(row["quantity"]))
    today = timezone.localdate().isoformat()
    return {
        number: (
            row["unit"],
            _accounts(row, promised[number], held[number], counted[number], recorded[number], today),
        )
        for number, row in commitments.items()
    }


def _accounts(row, promised, held, counted, recorded, today):
    """{figure: amount} of one commitment; what another system recorded comes after all else."""
    deliveries = [delivery for of_pledge in counted.values() for delivery in of_pledge]
    room = promised - sum(held)
    reached = [sum((amount for amount, stage in deliveries if stage >= least), Fraction(0)) for least in range(3)]
    stands = [min(room, amount) for amount in reached]
    rest = room - stands[0]
    for place, name in enumerate(("claimed", "confirmed", "verified")):
        rest = min(rest, recorded[name])
        stands[place] += rest
    claimed, confirmed, verified = stands
    rest, over = room - claimed, row["end"] is not None and day_of(row["end"]) < today
    waits = row["start"] is not None and day_of(row["start"]) > today
    is_withdrawn = row["withdrawn_at"] is not None
    left = Fraction(0) if is_withdrawn else rest
    return {
        "promised": promised,
        "reserved": held[0],
        "to_agree": held[1],
        "claimed": claimed,
        "confirmed": confirmed,
        "verified": verified,
        "beyond": reached[0] + recorded["claimed"] - claimed,
        "withdrawn": rest if is_withdrawn else Fraction(0),
        "ended": left if over else Fraction(0),
        "not_begun": left if waits and not over else Fraction(0),
        "left": Fraction(0) if over or waits else left,
    }
