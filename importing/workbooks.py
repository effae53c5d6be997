"""A workbook as sheets. What a cell's format says and its bare number does not is put into words: a currency, a
per cent, leading noughts; what a person does not see on the sheet is told.
"""

import re
import zipfile
from xml.etree.ElementTree import iterparse

from openpyxl import load_workbook
from openpyxl.reader import strings
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils import range_boundaries
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet import _reader

from .tables import MOST_COLUMNS, Sheet, Unreadable

MOST_UNPACKED = 400 * 1024 * 1024
MOST_MERGED = 200_000  # cells that a merged one covers
AT_ONCE = 1024 * 1024  # bytes of a part that are looked through together
WANTS_SURVEY = re.compile(rb"[<:]f[ >/]|mergeCell|hidden=")
DECLARES = tuple("<!DOCTYPE".encode(name) for name in ("ascii", "utf-16-le", "utf-16-be"))
STRICT = "This is a “Strict Open XML” workbook. Save it as an ordinary Excel workbook (.xlsx)."
DECLARED = "This workbook declares what no workbook does. Save it again as .xlsx or CSV."
DAMAGED = "This workbook is damaged or has a password. Save it again as .xlsx or CSV."

# With defusedxml beside it, openpyxl reads with a parser written in Python, which takes several times as long as
# Python's own. What that one guards against needs a DOCTYPE, and no part with one gets as far as a parser.
_reader.iterparse = strings.iterparse = iterparse


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
            for part in archive.namelist():
                if part.endswith((".xml", ".rels")) and holds(archive, part, re.compile(b"|".join(DECLARES))):
                    raise Unreadable(DECLARED)
        book = load_workbook(path.open("rb"), read_only=True, data_only=True)
    except Unreadable:
        raise
    except Exception as error:  # whatever a damaged archive makes the reader raise
        raise Unreadable(DAMAGED) from error
    with zipfile.ZipFile(path) as archive:
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        made = [_whole(sheet.title, _sheet_of, sheet, archive, book) for sheet in shown]
    hidden = [f"“{sheet.title}”" for sheet in book.worksheets if sheet not in shown]
    if hidden and made:
        words = f"Hidden in the workbook, and left out: {', '.join(hidden)}."
        made[0].told[1] = f"{made[0].told.get(1, '')} {words}".strip()
    return made


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


def holds(archive, part, pattern):
    """Whether a part of the archive holds what a pattern of bytes finds, read piece by piece."""
    with archive.open(part) as file:
        before = b""
        while piece := file.read(AT_ONCE):
            if pattern.search(before + piece):
                return True
            before = piece[-32:]
    return False


def _sheet_of(sheet, archive, book):
    part = sheet._worksheet_path.lstrip("/")
    seen = Survey()
    if holds(archive, part, WANTS_SURVEY):
        with archive.open(part) as file:
            seen = survey(file)
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


def survey(file):
    """The Survey of a sheet's XML."""
    found = Survey()
    for event, element in iterparse(file, events=("start", "end")):  # noqa: S314, no part with a DOCTYPE gets here
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


def _formats(book):
    """{number of a cell style: its number format}"""
    own = dict(enumerate(book._number_formats, start=164))
    numbers = ((number, style.numFmtId) for number, style in enumerate(book._cell_styles))
    return {number: own.get(code) or BUILTIN_FORMATS.get(code) for number, code in numbers}


def _cells(sheet):
    """(row number, [{"column" from 1, "value", "style_id", ...}]) of each row that the sheet's XML has."""
    book = sheet.parent
    with sheet._get_source() as source:
        parser = _reader.WorkSheetParser(
            source, sheet._shared_strings, data_only=True, epoch=book.epoch, date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )  # fmt: skip
        yield from parser.parse()


def _rows(sheet, merged, struck, told):
    """(row number, values) of rows that hold something; what is struck out is told."""
    tops, formats = {}, _formats(sheet.parent)
    for number, cells in _cells(sheet):
        width = cells[-1]["column"] if cells else 0
        if width > MOST_COLUMNS:
            raise Unreadable(f"Row {number} has more than {MOST_COLUMNS:,} columns. Delete those that are empty.")
        values = [None] * width
        for cell in cells:
            values[cell["column"] - 1] = worded(cell["value"], formats.get(cell["style_id"]))
        for column, top in merged.get(number, {}).items():
            if top == (number, column):
                tops[top] = values[column] if column < len(values) else None
            elif column < len(values) and values[column] is None:
                values[column] = tops.get(top)
        if any(value is not None for value in values):
            if struck and any(cell["style_id"] in struck for cell in cells if cell["value"] is not None):
                told.setdefault(number, "This row is struck out in the workbook; it was read all the same.")
            yield number, values


LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]')


def worded(value, code=None):
    """A cell's value; as text where its format says what the bare number does not."""
    if isinstance(value, str):
        return value.replace("_x000D_", "").replace("\r\n", "\n") if "_x" in value or "\r" in value else value
    if not isinstance(value, int | float) or isinstance(value, bool):
        return value
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
