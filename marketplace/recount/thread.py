"""The three percentages of the golden thread as at the newest extracts, row by row, as decision 27 says them."""

from datetime import date, timedelta

from golden_thread.models import GoldenThreadRules, PartnerRules
from golden_thread.models.rules import Window

from .rows import day_of, rows

OWN = 0  # the site's own council, beside the numbers of partners
NEWEST = """
    SELECT id, as_at FROM golden_thread_extract WHERE system = %s AND COALESCE(council_id, 0) = %s
    ORDER BY as_at DESC, id DESC LIMIT 1
"""
FIRST_AFTER = """
    SELECT id, as_at FROM golden_thread_extract WHERE system = %s AND COALESCE(council_id, 0) = %s AND as_at >= %s
    ORDER BY as_at, id DESC LIMIT 1
"""
PROJECTS = """
    SELECT plan_number, status, completed_on, recorded FROM golden_thread_projectrecord
    WHERE extract_id = %s AND plan_number IS NOT NULL
"""
CONTRACTS = (
    "SELECT reference_key, status, signed_on, plan_numbers FROM golden_thread_contractrecord WHERE extract_id = %s"
)


def figures():
    """{(metric of an authority, "numerator" or "denominator"): count} of every authority that has extracts."""
    found = _of_authority(OWN, GoldenThreadRules.load(), "")
    for kept in PartnerRules.objects.order_by("council"):
        found |= _of_authority(kept.council_id, kept, f" of {kept.council_id}")
    return found


def _of_authority(number, kept, suffix):
    newest = [rows(NEWEST, system, number) for system in ("projects", "contracts")]
    if not all(newest):
        return {}
    as_at = min(day_of(found[0]["as_at"]) for found in newest)
    projects, contracts = (rows(FIRST_AFTER, system, number, as_at)[0]["id"] for system in ("projects", "contracts"))
    first, last = _window(kept.window, date.fromisoformat(as_at))
    completed, void, go_live = _words(kept.completed_words), _words(kept.void_words), kept.go_live.isoformat()
    plans = rows(PROJECTS, projects)
    known = {row["plan_number"] for row in plans}
    done = [
        row for row in plans if _status_key(row["status"]) in completed and first <= day_of(row["completed_on"]) <= last
    ]
    signed = [row for row in rows(CONTRACTS, contracts) if _status_key(row["status"]) not in void]
    found = _both(f"social_value_recorded{suffix}", done, "plan_number", lambda row: row["recorded"])
    for name, begin, end in (
        ("linked_rolling", max(first, go_live), last),
        ("linked_since_go_live", go_live, as_at),
    ):
        inside = [row for row in signed if begin <= day_of(row["signed_on"]) <= end]
        linked = {"key": "reference_key", "is_done": lambda row: known & set(map(int, row["plan_numbers"].split()))}
        found |= _both(f"{name}{suffix}", inside, **linked)
    return found


def _window(window, day):
    """(first, last) day of the twelve months, as text like 2026-11-26: each as decision 27 has it, said anew."""
    if window == Window.LAST_365_DAYS:
        return (day - timedelta(days=364)).isoformat(), day.isoformat()
    if window == Window.WHOLE_MONTHS:
        is_whole = (day + timedelta(days=1)).day == 1
        last = day if is_whole else day - timedelta(days=day.day)
        begin = last + timedelta(days=1)
        return f"{begin.year - 1:04}-{begin.month:02}-01", last.isoformat()
    before = date(day.year - 1, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)
    first = before if window == Window.ANNIVERSARY_INCLUSIVE else before + timedelta(days=1)
    return first.isoformat(), day.isoformat()


def _words(text):
    return {_status_key(line) for line in text.split("\n")} - {""}


def _status_key(status):
    """A status as it is compared, in any case and with any spaces."""
    return " ".join(status.lower().split())


def _both(name, counted, key, is_done):
    denominator = {row[key] for row in counted}
    numerator = {row[key] for row in counted if is_done(row)}
    return {(name, "denominator"): len(denominator), (name, "numerator"): len(numerator)}
