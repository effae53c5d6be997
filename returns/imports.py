"""A return from a file: read and held against what is known, shown, and only then saved, whole or not at all."""

import json
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from importing.sheets import BrokenRow
from organisations import sides
from suppliers import contracts
from suppliers.models import Contract
from vocabulary.quantities import ZERO
from vocabulary.units import WHOLE, Unit
from words.references import reference_key

from . import answering, known, lines, opening, periods
from .answering import Given
from .models import Answer, Return, ReturnLine
from .reading import Finding, check_rows, find_table
from .reading.table import NoReturn

Stage = ReturnLine.Stage
SALT = "returns.agreed"
TOLD = ("quantity", "delivered_on", "to_date", "evidence", "rag", "comment")


@dataclass
class Reading:
    """What a file says: `contract` and `period` (first, last) are None where they are not sure."""

    contract: object = None
    period: tuple | None = None
    lines: list = field(default_factory=list)
    findings: list = field(default_factory=list)

    @property
    def errors(self):
        return [finding for finding in self.findings if finding.severity == "error"]

    @property
    def warnings(self):
        return [finding for finding in self.findings if finding.severity == "warning"]

    @property
    def told(self):
        """[Line] that say how much was delivered of a commitment of the contract."""
        return [line for line in self.lines if line.known and line.quantity is not None]

    @property
    def may_be_saved(self):
        return bool(self.told) and not self.errors


def read(path, name="", *, expects=None):
    """The Reading of a file; importing.sheets.Unreadable where it is no CSV or workbook.

    `expects` is the Return that a supplier uploads it for: a file of another contract or period is an error.
    """
    reading = Reading()
    try:
        table = find_table(path, name)
    except NoReturn as missing:
        reading.findings.append(Finding("", 1, "", "", "no_headings", "error", str(missing)))
        return reading
    except BrokenRow as broken:
        reading.findings.append(Finding("", broken.row, "", "", "broken_row", "error", str(broken)))
        return reading
    for cell, column in table.twice:
        words = f"Two columns are called “{cell.shown}”: which one counts? Take one out."
        reading.findings.append(Finding(table.sheet, cell.row, cell.column, cell.shown, "column_twice", "error", words))
        table.columns.pop(column, None)
    _read_contract(table, reading, expects)
    _read_period(table, reading, expects)
    _check_currency(table, reading)
    of_contract = {}
    if reading.contract:
        of_contract = known.of_contract(reading.contract, *(reading.period or _today()))
    reading.lines, found = check_rows(table, reading.period, of_contract)
    reading.findings += found
    if reading.contract and reading.period:
        _check_rules(table, reading)
    return reading


def _today():
    today = timezone.localdate()
    return periods.first_of_quarter(today), periods.last_of_quarter(today)


def _say(reading, table, cell, code, words, severity="error", accept_as=None):
    row, column, value = (cell.row, cell.column, cell.shown) if cell else (table.heading_row, "", "")
    reading.findings.append(Finding(table.sheet, row, column, value, code, severity, words, accept_as))


def _read_contract(table, reading, expects):
    cell = table.labels.get("contract")
    key = reference_key(cell.value) if cell else ""
    found = contracts.by_key([key]).get(key) if key else None
    if not key:
        _say(reading, table, cell, "unknown_contract", "Fill in “Contract reference” above the table.")
    elif found is None:
        _say(reading, table, cell, "unknown_contract", f"No contract “{cell.text.upper()}” is in the register.")
    elif expects and found != expects.contract:
        words = f"This return is for contract {expects.contract.reference}. Choose the file made for it."
        _say(reading, table, cell, "another_contract", words)
    else:
        reading.contract = found


def _read_period(table, reading, expects):
    cell = table.labels.get("period")
    found = periods.read(cell.value) if cell else None
    if found is None:
        words = "Write the reporting period like Q3 2024/25, above the table."
        _say(reading, table, cell, "unknown_period", words)
        return
    if found.first > timezone.localdate():
        _say(reading, table, cell, "unknown_period", "This period has not begun yet.")
        return
    if expects and (found.first, found.last) != (expects.first_day, expects.last_day):
        _say(
            reading, table, cell, "another_period", f"This return is for {expects.period}. Choose the file made for it."
        )
        return
    reading.period = found.first, found.last
    if not found.is_plain:
        words = f"Read as {periods.say_whole(found.first, found.last)} if you agree."
        _say(reading, table, cell, "period_abbreviated", words, "warning", f"{found.first}/{found.last}")


def _check_currency(table, reading):
    cell = table.labels.get("currency")
    if cell and cell.text and cell.text not in ("gbp", "£", "pounds", "pounds sterling", "sterling"):
        _say(reading, table, cell, "second_currency", "Amounts of a return are in pounds. Enter them in pounds.")


def _check_rules(table, reading):
    """What the rules of the ledger say to each line, before anything is saved: the same refusals as on the screen."""
    rows = {row.number: row for row in table.rows}
    wrong = {(finding.row, finding.column) for finding in reading.errors}
    for line in reading.told:
        commitment = line.known.subject
        cell = rows[line.row]["quantity"]
        if (line.row, cell.column) in wrong:
            continue
        if commitment.unit in WHOLE and line.quantity != int(line.quantity):
            words = f"Enter a whole number: {Unit(commitment.unit).label} are counted whole."
            _replace(reading, table, cell, "part_of_a_whole", words)
        elif line.quantity < line.known.already:
            words = f"The marketplace has {commitment.say(line.known.already)} of this period already: enter all of it."
            _replace(reading, table, cell, "less_than_recorded", words)
        elif line.quantity > line.known.already:
            _check_day(reading, table, line, commitment, rows[line.row]["delivered_on"] or cell)


