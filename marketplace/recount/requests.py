"""How many requests are public, need help or are met, and what arrived, from requests, pledges and deliveries."""

from collections import defaultdict
from fractions import Fraction

from django.utils import timezone

from .rows import day_of, exactly, rows

REQUESTS = """
    SELECT r.id, r.unit, r.quantity, r.needed_by, r.live, t.state, t.published_at FROM requests_app_request r
    JOIN requests_app_requesttotals t ON t.request_id = r.id
"""
DELIVERIES = """
    SELECT d.state, d.confirmed, d.verified, d.pledge_id, p.request_id, r.unit FROM requests_app_delivery d
    JOIN requests_app_pledge p ON p.id = d.pledge_id JOIN requests_app_request r ON r.id = p.request_id
    WHERE d.state <> 'withdrawn' AND d.confirmed IS NOT NULL
"""
PLEDGES = "SELECT id, request_id, quantity, state FROM requests_app_pledge WHERE state IN ('accepted', 'completed')"


def figures():
    """{(figure, what it is narrowed to): amount}."""
    by_request, by_pledge, found = defaultdict(Fraction), defaultdict(Fraction), defaultdict(Fraction)
    for row in rows(DELIVERIES):
        amount = exactly(row["verified"] if row["verified"] is not None else row["confirmed"])
        by_request[row["request_id"]] += amount
        by_pledge[row["pledge_id"]] += amount
        found["arrived", f"unit={row['unit']}"] += amount
        if row["state"] == "verified":
            found["arrived_verified", f"unit={row['unit']}"] += amount
    accepted = defaultdict(Fraction)
    for row in rows(PLEDGES):
        quantity = exactly(row["quantity"])
        accepted[row["request_id"]] += quantity if row["state"] == "accepted" else min(quantity, by_pledge[row["id"]])
    today = timezone.localdate().isoformat()
    public = [row for row in rows(REQUESTS) if row["live"] and row["published_at"] is not None]
    found |= {("posted", ""): len(public), ("open", ""): 0, ("met", ""): 0}
    for row in public:
        quantity, arrived = exactly(row["quantity"]) or Fraction(0), by_request[row["id"]]
        in_time = row["needed_by"] is None or day_of(row["needed_by"]) >= today
        found["open", ""] += row["state"] == "open" and in_time and max(accepted[row["id"]], arrived) < quantity
        found["met", ""] += 0 < quantity <= arrived
    return dict(found)
