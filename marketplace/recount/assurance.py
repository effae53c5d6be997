"""By how much the confirmed figures are overstated, of each finished sample, from the rows of its deliveries."""

from collections import defaultdict
from fractions import Fraction

from .rows import exactly, rows

ITEMS = """
    SELECT i.sample_id, i.draws, i.confirmed, i.found, s.is_whole, c.unit FROM assurance_sampleitem i
    JOIN assurance_sample s ON s.id = i.sample_id JOIN suppliers_commitment c ON c.id = i.commitment_id
"""


def figures():
    """{("overstated", "sample NUMBER"): share}."""
    of_sample = defaultdict(list)
    for row in rows(ITEMS):
        of_sample[row["sample_id"]].append(row)
    return {
        ("overstated", f"sample {number}"): _whole(items) if items[0]["is_whole"] else _drawn(items)
        for number, items in of_sample.items()
        if all(row["found"] is not None for row in items)
    }


def _drawn(items):
    draws = sum(row["draws"] for row in items)
    kept = sum(row["draws"] * exactly(row["found"]) / exactly(row["confirmed"]) for row in items)
    return 1 - Fraction(kept) / draws


def _whole(items):
    confirmed, found, counts = defaultdict(Fraction), defaultdict(Fraction), defaultdict(int)
    for row in items:
        confirmed[row["unit"]] += exactly(row["confirmed"])
        found[row["unit"]] += exactly(row["found"])
        counts[row["unit"]] += 1
    kept = sum(found[unit] / confirmed[unit] * counts[unit] for unit in counts)
    return 1 - kept / len(items)