def _check_day(reading, table, line, commitment, cell):
    first, last = reading.period
    unsaved = Return(contract=commitment.contract, first_day=first, last_day=last)
    answer = Answer(commitment=commitment, delivered_on=line.delivered_on)
    try:
        lines.check_day(commitment, answering.day_of(answer, unsaved))
    except ValidationError as refused:
        _replace(reading, table, cell, "outside_the_contract", " ".join(refused.messages))


def _replace(reading, table, cell, code, words):
    """An error of a cell, in the place of whatever else was said of it."""
    reading.findings = [f for f in reading.findings if (f.row, f.column) != (cell.row, cell.column)]
    _say(reading, table, cell, code, words)


def given(reading):
    """{commitment id: Given} of what a file says, each with what was noted of its row."""
    noted = {}
    for finding in reading.warnings:
        noted.setdefault(finding.row, []).append({"code": finding.code, "message": finding.message})
    return {
        line.known.subject.pk: Given(
            line.quantity, line.delivered_on, line.evidence, line.rag, line.comment, line.numbers["to_date"],
            findings=tuple(noted.get(line.row, ())),
        )
        for line in reading.told
    }  # fmt: skip


@dataclass
class Agreed:
    """What a person agreed to save of a file: {commitment id: Given} for a contract and a period.

    `seen` is how often the return had been changed when the preview was shown, None where nobody writes beside.
    """

    contract: object
    period: tuple
    given: dict
    seen: int | None = None


def agreed(reading):
    """The Agreed of a reading without errors; ValidationError for one with errors, or that says nothing."""
    if not reading.may_be_saved:
        raise ValidationError("A return with errors is not saved.", code="errors")
    return Agreed(reading.contract, reading.period, given(reading))


def pack(reading, seen=None):
    """A reading without errors as signed text, for the button that agrees to it."""
    what = agreed(reading)
    rows = {number: asdict(one) for number, one in what.given.items()}
    return signing.dumps(
        json.dumps([what.contract.pk, what.period, rows, seen], cls=DjangoJSONEncoder), salt=SALT, compress=True
    )  # fmt: skip


def unpack(token):
    """The Agreed of a text that `pack` signed; ValidationError where it is not ours, or a day old."""
    try:
        number, period, rows, seen = json.loads(signing.loads(token, salt=SALT, max_age=timedelta(days=1)))
    except signing.BadSignature as bad:
        raise ValidationError("This preview has run out. Upload the file again.", code="ran_out") from bad
    found = {}
    for commitment, row in rows.items():
        for name in ("quantity", "to_date"):
            row[name] = None if row[name] is None else Decimal(row[name])
        row["delivered_on"] = row["delivered_on"] and date.fromisoformat(row["delivered_on"])
        found[int(commitment)] = Given(**row)
    return Agreed(Contract.objects.get(pk=number), tuple(date.fromisoformat(day) for day in period), found, seen)


@transaction.atomic
def save_accepted(what, *, by=None, by_words=""):
    """Save an Agreed as an officer: each line counts as accepted. Returns (Return, how many lines changed).

    The same file again changes nothing. ValidationError where a rule refuses a line: then nothing is saved.
    """
    of_return = opening.hold(opening.of_period(what.contract, *what.period).pk)
    sides.refuse_own(by, *of_return.contract.organisations())
    answers = {answer.commitment_id: answer for answer in of_return.answers.select_related("line")}
    changed = 0
    for commitment in what.contract.commitments.filter(pk__in=what.given).order_by("pk"):
        answer = answers.get(commitment.pk) or Answer(of_return=of_return, commitment=commitment)
        changed += _accept(of_return, answer, what.given[commitment.pk], by, by_words)
    if changed or of_return.state != Return.State.ACCEPTED:
        _close(of_return, by, by_words)
    return of_return, changed


def _accept(of_return, answer, new, by, by_words):
    """Whether an answer became, or became again, what a file says of it, accepted."""
    before = answer.pk and (answer.state, _told(answer))
    answering.take(answer, new)
    is_same = before == (Answer.State.ACCEPTED, _told(answer))
    facts = known.of_commitments([answer.commitment], of_return.contract, of_return.first_day, of_return.last_day)
    already = facts[answer.commitment_id].already
    day, note = answering.day_of(answer, of_return), answering.note_of(of_return, answer)
    rest = answer.quantity - already
    if rest < 0:
        raise ValidationError(f"{answer.commitment}: the marketplace has more than that of this period already.")
    if is_same and answer.already == already and _stands_at(answer) == (rest, Stage.CONFIRMED):
        return False
    line = answering.put(answer, rest, day, note, by=by, by_words=by_words, stage=Stage.CONFIRMED)
    words = {"words": by_words}
    Answer.moves.make(
        answer, "restate", by=by, log_as="answer_accepted", data=words, already=already, line=line, asked=""
    )  # fmt: skip
    return True


def _stands_at(answer):
    """(quantity, stage) of an answer's line in the ledger: it may have been corrected by hand since it was accepted."""
    line = lines.standing(answer.line) if answer.line else None
    return (line.quantity, line.stage) if line and line.quantity else (ZERO, Stage.CONFIRMED)


def _told(answer):
    return tuple(getattr(answer, name) for name in TOLD)


def _close(of_return, by, by_words):
    """An officer's file answers the return as it stands, whoever's turn it was."""
    now = timezone.now()
    of_return.changes += 1
    of_return.save(update_fields=["changes"])
    sent = {} if of_return.sent_at else {"sent_at": now, "sent_by": by, "sent_by_words": by_words}
    answered = {"answered_at": now, "answered_by": by} | sent
    of_return.moves.make(of_return, "restate", by=by, log_as="imported", data={"words": by_words}, **answered)
