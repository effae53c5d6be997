"""A file as sheets of rows, whatever kind of file it is; what can't be read is refused with what to do."""

from pathlib import Path

from . import releases as releases_files
from . import text_files, workbooks
from .tables import BrokenRow, Sheet, Unreadable

__all__ = ["MOST_BYTES", "BrokenRow", "Sheet", "Unreadable", "read"]
MOST_BYTES = 60 * 1024 * 1024
OLD_EXCEL = "This is an old Excel file (.xls) or has a password. Save it as .xlsx or CSV, without one."


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
    if start[:4] == b"PK\x03\x04":
        return workbooks.read(path)
    if start[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Unreadable(OLD_EXCEL)
    if releases and releases_files.is_json(start):
        return [releases_files.read(path, name)]
    text_files.refuse_endless_lines(path)
    return [text_files.read(path.read_bytes(), name)]
