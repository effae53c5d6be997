"""A workbook as sheets. What a cell's format says and its bare number does not is put into words: a currency, a
per cent, leading noughts; what a person does not see on the sheet is told.
"""

import io
import re
import zipfile

from defusedxml.ElementTree import iterparse
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from .tables import MOST_COLUMNS, Sheet, Unreadable

MOST_UNPACKED = 400 * 1024 * 1024
MOST_MERGED = 200_000  # cells that a merged one covers
WANTS_SURVEY = re.compile(rb"[<:]f[ >/]|mergeCell|hidden=")
STRICT = "This is a “Strict Open XML” workbook. Save it as an ordinary Excel workbook (.xlsx)."
DAMAGED = "This workbook is damaged or has a password. Save it again as .xlsx or CSV."


def read(path):
    """[Sheet] of the visible sheets of a workbook."""
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
            if unpacked > MOST_UNPACKED:
                raise Unreadable("This workbook unpacks to more than it should. Save the table as CSV instead.")
            if "xl/workbook.xml" not in archive.namelist():
                raise Unreadable("This is not an Excel workbook. Export the table as CSV or XLSX.")
            if b"purl.oclc.org/ooxml" in archive.read("xl/workbook.xml")[:4000]:
                raise Unreadable(STRICT)
        book = load_workbook(path.open("rb"), read_only=True, data_only=True)
    except Unreadable:
        raise
    except Exception as error:  # whatever a damaged archive makes the reader raise
        raise Unreadable(DAMAGED) from error
    with zipfile.ZipFile(path) as archive:
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        return [_whole(sheet.title, _sheet_of, sheet, archive, book) for sheet in shown]


def _whole(name, read_it, *arguments):
    """What `read_it` returns; Unreadable where a part of the workbook is not what Excel would have written."""
    try:
        return read_it(*arguments)
    except Unreadable:
        raise
    except Exception as error:  # whatever the libraries raise over numbers, names and places that are none
        raise Unreadable(
            f"“{name}” is damaged. Open the workbook in Excel, save it again as .xlsx, and try."
        ) from error


def _guarded(name, rows):
    """The rows, each read by _whole."""
    rows, end = iter(rows), object()
    while (row := _whole(name, next, rows, end)) is not end:
        yield row


def _sheet_of(sheet, archive, book):
    xml = archive.read(sheet._worksheet_path.lstrip("/"))
    seen = survey(xml) if WANTS_SURVEY.search(xml) else Survey()
    made = Sheet(
        sheet.title, None, lettered=True, has_formulas=seen.has_formulas, unreckoned=frozenset(seen.unreckoned),
        from_1904=book.epoch == CALENDAR_MAC_1904,
        told=dict.fromkeys(seen.hidden, "This row is hidden in the workbook; it was read all the same."),
    )  # fmt: skip
    made.rows = _guarded(sheet.title, _rows(sheet, covered(seen.merged), struck_styles(book), made.told))
    return made


class Survey:
    """What stands in a sheet's XML and is lost on the way: formulas, those never worked out, merged areas (left, top,
    right, bottom, from 1), hidden rows; a cell is (row, column from 0).
    """

    def __init__(self):
        self.has_formulas, self.unreckoned, self.merged, self.hidden = False, set(), [], []
        self.row = self.column = 0

    def begins(self, kind, element):
        if kind == "row":
            self.row, self.column = int(element.get("r") or self.row + 1), 0
            if element.get("hidden") in ("1", "true"):
                self.hidden.append(self.row)
        elif kind == "c" and element.get("r"):
            self.column, self.row, _, _ = range_boundaries(element.get("r"))
        elif kind == "c":
            self.column += 1
        elif kind == "mergeCell":
            self.merged.append(range_boundaries(element.get("ref")))

    def ends(self, kind, element):
        if kind == "c":
            parts = {child.tag.rpartition("}")[2]: child.text for child in element}
            is_text = element.get("t") == "str"  # whose result may well be empty
            self.has_formulas = self.has_formulas or "f" in parts
            if "f" in parts and ("v" not in parts or not (parts["v"] or is_text)):
                self.unreckoned.add((self.row, self.column - 1))
        if kind in ("c", "row"):
            element.clear()


def survey(xml):
    """The Survey of a sheet."""
    found = Survey()
    for event, element in iterparse(io.BytesIO(xml), events=("start", "end")):
        kind = element.tag.rpartition("}")[2]
        (found.begins if event == "start" else found.ends)(kind, element)
    return found


def covered(areas):
    """{row: {column from 0: (row, column) that holds the value}} of areas higher than one row."""
    source, merged = {}, 0
    for left, top, right, bottom in areas:
        if bottom == top:
            continue  # a heading over several columns, or a note: it belongs to none of them
        merged += (bottom - top + 1) * (right - left + 1)
        if merged > MOST_MERGED:
            raise Unreadable(
                "So many cells of this workbook are merged that it can’t be read. Take that off, and save it."
            )
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                source.setdefault(row, {})[column - 1] = (top, left - 1)
    return source


def struck_styles(book):
    """Numbers of the cell styles whose font is struck out."""
    fonts = {number for number, font in enumerate(book._fonts) if font.strike}
    return {number for number, style in enumerate(book._cell_styles) if style.fontId in fonts} if fonts else set()


def _rows(sheet, merged, struck, told):
    """(row number, values) of rows that hold something; what is struck out is told."""
    sheet.reset_dimensions()
    tops = {}
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if len(cells) > MOST_COLUMNS:
            raise Unreadable(f"Row {number} has more than {MOST_COLUMNS:,} columns. Delete those that are empty.")
        values = [worded(cell) for cell in cells]
        for column, top in merged.get(number, {}).items():
            if top == (number, column):
                tops[top] = values[column] if column < len(values) else None
            elif column < len(values) and values[column] is None:
                values[column] = tops.get(top)
        if any(value is not None for value in values):
            if struck and any(getattr(cell, "_style_id", None) in struck for cell in cells if cell.value is not None):
                told.setdefault(number, "This row is struck out in the workbook; it was read all the same.")
            yield number, values


LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]')


def worded(cell):
    """A cell's value; as text where its format says what the bare number does not."""
    value = cell.value
    if isinstance(value, str):
        return value.replace("_x000D_", "").replace("\r\n", "\n") if "_x" in value or "\r" in value else value
    if not isinstance(value, int | float) or isinstance(value, bool):
        return value
    code = cell.number_format
    return value if code in ("General", "0", "0.00", "#,##0", "#,##0.00", None) else shown_as(value, code)


def shown_as(value, code):
    """A number as its format shows it where that means something else: per cent, another currency, noughts, letters."""
    part = code.split(";")[0]
    words = "".join("".join(found) for found in LITERAL.findall(part)).strip()
    bare = LITERAL.sub("", part)
    if "%" in bare:
        return f"{value * 100:g}%"
    if "$" in words or "$" in bare or "€" in part or "USD" in words or "EUR" in words:
        return f"{'€' if '€' in part or 'EUR' in words else '$'}{value:,.2f}"
    letters = re.sub(r"[£\s,.()\-+/]", "", words)
    if re.fullmatch(r"0{2,}", bare.strip()) and isinstance(value, int):
        return f"{letters}{value:0{len(bare.strip())}d}"
    if letters and not re.search(r",\s*$", bare.strip()):  # a comma at the end divides what is shown, not what is meant
        text = f"{value:g}" if isinstance(value, float) else str(value)
        return f"{letters}{text}" if part.lstrip().startswith(('"', "\\", "[")) else f"{text}{letters}"
    return value
