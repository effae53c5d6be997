"""Cells of a table that leaves the site: none that a spreadsheet would take for a formula."""

import csv
import io
import re
import unicodedata

STARTS = "=+-@"
UNSEEN = re.compile(r"^[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # what a workbook can't hold


def is_formula(text):
    """Whether a spreadsheet may reckon or run this: also behind blanks, and in full-width signs."""
    start = unicodedata.normalize("NFKC", UNSEEN.sub("", text)[:1])
    return start.startswith(tuple(STARTS)) or text[:1] in ("\t", "\r", "\n")


def guard(value):
    """A cell as it may leave: text with a quotation mark before what looks like a formula; numbers stay numbers."""
    if value is None:
        return ""
    if not isinstance(value, str):
        if isinstance(value, int | float) or hasattr(value, "as_tuple"):
            return value
        value = str(value)
    text = ILLEGAL.sub("", value)
    return f"'{text}" if is_formula(text) else text


def unguard(text):
    """A cell of our own export as it was before `guard`."""
    return text[1:] if text[:1] == "'" and is_formula(text[1:]) else text


def write_table(columns, rows):
    """CSV text of rows under their headings, no cell of it a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([guard(column) for column in columns])
    writer.writerows([guard(value) for value in row] for row in rows)
    return out.getvalue()
