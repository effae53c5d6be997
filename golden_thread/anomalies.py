"""What an extract holds that somebody has to look at, as lists that name the record and its lines."""

from datetime import timedelta

from . import plan_ids


def anomalies(thread, as_at, window):
    """{kind of anomaly: records}; duplicates, future_dated and blank_date are told apart by projects and contracts."""
    projects, contracts = _of_projects(thread, as_at, window), _of_contracts(thread, as_at)
    both = {name: {"projects": projects.pop(name), "contracts": contracts.pop(name)} for name in _BOTH}
    unread = [{"line": plan.lines[0], "plan_id": plan.typed} for plan in thread.unread_plans]
    return both | contracts | projects | {"plan_id_not_readable": unread}


_BOTH = ("duplicates", "future_dated", "blank_date")


def _of_projects(thread, as_at, window):
    first, last = window
    names = (*_BOTH, "cancelled_in_window", "dated_but_not_completed", "completed_and_cancelled")
    found = {name: [] for name in names}
    for number, plan in sorted(thread.plans.items()):
        if len(plan.lines) > 1:
            conflict = len(set(plan.said)) > 1
            found["duplicates"].append({"id": number, "lines": list(plan.lines), "sv_conflict": conflict})
        if not plan.days and "completed" in plan.meanings:
            found["blank_date"].append(number)
        if plan.days and (latest := max(plan.days)) > as_at:
            found["future_dated"].append({"id": number, "date": latest.isoformat()})
        if any(meaning == "cancelled" and first <= day <= last for meaning, day in plan.other_days):
            found["cancelled_in_window"].append(number)
        if {"completed", "cancelled"} <= set(plan.meanings):
            found["completed_and_cancelled"].append(number)
        if any(meaning != "cancelled" for meaning, _ in plan.other_days):
            found["dated_but_not_completed"].append(number)
    return found


def _of_contracts(thread, as_at):
    names = (*_BOTH, "orphans", "unparseable", "void", "on_go_live_day", "day_before_go_live")
    found = {name: [] for name in names}
    go_live = thread.rules.go_live
    day_before = go_live - timedelta(days=1)
    for contract in thread.signed.values():
        if len(contract.lines) > 1:
            typed = list(contract.typed)
            found["duplicates"].append({"ref": contract.reference, "lines": list(contract.lines), "pm3_values": typed})
        if not contract.live:
            found["void"].append(contract.reference)
        elif not contract.days:
            found["blank_date"].append(contract.reference)
        elif (latest := max(contract.days)) > as_at:
            found["future_dated"].append({"ref": contract.reference, "date": latest.isoformat()})
        if go_live in contract.days:
            found["on_go_live_day"].append(contract.reference)
        if day_before in contract.days:
            found["day_before_go_live"].append(contract.reference)
        if contract.numbers and thread.plans.keys().isdisjoint(contract.numbers):
            typed = [text.strip() for text in contract.typed if plan_ids.read(text).numbers]
            found["orphans"].append({"ref": contract.reference, "pm3": typed})
        elif not contract.numbers and contract.unread:
            found["unparseable"].append({"ref": contract.reference, "pm3": [text.strip() for text in contract.unread]})
    return found
