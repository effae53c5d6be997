"""A file as sheets of rows, whatever kind of file it is; what can't be read is refused with what to do."""

from pathlib import Path

from . import releases as releases_files
from . import text_files, workbooks
from .tables import BrokenRow, Sheet, Unreadable

__all__ = ["MOST_BYTES", "BrokenRow", "Sheet", "Unreadable", "read"]
MOST_BYTES = 60 * 1024 * 1024
OLD_EXCEL = "This is an old Excel file (.xls) or has a password. Save it as .xlsx or CSV, without one."
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
EXCEL = (".xls", ".xlsm")  # by name; what is a workbook of today inside is read
OTHERS = {
    ".xls": "This is called .xls, which old versions of Excel wrote. Open it, and save it as .xlsx or CSV.",
    ".xlsm": "This is an Excel workbook with macros (.xlsm). Save it as .xlsx or CSV, without them.",
    ".xlsb": "This is a binary Excel workbook (.xlsb). Save it as .xlsx or CSV.",
    ".ods": "This is an OpenDocument spreadsheet (.ods). Save it as .xlsx or CSV.",
    ".numbers": "This is a Numbers spreadsheet. Export it as Excel (.xlsx) or CSV.",
    ".pdf": "This is a PDF, of which no table can be read. Ask for the list as .xlsx or CSV.",
    ".docx": "This is a Word document. Copy the table into a workbook, and save that as .xlsx or CSV.",
}


def what_it_is(name, start):
    """A sentence about a file that is of no kind that is read, by its name and its first bytes; "" where nothing is
    known of it.
    """
    if start[:8] == OLD:
        return OLD_EXCEL
    if start[:4] == b"%PDF":
        return OTHERS[".pdf"]
    return OTHERS.get(Path(name).suffix.lower(), "")


def read(path, name="", *, releases=False):
    """The sheets of a CSV or XLSX file; Unreadable with a sentence for anything else.

    `name` is what people call the file, where it is kept under another name; with `releases` it may also be JSON.
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
    other = what_it_is(name, start)
    is_packed = start[:4] == b"PK\x03\x04"
    if is_packed and (not other or Path(name).suffix.lower() in EXCEL):
        return workbooks.read(path)
    if is_packed or start[:8] == OLD or start[:4] == b"%PDF":
        raise Unreadable(other)
    if releases and releases_files.is_json(start):
        return [releases_files.read(path, name)]
    text_files.refuse_endless_lines(path)
    return [text_files.read(path.read_bytes(), name)]
