"""What somebody has to mend: which record, whose, why, and how."""

from dataclasses import dataclass

from . import metrics, plan_ids, records
from .figures import NOT_KNOWN, kept

RECORD_IT = "Record in PM3 what was promised, or that nothing was."
ENTER_IT = "Enter the Plan ID in Proactis, in the form PM3-12345."
KEEP_ONE = "Keep one of them and delete the other."
CORRECT_DAY = "Correct the date."
SAID_OF_A_RECORD = ("officer", "directorate", "title")


@dataclass(frozen=True)
class ToMend:
    """One thing to put right: whose it is, which record, why and how; `key` is a contract's reference key, or ""."""

    officer: str
    directorate: str
    record: str
    key: str
    title: str
    why: str
    how: str


def worklist(as_at, rules):
    """[ToMend] of all that somebody has to mend, by officer."""
    return kept("worklist", as_at, rules, lambda: _worklist(as_at, rules))


def _worklist(as_at, rules):
    thread = records.load(as_at, rules)
    found = metrics.measure_and_find(as_at, rules, thread)
    make = Rows(thread)
    recorded, linked = found.metrics["social_value_recorded"], found.metrics["linked_since_go_live"]
    done = set(recorded.numerator_ids)
    for number in recorded.denominator_ids:
        if number not in done:
            make.project(number, "Completed without social value recorded", RECORD_IT, recorded.rows[number])
    done = set(linked.numerator_ids)
    unlinked = {reference for reference in linked.denominator_ids if reference not in done}
    for key, contract in thread.signed.items():
        if contract.reference in unlinked:
            make.contract(key, _why_unlinked(contract), ENTER_IT, linked.rows[contract.reference])
    _amiss(found.anomalies, thread, make)
    return sorted(make.rows, key=lambda row: (row.officer == NOT_KNOWN, row.officer, row.record))


def _amiss(anomalies, thread, make):
    """What is wrong with a record, whether it counts or not."""
    for record in anomalies["duplicates"]["projects"]:
        conflict = ", and they differ on social value" if record["sv_conflict"] else ""
        make.project(record["id"], f"Stands on lines {_lines(record)} of PM3’s extract{conflict}", KEEP_ONE)
    for number in anomalies["blank_date"]["projects"]:
        make.project(number, "Completed without a date that can be read", CORRECT_DAY)
    for number in anomalies["completed_and_cancelled"]:
        make.project(number, "Both completed and cancelled", KEEP_ONE)
    for record in anomalies["future_dated"]["projects"]:
        make.project(record["id"], f"Completed on {record['date']}, which is in the future", CORRECT_DAY)
    for record in anomalies["plan_id_not_readable"]:
        make.add(record["plan_id"], "", "", "", f"The Plan ID on line {record['line']} of PM3’s extract can’t be read",
                 "Correct the Plan ID in PM3.")  # fmt: skip
    keys = {contract.reference: key for key, contract in thread.signed.items()}
    for record in anomalies["duplicates"]["contracts"]:
        make.contract(keys[record["ref"]], f"Stands on lines {_lines(record)} of Proactis’s extract", KEEP_ONE)
    for reference in anomalies["blank_date"]["contracts"]:
        make.contract(keys[reference], "Signed without a date that can be read", CORRECT_DAY)
    for record in anomalies["future_dated"]["contracts"]:
        make.contract(keys[record["ref"]], f"Signed on {record['date']}, which is in the future", CORRECT_DAY)


def _lines(record):
    return ", ".join(map(str, record["lines"]))


def _why_unlinked(contract):
    if contract.unread:
        return f"The Plan ID “{contract.unread[0].strip()}” can’t be read"
    if contract.numbers:
        typed = next(text for text in contract.typed if plan_ids.read(text).numbers)
        return f"PM3 has no project “{typed.strip()}”"
    return "No Plan ID"


class Rows:
    """Rows of the list, each with what the extracts say of its record."""

    def __init__(self, thread):
        self.thread, self.rows = thread, []

    def project(self, number, why, how, row=None):
        """`row` is the record that it is about, the project's first where left out."""
        plan = self.thread.plans[number]
        said = [self.thread.named(column)[0][row or plan.rows[0]] for column in SAID_OF_A_RECORD]
        self.add(plan.typed, *said, why, how)

    def contract(self, key, why, how, row=None):
        """As `project`, of a contract."""
        contract = self.thread.signed[key]
        said = [self.thread.named(column)[1][row or contract.rows[0]] for column in SAID_OF_A_RECORD]
        self.add(contract.reference, *said, why, how, key)

    def add(self, record, officer, directorate, title, why, how, key=""):
        self.rows.append(
            ToMend(
                officer=officer or NOT_KNOWN,
                directorate=directorate or NOT_KNOWN,
                record=record,
                key=key,
                title=title,
                why=why,
                how=how,
            )
        )
