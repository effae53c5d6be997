"""The rows of a return held against what is known of its contract: one finding a cell, the gravest that fits."""

from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal

from importing.cells import PLACEHOLDERS
from vocabulary.units import SINGULAR, Unit
from words.cells import unguard
from words.references import reference_key

from . import values

TEN_TIMES = 10
ROUNDING = 1
NUMBERS = ("committed", "planned", "quantity", "to_date", "proxy")
RAGS = ("red", "amber", "green")
PRINTED_UNITS = {Unit.POUNDS: ("gbp", "£"), Unit.TONNES_CO2E: ("tco2e",), Unit.PER_CENT: ("%",)}
NARRATIVE_WORDS = ("narrative", "described in words", "n/a")


@dataclass
class Finding:
    """What is to be said of a cell; `column` is its letter, `accept_as` the one safe reading or None."""

    sheet: str
    row: int
    column: str
    value: object
    code: str
    severity: str
    message: str
    accept_as: object = None

    as_dict = asdict


@dataclass(frozen=True)
class Known:
    """What is known of a commitment of the contract: `to_date` is what was delivered before the period."""

    unit: str
    unit_words: str = ""
    to_date: Decimal = Decimal(0)
    planned: Decimal | None = None
    already: Decimal = Decimal(0)  # what the marketplace has of the period itself
    milestones: tuple = ()  # what its plan says is to be reached in the period
    subject: object = None  # the Commitment, for whoever saves the line


@dataclass
class Line:
    """A row as it was read; `known` is None where its commitment is not one of the contract."""

    row: int
    reference: str
    known: Known | None = None
    numbers: dict = field(default_factory=dict)
    delivered_on: date | None = None
    evidence: str = ""
    rag: str = ""
    comment: str = ""

    @property
    def quantity(self):
        return self.numbers.get("quantity")


def check_rows(table, period, known):
    """([Line], [Finding]) of a table; `period` is (first, last) or None, `known` {reference key: Known}."""
    lines, findings, seen = [], [], {}
    for row in table.rows:
        line, said = _Row(table, period, row).read(known, seen)
        lines.append(line)
        findings += said
    return lines, findings


class _Row:
    """One row while it is read: `said` holds one problem for each of its columns."""

    def __init__(self, table, period, row):
        self.table, self.period, self.row = table, period, row
        self.said = {}

    def say(self, name, problem):
        """Note a problem of a column; an error takes the place of a warning, and a second warning joins the first."""
        before = self.said.get(name)
        if problem is None or (before and before.severity == "error"):
            return
        if before is None or problem.severity == "error":
            self.said[name] = problem
        else:
            self.said[name] = before._replace(message=f"{before.message} {problem.message}")

    def read(self, known, seen):
        row = self.row
        line = Line(row.number, unguard(values.read_text(row["reference"])))
        line.known = self.read_reference(line.reference, known, seen)
        line.evidence, line.comment = (values.read_text(row[name]) for name in ("evidence", "comment"))
        self.read_unit(line.known)
        given = self.read_numbers(line)
        self.read_rag(line)
        is_nothing = (given is None and not self.said.get("quantity")) or given == 0
        day, problem = values.read_day(row["delivered_on"], self.table.is_text, self.period, is_nothing)
        self.say("delivered_on", problem)
        line.delivered_on = day
        self.check_history(line)
        if given and (not line.evidence or PLACEHOLDERS.match(line.evidence)):
            self.say("evidence", values.warning("missing_evidence", "Something was delivered, and no evidence named."))
        return line, self.findings()

    def findings(self):
        """[Finding] in the order of the columns."""
        found = []
        for name, problem in self.said.items():
            cell = self.row[name] or self.row["reference"]
            found.append(Finding(self.table.sheet, cell.row, cell.column, cell.shown, *problem))
        return sorted(found, key=lambda finding: (len(finding.column), finding.column))

    def read_reference(self, reference, known, seen):
        key = reference_key(reference)
        found = known.get(key)
        if not key:
            self.say("reference", values.error("unknown_commitment", "This row names no commitment."))
        elif found is None:
            words = f"{reference} is not a commitment of this contract."
            self.say("reference", values.error("unknown_commitment", words))
        elif key in seen:
            words = f"Commitment {reference} already stands on row {seen[key]}."
            self.say("reference", values.error("duplicate_commitment", words))
        else:
            seen[key] = self.row.number
        return found

    def read_unit(self, known):
        text = self.row["unit"].text if self.row["unit"] else ""
        if known and text and text not in units_of(known):
            right = known.unit_words or Unit(known.unit).label
            words = f"The unit is “{self.row['unit'].shown}”, but the commitment is counted in {right}."
            self.say("unit", values.error("unit_differs_from_commitment", words))

    def read_numbers(self, line):
        """Read the number columns into the line, without those below 0; returns what stands as delivered, even so."""
        given = None
        for name in NUMBERS:
            number, problem = values.read_number(self.row[name], self.table.is_text)
            self.say(name, problem)
            if name == "quantity":
                given = number
            if number is not None and number < 0:
                self.say(name, values.error("negative_quantity", "Nothing can be less than 0 here. Correct it."))
                number = None
            line.numbers[name] = number
        if self.lacks_committed(line.known):
            words = "The whole contract’s quantity is not filled in."
            self.say("committed", values.warning("missing_committed", words))
        return given

    def lacks_committed(self, known):
        cell = self.row["committed"]
        if cell is None or cell.is_unreckoned or cell.text:
            return False
        unit = self.row["unit"].text if self.row["unit"] else ""
        return known.unit != Unit.NARRATIVE if known else unit not in NARRATIVE_WORDS

    def read_rag(self, line):
        text = self.row["rag"].text if self.row["rag"] else ""
        if text in RAGS:
            line.rag = text
        elif text:
            self.say("rag", values.error("bad_rag", "Choose Red, Amber or Green."))

    def check_history(self, line):
        """What was delivered beside what was planned for the period, and what was told before it."""
        quantity, to_date = line.quantity, line.numbers["to_date"]
        planned = line.numbers["planned"]
        if planned is None and line.known and "planned" not in self.said:
            planned = line.known.planned
        if quantity is not None and planned and quantity > TEN_TIMES * planned:
            words = f"{values.say(quantity)} is more than ten times the {values.say(planned)} planned for the period."
            self.say("quantity", values.warning("over_ten_times_committed", words))
        if to_date is None or line.known is None:
            return
        before = line.known.to_date
        if before + (quantity or 0) - to_date >= ROUNDING:
            words = f"Delivered to date, {values.say(to_date)}, is less than the {values.say(before)} before the period"
            words += "." if quantity is None else f" and the {values.say(quantity)} within it."
            self.say("to_date", values.warning("to_date_less_than_previous_plus_quarter", words))


def units_of(known):
    """Every word that stands for a commitment's unit, without case: its own, ours, what a template prints."""
    unit = Unit(known.unit)
    words = {unit.value, unit.value.replace("_", " "), unit.label, SINGULAR.get(unit, ""), known.unit_words}
    return {" ".join(word.split()).casefold() for word in (*words, *PRINTED_UNITS.get(unit, ())) if word}
