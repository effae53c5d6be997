"""The three percentages of the golden thread as at the newest extracts, row by row, as decision 27 says them."""

from datetime import date, timedelta

from golden_thread import rules as thread_rules
from golden_thread.models import GoldenThreadRules
from golden_thread.models.rules import Window

from .rows import day_of, rows

NEWEST = "SELECT id, as_at FROM golden_thread_extract WHERE system = %s ORDER BY as_at DESC, id DESC LIMIT 1"
FIRST_AFTER = """
    SELECT id, as_at FROM golden_thread_extract WHERE system = %s AND as_at >= %s ORDER BY as_at, id DESC LIMIT 1
"""
PROJECTS = """
    SELECT plan_number, status, completed_on, recorded FROM golden_thread_projectrecord
    WHERE extract_id = %s AND plan_number IS NOT NULL
"""
CONTRACTS = (
    "SELECT reference_key, status, signed_on, plan_numbers FROM golden_thread_contractrecord WHERE extract_id = %s"
)


def figures():
    """{(metric, "numerator" or "denominator"): count}; nothing where there are no extracts, or under another window."""
    newest = [rows(NEWEST, system) for system in ("projects", "contracts")]
    kept = GoldenThreadRules.load()
    if not all(newest) or kept.window != Window.ANNIVERSARY_EXCLUSIVE:
        return {}
    last = min(day_of(found[0]["as_at"]) for found in newest)
    projects, contracts = (rows(FIRST_AFTER, system, last)[0]["id"] for system in ("projects", "contracts"))
    day = date.fromisoformat(last)
    before = date(day.year - 1, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)
    first, go_live = (before + timedelta(days=1)).isoformat(), kept.go_live.isoformat()
    completed, void = thread_rules.words(kept.completed_words), thread_rules.words(kept.void_words)
    plans = rows(PROJECTS, projects)
    known = {row["plan_number"] for row in plans}
    done = [
        row
        for row in plans
        if thread_rules.same_words(row["status"]) in completed and first <= day_of(row["completed_on"]) <= last
    ]
    signed = [row for row in rows(CONTRACTS, contracts) if thread_rules.same_words(row["status"]) not in void]
    found = _both("social_value_recorded", done, "plan_number", lambda row: row["recorded"])
    for name, begin in (("linked_rolling", max(first, go_live)), ("linked_since_go_live", go_live)):
        inside = [row for row in signed if begin <= day_of(row["signed_on"]) <= last]
        found |= _both(name, inside, "reference_key", lambda row: known & set(map(int, row["plan_numbers"].split())))
    return found


def _both(name, counted, key, is_done):
    denominator = {row[key] for row in counted}
    numerator = {row[key] for row in counted if is_done(row)}
    return {(name, "denominator"): len(denominator), (name, "numerator"): len(numerator)}
