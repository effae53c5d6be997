"""Small extracts of PM3, Proactis and MySurrey in which every trap is laid once."""

import json
from datetime import date
from io import StringIO

import openpyxl
import pytest
from django.core.management import call_command

DAY = date(2026, 2, 28)
PROJECTS = [
    ["Plan ID", "Plan Title", "Directorate", "Procurement Officer", "Status", "Completed Date", "Social Value Recorded",
     "Social Value (£)"],
    ["PM3-00001", "Roads", "Place", "Ann", "Completed", "01/03/2025", "Yes", "£5,000"],
    ["PM3-00002", "Lights", "Place", "Ann", "complete ", "28/02/2026", "No", ""],
    ["PM3-00003", "A year ago to the day", "Place", "Ann", "Completed", "28/02/2025", "Yes", ""],
    ["PM3-00004", "Tomorrow", "Place", "Ben", "COMPLETED", "01/03/2026", "Y", ""],
    ["PM3-00005", "Given up", "Care", "Ben", "Cancelled", "01/09/2025", "Yes", ""],
    ["PM3-00006", "No date", "Care", "Ben", "Completed", "", "Yes", ""],
    ["PM3-00007", "Still open", "Care", "Ben", "In progress", "01/10/2025", "TRUE", ""],
    ["PM3-00008", "Said twice", "Care", "Ben", "Completed", "01/10/2025", "No", ""],
    ["PM3-00009", "Pending", "Care", "Ben", "Completed", "2025-11-02", "Pending", ""],
    ["pm3 8", "Said twice", "Care", "Ben", "Completed", "01/10/2025", "TRUE", ""],
    ["PM3-O0010", "A letter for a nought", "Care", "Ben", "Completed", "01/10/2025", "Yes", ""],
]  # fmt: skip
CONTRACTS = [
    ["Contract Ref", "Contract Title", "Supplier", "Date Signed", "PM3 Plan ID", "Record Status", "Contract Value"],
    ["C-1", "Roads", "Acme Ltd", "05-Mar-2025", "PM3-00001", "Live", "£10,000"],
    ["C-2", "Lights", "Brill Ltd", "06-Mar-2025", "999; PM3/00002", "Live", "20,000"],
    ["C-3", "Orphan", "Acme Ltd", "07-Mar-2025", "PM3-77777", "Live", "1"],
    ["C-4", "Not read", "Acme Ltd", "08-Mar-2025", "PM3 pending", "Live", "1"],
    ["C-5", "Says nothing", "Acme Ltd", "09-Mar-2025", "TBC", "Live", "1"],
    ["C-6", "Void", "Acme Ltd", "10-Mar-2025", "PM3-00001", "void ", "1"],
    ["C-7", "Not signed", "Acme Ltd", "", "PM3-00001", "Live", "1"],
    ["C-8", "To come", "Acme Ltd", "01-Mar-2026", "PM3-00001", "Live", "1"],
    ["C-9", "A year ago to the day", "Acme Ltd", "28-Feb-2025", "PM3-00003", "Live", "1"],
    ["C-10", "On go-live", "Acme Ltd", "03-Oct-2022", "4", "Live", "1"],
    ["C-11", "The day before", "Acme Ltd", "02-Oct-2022", "PM3-00001", "Live", "1"],
    ["c- 5", "Says nothing", "Acme Ltd", "09-Mar-2025", "PM3-00009", "Live", "1"],
]  # fmt: skip
FINANCE = [
    ["Supplier", "Contract Reference", "Payment Date", "Net Amount"],
    ["Acme Ltd", "C-1", "01/04/2025", "100.50"],
    ["Acme Ltd", "c-1 ", "01/05/2025", "99.50"],
    ["Acme Ltd", "X-404", "01/05/2025", "50"],
    ["Acme Ltd", "", "01/05/2025", "25"],
    ["Acme Ltd", "C-2", "01/05/2024", "1000"],
]  # fmt: skip


def as_csv(rows, separator=",", encoding="utf-8"):
    lines = [separator.join(f'"{cell}"' if separator in cell else cell for cell in row) for row in rows]
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


@pytest.fixture
def write(tmp_path):
    """Write rows as CSV, or a workbook of {sheet: rows}; bytes as they are."""

    def write_it(rows, name="extract.csv", **options):
        path = tmp_path / name
        if isinstance(rows, dict):
            book = openpyxl.Workbook()
            book.remove(book.active)
            for title, listed in rows.items():
                sheet = book.create_sheet(title)
                for row in listed:
                    sheet.append(row)
            book.save(path)
        else:
            path.write_bytes(rows if isinstance(rows, bytes) else as_csv(rows, **options))
        return str(path)

    return write_it


def run(*arguments):
    """(exit status, what was printed as JSON)."""
    out = StringIO()
    try:
        call_command(*arguments, "--json", stdout=out)
        status = 0
    except SystemExit as stop:
        status = stop.code
    return status, json.loads(out.getvalue())


def figures(day=DAY, *options):
    """{metric: (numerator, denominator)} and the whole answer."""
    found = run("golden_thread", "--as-at", str(day), *options)[1]
    return {name: (m["numerator"], m["denominator"]) for name, m in found["metrics"].items()}, found


@pytest.fixture
def extracts(db, write):
    """All three systems as at DAY."""
    for command, rows in (("projects", PROJECTS), ("contracts", CONTRACTS), ("finance", FINANCE)):
        status, report = run(f"import_{command}", write(rows, f"{command}.csv"), "--as-at", str(DAY))
        assert (status, report["saved"]) == (0, True), report["errors"]
