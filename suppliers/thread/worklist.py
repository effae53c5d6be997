"""What somebody has to mend: which record, whose, why, and how."""

from ..models import ContractRecord, ProjectRecord
from . import metrics, records
from . import rules as thread_rules
from .report import NOT_KNOWN, kept


def worklist(as_at):
    """[{officer, directorate, record, key, title, why, how}] of all that somebody has to mend, by officer.

    `key` is a contract's reference key, "" for a project.
    """
    return kept("worklist", as_at, lambda: _worklist(as_at))


def _worklist(as_at):
    rules = thread_rules.current()
    thread = records.load(as_at, rules)
    found = metrics.measure(as_at, rules, thread)["metrics"]
    rows = []
    missing = set(found["social_value_recorded"].denominator_ids) - set(found["social_value_recorded"].numerator_ids)
    projects = ProjectRecord.objects.filter(extract=thread.projects_extract, plan_number__in=missing).order_by("line")
    for project in projects:
        if rules.meaning(project.status) == "completed" and project.plan_number in missing:
            missing.discard(project.plan_number)
            rows.append(_to_do(project, project.plan_id_as_typed, "Completed without social value recorded",
                               "Record in PM3 what was promised, or that nothing was."))  # fmt: skip
    unlinked = set(found["linked_since_go_live"].denominator_ids) - set(found["linked_since_go_live"].numerator_ids)
    contracts = ContractRecord.objects.filter(extract=thread.contracts_extract).order_by("line")
    for contract in contracts:
        reference = contract.reference.strip()
        if reference in unlinked:
            unlinked.discard(reference)
            rows.append(
                _to_do(contract, reference, _why_unlinked(contract), "Enter the Plan ID in Proactis as PM3-00000.")
                | {"key": contract.reference_key}
            )
    return sorted(rows, key=lambda row: (row["officer"] == NOT_KNOWN, row["officer"], row["record"]))


def _why_unlinked(contract):
    if contract.plan_unreadable:
        return f"The Plan ID “{contract.plan_id_as_typed.strip()}” can’t be read"
    if contract.plan_numbers:
        return f"PM3 has no project “{contract.plan_id_as_typed.strip()}”"
    return "No Plan ID"


def _to_do(row, record, why, how):
    return {
        "officer": row.officer or NOT_KNOWN,
        "directorate": row.directorate or NOT_KNOWN,
        "record": record,
        "key": "",
        "title": row.title,
        "why": why,
        "how": how,
    }
