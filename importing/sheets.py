"""A file as sheets of rows, with row and column as a person sees them."""

import codecs
import csv
import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from defusedxml.ElementTree import iterparse
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

SEPARATORS = ",;\t|"
MOST_BYTES = 60 * 1024 * 1024
MOST_UNPACKED = 400 * 1024 * 1024
EMPTY_ROWS_TO_END = 5000
MOST_MERGED = 200_000  # rows of merged cells


class Unreadable(Exception):
    """The file can't be read at all; its text says what to do."""


class BrokenRow(Exception):
    """A row of text whose cells can't be told apart; its text says what to do."""

    def __init__(self, row, sentence):
        super().__init__(sentence)
        self.row = row


@dataclass
class Sheet:
    """`rows` yields (row number from 1, values). `lettered` sheets name columns by letter, others by heading.

    `has_formulas` is told of a workbook only; `unreckoned` are its cells, (row, column from 0), whose formula was
    never worked out, so that they look empty.
    """

    name: str
    rows: object
    lettered: bool = False
    has_formulas: bool = False
    unreckoned: frozenset = frozenset()
    by_semicolon: bool = False

    def column(self, index, heading):
        return get_column_letter(index + 1) if self.lettered else heading


def read(path, name=""):
    """The sheets of a CSV or XLSX file; Unreadable with a sentence for anything else.

    `name` is what people call the file, where it is kept under another name.
    """
    path = Path(path)
    name = name or path.name
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(8)
    except OSError as error:
        raise Unreadable(f"“{name}” can’t be opened. Check the name and that the file exists.") from error
    if size == 0:
        raise Unreadable(f"“{name}” is empty. Choose another file.")
    if size > MOST_BYTES:
        raise Unreadable(f"“{name}” is larger than {MOST_BYTES // 1024 // 1024} MB. Split it.")
    if start[:4] == b"PK\x03\x04":
        return _read_workbook(path)
    if start[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Unreadable("This is an old Excel file (.xls) or has a password. Save it as .xlsx or CSV, without one.")
    return [_read_csv(path, name)]


def decode(data):
    """Text of a CSV file: UTF-8 with or without a mark, UTF-16, else Windows-1252, as Excel saves it."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(name, errors="strict")
    sample = data[:2000]
    if sample.count(b"\0") > len(sample) // 4:
        return data.decode("utf-16-le" if sample[1:2] == b"\0" else "utf-16-be")
    if b"\0" in sample:
        raise Unreadable("This is not a CSV or XLSX file. Export the table from your system as one of those.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _read_csv(path, name):
    try:
        text = decode(path.read_bytes())
    except UnicodeDecodeError as error:
        raise Unreadable("The file’s letters can’t be read. Save it as CSV in UTF-8.") from error
    separator = guess_separator(text)
    csv.field_size_limit(1_000_000)

    def rows():
        number, width = 0, 0
        try:
            for values in csv.reader(io.StringIO(text), delimiter=separator, strict=True):
                number += 1
                width = max(width, len(values))
                refuse_swallowed_rows(number, values, separator, width)
                if any(values):
                    yield number, [value.replace("\xa0", " ") for value in values]
        except csv.Error as error:
            if "field larger" in str(error):
                raise Unreadable(f"Row {number + 1} holds a cell that is too long. Shorten it.") from error
            sentence = "A quotation mark is opened and never closed, or closed inside a cell. Correct it."
            raise BrokenRow(number + 1, sentence) from error

    return Sheet(name, rows(), by_semicolon=separator == ";")


def refuse_swallowed_rows(number, values, separator, width):
    """BrokenRow where a cell holds line ends together with as many separators as a row has: rows in quotes."""
    for value in values:
        if "\n" not in value and "\r" not in value:
            continue
        marks = len(re.findall(rf"{re.escape(separator)}(?=\S)", value))
        if marks >= max(width - 1, 1):
            last = number + len(value.splitlines()) - 1
            sentence = f"A quotation mark in row {number} seems to swallow rows up to {last}. Close it, or take it out."
            raise BrokenRow(number, sentence)


def guess_separator(text):
    """The separator that cuts the first thirty lines into the most even columns."""
    lines = [line for line in text[:20000].splitlines() if line.strip()][:30]

    def evenness(separator):
        widths = [len(row) for row in csv.reader(lines, delimiter=separator)]
        common = max(set(widths), key=widths.count) if widths else 1
        return (common > 1) * widths.count(common), common

    return max(SEPARATORS, key=evenness)


def _read_workbook(path):
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
            if unpacked > MOST_UNPACKED:
                raise Unreadable("This workbook unpacks to more than it should. Save the table as CSV instead.")
            if "xl/workbook.xml" not in archive.namelist():
                raise Unreadable("This is not an Excel workbook. Export the table as CSV or XLSX.")
        book = load_workbook(path.open("rb"), read_only=True, data_only=True)
    except Unreadable:
        raise
    except Exception as error:  # whatever a damaged archive makes the reader raise
        raise Unreadable("This workbook is damaged or has a password. Save it again as .xlsx or CSV.") from error
    with zipfile.ZipFile(path) as archive:
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        return [_whole(sheet.title, _sheet_of, sheet, archive) for sheet in shown]


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


def _sheet_of(sheet, archive):
    xml = archive.read(sheet._worksheet_path.lstrip("/"))
    formulas = re.search(rb"<(\w+:)?f[ >/]", xml) is not None
    return Sheet(
        sheet.title,
        _guarded(sheet.title, _sheet_rows(sheet, _merged_down(xml))),
        lettered=True,
        has_formulas=formulas,
        unreckoned=_unreckoned(xml) if formulas else frozenset(),
    )


def _unreckoned(xml):
    """(row, column from 0) of the cells that hold a formula and no result of it."""
    found, row, column = set(), 0, 0
    for event, element in iterparse(io.BytesIO(xml), events=("start", "end")):
        kind = element.tag.rpartition("}")[2]
        if event == "start":  # places may be left out: each is one further than the one before
            if kind == "row":
                row, column = int(element.get("r") or row + 1), 0
            elif kind == "c" and element.get("r"):
                column, row, _, _ = range_boundaries(element.get("r"))
            elif kind == "c":
                column += 1
            continue
        if kind != "c":
            continue
        parts = {child.tag.rpartition("}")[2]: child.text for child in element}
        is_text = element.get("t") == "str"  # whose result may well be empty
        if "f" in parts and ("v" not in parts or not (parts["v"] or is_text)):
            found.add((row, column - 1))
        element.clear()
    return frozenset(found)


def _merged_down(xml):
    """{row: {column: row that holds the value}} of cells merged downwards, columns from 0."""
    source, merged = {}, 0
    for area in re.findall(rb'<mergeCell [^>]*ref="([A-Z]+\d+:[A-Z]+\d+)"', xml):
        left, top, right, bottom = range_boundaries(area.decode())
        merged += bottom - top
        if merged > MOST_MERGED:
            raise Unreadable(
                "So many cells of this workbook are merged that it can’t be read. Take that off, and save it."
            )
        if right == left:
            for row in range(top, bottom + 1):
                source.setdefault(row, {})[left - 1] = top
    return source


def _sheet_rows(sheet, merged):
    sheet.reset_dimensions()
    tops, empty = {}, 0
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        values = list(cells)
        for column, top in merged.get(number, {}).items():
            if top == number:
                tops[top, column] = values[column] if column < len(values) else None
            elif column < len(values) and values[column] is None:
                values[column] = tops.get((top, column))
        if any(value is not None for value in values):
            empty = 0
            yield number, values
        else:
            empty += 1
            if empty > EMPTY_ROWS_TO_END:
                return
