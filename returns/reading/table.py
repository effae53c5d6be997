"""The sheet that holds a return: its labels above, its heading row and the rows under it, all found by their names."""

from dataclasses import dataclass, field
from datetime import date, datetime

from openpyxl.utils import get_column_letter

from importing import sheets
from importing.cells import read_text
from importing.rows import is_filled

COLUMNS = {
    "reference": ("commitment ref", "commitment reference", "commitment id", "commitment no", "commitment number"),
    "description": ("commitment description", "description", "commitment"),
    "category": ("category", "theme"),
    "unit": ("unit", "units", "unit of measure"),
    "committed": ("committed (whole contract)", "committed whole contract", "committed in all"),
    "planned": ("committed this quarter", "committed this period", "planned this quarter", "planned this period"),
    "quantity": ("delivered this quarter", "delivered this period", "delivered in quarter", "delivered in period"),
    "to_date": ("delivered to date",),
    "proxy": ("proxy value (£)", "proxy value", "proxy value £", "proxy value (gbp)"),
    "delivered_on": ("date delivered", "delivered on", "delivery date"),
    "evidence": ("evidence",),
    "rag": ("rag", "rag status", "rag rating"),
    "comment": ("comments", "comment"),
}
NAMES = {heading: name for name, headings in COLUMNS.items() for heading in headings}
NEEDED = ("reference", "quantity")
LABELS = {
    "contract": ("contract reference", "contract ref", "contract id", "contract number"),
    "period": ("reporting period", "period", "return period", "quarter"),
    "currency": ("currency",),
}
LABEL_NAMES = {label: name for name, labels in LABELS.items() for label in labels}
TOTALS = ("total", "grand total")


class NoReturn(Exception):
    """No sheet holds a return; its text says what is missing."""


@dataclass(frozen=True)
class Cell:
    """A value where a person sees it."""

    row: int
    column: str
    value: object
    is_unreckoned: bool = False  # a formula whose result was never worked out

    @property
    def text(self):
        return fold(self.value)

    @property
    def shown(self):
        """The value as a finding tells it: days as YYYY-MM-DD, numbers as they are."""
        if isinstance(self.value, datetime | date):
            return (self.value.date() if isinstance(self.value, datetime) else self.value).isoformat()
        return "" if self.value is None else self.value if isinstance(self.value, int | float) else str(self.value)


@dataclass
class Row:
    """A row of the table by the names of its columns; `filled` counts all its cells, named or not."""

    number: int
    cells: dict
    filled: int

    def __getitem__(self, name):
        return self.cells.get(name)


@dataclass
class Table:
    sheet: str
    is_text: bool  # of a CSV: there every cell is text, and days are written DD/MM/YYYY
    heading_row: int
    columns: dict
    labels: dict
    rows: list = field(default_factory=list)
    twice: list = field(default_factory=list)  # [(Cell of a heading that stands there a second time, its name)]


def fold(value):
    """Text without case, with blanks and line ends made one space, outer ones and a last colon taken off."""
    text = read_text(value)[0] if not isinstance(value, datetime | date) else value.isoformat()
    return " ".join(text.split()).rstrip(":").rstrip().casefold()


def find_table(path, name=""):
    """The Table of the one sheet that holds a return; NoReturn, or importing.sheets.Unreadable and BrokenRow."""
    found = []
    for sheet in sheets.read(path, name):
        rows = list(sheet.rows)
        place, columns, twice = _headings(rows)
        if place is not None:
            found.append(_table(sheet, rows, place, columns, twice))
    whole = [table for table in found if set(NEEDED) <= set(table.columns)]
    if len(whole) > 1:
        names = ", ".join(f"“{table.sheet}”" for table in whole)
        raise NoReturn(f"The sheets {names} each hold a return. Keep one of them in a file.")
    if whole:
        return whole[0]
    if found:
        missing = next(COLUMNS[name][0] for name in NEEDED if name not in found[0].columns)
        raise NoReturn(f"There is no column “{missing[0].upper()}{missing[1:]}” in the sheet “{found[0].sheet}”.")
    raise NoReturn(
        "No row holds the headings of a return, such as “Commitment ref” and “Delivered this quarter”. "
        "Use the workbook from the return’s page."
    )


def _headings(rows):
    """(index of the heading row, {name: column from 0}, twice) of the row with most headings; None where none has 3."""
    best, found = None, {}
    for index, (_, values) in enumerate(rows):
        here = {}
        for column, value in enumerate(values):
            name = NAMES.get(fold(value)) if isinstance(value, str) else None
            if name:
                here.setdefault(name, column)
        if len(here) >= 3 and len(here) > len(found):
            best, found = index, here
    if best is None:
        return None, {}, []
    number, values = rows[best]
    twice = [
        (Cell(number, get_column_letter(column + 1), value), NAMES[fold(value)])
        for column, value in enumerate(values)
        if isinstance(value, str) and NAMES.get(fold(value)) and found[NAMES[fold(value)]] != column
    ]
    return best, found, twice


def _table(sheet, rows, place, columns, twice):
    number, headings = rows[place]
    table = Table(sheet.name, not sheet.lettered, number, columns, _labels(sheet, rows[:place]), twice=twice)
    repeated = {column: fold(headings[column]) for column in columns.values()}
    for number, values in rows[place + 1 :]:
        filled = sum(is_filled(value) for value in values)
        cells = {name: _cell(sheet, number, values, column) for name, column in columns.items()}
        says_headings = all(fold(values[c]) == text for c, text in repeated.items() if c < len(values))
        if filled and not (says_headings and len(values) > max(repeated)) and not _is_apart(cells, values, filled):
            table.rows.append(Row(number, cells, filled))
    return table


def _is_apart(cells, values, filled):
    """Whether a row is a total or a note: it names no commitment."""
    reference = cells["reference"].text if "reference" in cells else ""
    starts = [fold(value) for value in values if is_filled(value)]
    if reference and not (reference.startswith(TOTALS) or (filled == 1 and " " in reference)):
        return False
    return filled == 1 or any(text.startswith(TOTALS) for text in starts)


def _cell(sheet, number, values, column):
    value = values[column] if column < len(values) else None
    return Cell(number, get_column_letter(column + 1), value, (number, column) in sheet.unreckoned)


def _labels(sheet, rows):
    """{name: Cell beside the label}; the first of each name counts."""
    found = {}
    for number, values in rows:
        for column, value in enumerate(values):
            label, _, beside = str(value if value is not None else "").partition(":")
            name = LABEL_NAMES.get(fold(value)) or (LABEL_NAMES.get(fold(label)) if beside.strip() else None)
            if not name or name in found:
                continue
            if beside.strip():
                found[name] = Cell(number, get_column_letter(column + 1), beside.strip())
                continue
            right = next((c for c in range(column + 1, len(values)) if is_filled(values[c])), column + 1)
            found[name] = _cell(sheet, number, values, right)
    return found
