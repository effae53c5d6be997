"""What an import found and did, and what each kind of import must say of itself."""

from dataclasses import asdict, dataclass, field

from .touched import Stands

OF_A_COLUMN = "column_writing_asked"


@dataclass(kw_only=True, slots=True)
class Problem:
    """`column` and `value` are empty where a problem is the row's or the sheet's as a whole."""

    sheet: str
    row: int
    column: str = ""
    value: str = ""
    code: str
    message: str
    settled: str = ""  # "rows" or "empty" where somebody said what becomes of it


@dataclass(slots=True)
class Record:
    """One row of the file: what was read from it, and whether it may be saved."""

    sheet: str
    row: int
    values: dict
    columns: dict = field(default_factory=dict)
    faulty: bool = False
    key: object = None  # what makes it the same thing as another row


@dataclass
class Report:
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    duplicates: int = 0
    joined: int = 0
    saved: bool = False
    errors: list = field(default_factory=list)
    warnings: list = field(default_factory=list)
    unsure: list = field(default_factory=list)
    questions: list = field(default_factory=list)
    decisions: list = field(default_factory=list)
    told: list = field(default_factory=list)  # how columns are written, a sentence each
    tables: list = field(default_factory=list)
    changes: list = field(default_factory=list)
    gone: list = field(default_factory=list)

    def add(self, severity, **problem):
        (self.errors if severity == "error" else self.warnings).append(Problem(**problem))

    def ask(self, layout, heading, guess, confidence, choices, about="field"):
        """A question about a column, with three of its cells: what stands in it ("field"), or how it is written."""
        samples = [str(cell) for cell in layout.cells_under(layout.headings.index(heading)) if cell not in (None, "")]
        names = [each if isinstance(each, str) else each.name for each in choices]
        self.questions.append({
            "column": heading, "about": about, "samples": samples[:3], "guess": guess, "confidence": confidence,
            "choices": names,
        })  # fmt: skip

    def decide(self, column, field, how, why=""):
        """What was decided about a whole column, and on what evidence: what it is, and how it is written; one entry a
        column.
        """
        known = next((each for each in self.decisions if each["column"] == column and each["field"] == field), None)
        if known:
            known["how"], known["why"] = f"{known['how']}. {how}", f"{known['why']}; {why}".strip("; ")
            self.told.append(f"{column}: {how}")
        else:
            self.decisions.append({"column": column, "field": field, "how": how, "why": why})

    def as_dict(self):
        return asdict(self)


def note(report, record, name, cell, problem, settled=""):
    """Put a reader's (severity, code, sentence) about one cell into the report; an error makes its row faulty."""
    severity, code, message = problem
    report.add(
        severity,
        sheet=record.sheet,
        row=record.row,
        column=record.columns.get(name, name),
        value=str(cell if cell is not None else "")[:200],
        code=code,
        message=message,
        settled=settled,
    )
    record.faulty = record.faulty or severity == "error"


def refuse(report, record, field, words, code, severity="error"):
    """As `note`, of what was read from a cell."""
    note(report, record, field, record.values.get(field), (severity, code, words))


class Importer:
    """What one kind of file holds and how a row of it is saved. Subclasses fill these in."""

    kind = ""
    label = ""
    fields = []
    makes = ()  # required fields that `make` may fill in where a row leaves them empty
    keeps_repeats = False  # whether a thing said twice is kept twice
    asks_day = False  # whether it has to know the day whose state a file shows: made with (as_at, name, council)
    is_export = False  # whether only a system's own export will do: no formulas, not cut off
    touched = None  # the Touched of what is being saved
    reads_releases = False  # whether Open Contracting releases may be handed in as JSON
    leaves_other_sheets = False  # whether a workbook may hold sheets of something else

    def take_headings(self, headings):
        """Told [(field name, heading)] of each sheet that is read, in its order."""

    def asks(self, columns, unused):
        """[(heading, field name, sentence)] of unused columns whose cells look like one that a figure needs.

        `columns` are the names of the fields that were found, `unused` is {heading: [cells]}.
        """
        return []

    def made(self, columns):
        """{field: sentence} of required fields that have no column, and are made from others that have one."""
        return {}

    def make(self, values):
        """{field: value} of required fields that a row leaves empty, made from the rest of it; {} where it can't."""
        return {}

    def same(self, one, other):
        """Whether the values of two rows about one thing say the same."""
        return one == other

    def join(self, values, more):
        """Take another row about the same thing into `values` where both are true together, and say so in a sentence;
        "" where they contradict each other.
        """
        return ""

    def begin(self, records, by):
        """Called once before anything is saved, in the same transaction."""

    @staticmethod
    def councils():
        """[(number, name)] of partner authorities whose files these may be, beside the site's own council's."""
        return []

    def key_of(self, values):
        """What makes two rows the same thing."""
        raise NotImplementedError

    def check(self, record, report):
        """Problems that several cells make together."""

    def check_all(self, records, report):
        """Problems that all rows together make."""

    def existing(self, keys):
        """{key: object} of what is there already."""
        raise NotImplementedError

    def existing_of(self, record):
        """The object that a record is of, where its key alone does not tell; None where `existing` tells."""
        return

    def differs(self, found, values):
        """Whether saving `values` would change `found`."""
        return bool(self.differences(found, values))

    def differences(self, found, values):
        """[(name of a field, what stands there, what the row says)] of what saving would change."""
        return []

    def gone(self, records):
        """(names of things of this kind that a file of it held before and this one lacks, how many it held)."""
        return [], 0

    def rehearse(self, new, changed, by):
        """As `save`, of what will not be kept: for a preview. Where all that can refuse a row is known before anything
        is written, it need not be written.
        """
        self.save(new, changed, by)

    def save(self, new, changed, by):
        """Save new records and [(object, values)] changed; raises RowRefused for one that a rule forbids."""
        raise NotImplementedError

    def take_back(self, touched, by):
        """Undo what an import made and changed, in the transaction that is open; raises Stands with the reasons where
        something was built on it, and where this kind is history that is corrected instead.
        """
        raise Stands(f"{self.label} can’t be taken back: correct what is wrong instead, entry by entry.")


class RowRefused(Exception):
    """A row that passed the checks was refused while saving."""

    def __init__(self, record, column, message):
        super().__init__(message)
        self.record, self.column, self.message = record, column, message
