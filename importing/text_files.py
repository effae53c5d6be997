"""Text with separators as a sheet: its encoding, line ends, separator and quotes are found by what stands in it."""

import codecs
import csv
import re

from .tables import MOST_COLUMNS, BrokenRow, Sheet, Unreadable

SEPARATORS = ",;\t|"
SAYS_SEPARATOR = re.compile(r"^\ufeff?\"?sep=(.)\"?\s*$", re.IGNORECASE)
GARBLED = re.compile("Ã[\x80-\xbf©¨¢«®´¶¼]|Â[£©®°\xa0]|â€|\ufffd")
STRAY = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")  # ends of pages and lines that end no row
LONGEST_LINE, AT_ONCE = 8 * 1024 * 1024, 1024 * 1024  # bytes
NOT_TEXT = "This is not a CSV or XLSX file. Export the table from your system as one of those."
KINDS = (
    (re.compile(rb"\s*(<!doctype html|<html|<table)", re.I), "a web page. Open it in Excel and save it as XLSX"),
    (re.compile(rb"\s*<\?xml"), "XML. Export the table as CSV or XLSX"),
    (re.compile(rb"\s*[\[{]\s*[\"{\[]"), "JSON. Export the table as CSV or XLSX"),
    (re.compile(rb"%PDF-"), "a PDF. Ask for the table as CSV or XLSX"),
    (re.compile(rb"\{\\rtf"), "a document. Ask for the table as CSV or XLSX"),
)  # fmt: skip


def read(data, name):
    """The Sheet of a text file's bytes."""
    for pattern, what in KINDS:
        if pattern.match(data[:400]):
            raise Unreadable(f"“{name}” holds {what}.")
    try:
        text, told = decode(data)
    except UnicodeDecodeError as error:
        raise Unreadable("The file’s letters can’t be read. Save it as CSV in UTF-8.") from error
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    first, _, rest = text.partition("\n")
    said = SAYS_SEPARATOR.match(first)
    separator = said[1] if said else guess_separator(text)
    csv.field_size_limit(1_000_000)
    sheet = Sheet(name, None, by_semicolon=separator == ";", no_line_end=not text.endswith("\n"), told=told)
    sheet.rows = rows_of(rest if said else text, separator, sheet, 1 if said else 0)
    return sheet


def refuse_endless_lines(path):
    """Unreadable where a line is longer than any row of cells: told before the file is taken in."""
    number, length = 1, 0
    with path.open("rb") as file:
        while piece := file.read(AT_ONCE):
            ends = piece.replace(b"\r", b"\n")
            first = ends.find(b"\n")
            length += len(ends) if first < 0 else first
            if length > LONGEST_LINE:
                raise Unreadable(f"Line {number} holds a cell that is too long, or is no row. Correct it.")
            if first >= 0:
                number, length = number + ends.count(b"\n"), len(ends) - ends.rfind(b"\n")


def decode(data):
    """(text, {line: sentence}) of a text file: UTF-8, UTF-16, else Windows-1252, as Excel saves it.

    Where most lines beyond plain letters are UTF-8, the others alone are read as Windows-1252, and told.
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            data = data[len(mark) :] if name == "utf-8" else data
            if name == "utf-16":
                return data.decode(name, errors="strict"), {}
            break
    sample = data[:2000]
    if sample.count(b"\0") > len(sample) // 4:
        return data.decode("utf-16-le" if sample[1:2] == b"\0" else "utf-16-be"), {}
    if b"\0" in sample:
        raise Unreadable(NOT_TEXT)
    try:
        return data.decode("utf-8"), {}
    except UnicodeDecodeError:
        return by_line(data)


def by_line(data):
    """Text of several encodings: each line by itself where UTF-8 is there at all, else all of it as Excel saves it."""
    end = b"\n" if b"\n" in data else b"\r"
    lines, decoded, others, in_utf8 = data.split(end), [], [], 0
    for number, line in enumerate(lines, start=1):
        try:
            decoded.append(line.decode("utf-8"))
            in_utf8 += any(byte > 127 for byte in line)
        except UnicodeDecodeError:
            decoded.append(line.decode("cp1252", errors="replace"))
            others.append(number)
    if not in_utf8:
        return data.decode("cp1252", errors="replace"), {}
    sentence = "This line is not in the encoding of the rest of the file: check its letters and signs."
    return end.decode().join(decoded), dict.fromkeys(others, sentence)


def rows_of(text, separator, sheet, before):
    """(row number, cells) of each row that holds something; BrokenRow for one whose cells can't be told apart."""
    number, width = before, 0
    try:
        for values in csv.reader(lines_of(text), delimiter=separator, strict=True):
            number += 1
            if len(values) > MOST_COLUMNS:
                raise Unreadable(f"Row {number} has more than {MOST_COLUMNS:,} columns. Delete those that are empty.")
            width = max(width, len(values))
            refuse_swallowed_rows(number, values, separator, width)
            if any(values):
                yield number, [clean(value, number, sheet) for value in values]
    except csv.Error as error:
        if "field larger" in str(error):
            raise Unreadable(f"Row {number + 1} holds a cell that is too long. Shorten it.") from error
        sentence = "A quotation mark is opened and never closed, or closed inside a cell. Correct it."
        raise BrokenRow(number + 1, sentence) from error


def lines_of(text):
    """The lines of a text, each with its end, one after the other."""
    start = 0
    while end := text.find("\n", start) + 1:
        yield text[start:end]
        start = end
    if start < len(text):
        yield text[start:]


def clean(value, number, sheet):
    """A cell without marks that end no row; letters that look garbled are told."""
    value = STRAY.sub(" ", value.replace("\xa0", " "))
    if GARBLED.search(value):
        sheet.told.setdefault(number, f"“{value[:60]}” looks garbled: the file was saved in the wrong encoding.")
    return value


def refuse_swallowed_rows(number, values, separator, width):
    """BrokenRow where a cell holds line ends together with as many separators as a row has: rows in quotes."""
    for value in values:
        if "\n" not in value:
            continue
        marks = len(re.findall(rf"{re.escape(separator)}(?=\S)", value))
        if marks >= max(width - 1, 1):
            last = number + len(value.splitlines()) - 1
            sentence = f"A quotation mark in row {number} seems to swallow rows up to {last}. Close it, or take it out."
            raise BrokenRow(number, sentence)


def guess_separator(text):
    """The separator that cuts the first thirty lines into the most even columns."""
    lines = [line for line in text[:20000].split("\n") if line.strip()][:30]

    def evenness(separator):
        widths = [len(row) for row in csv.reader(lines, delimiter=separator)]
        common = max(set(widths), key=widths.count) if widths else 1
        return (common > 1) * widths.count(common), common

    return max(SEPARATORS, key=evenness)
