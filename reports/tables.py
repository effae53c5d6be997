"""Reports as tables that leave the site: parts of a CSV file one below the other, sheets of a workbook; no formula."""

from dataclasses import dataclass
from io import BytesIO

from django.http import HttpResponse
from openpyxl import Workbook

from screens.frames import csv_file
from suppliers.pace import AMOUNTS
from words.cells import guard, write_table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STANDING = ("Counted in", "Promised", "Expected by now", "Claimed", "Confirmed", "Verified", "Pace")


@dataclass(frozen=True)
class Table:
    """A title of at most 31 characters (a sheet's), columns, and rows of cells."""

    title: str
    columns: tuple
    rows: list


def of_standings(standings):
    """The Table of [pace.Standing], or of a like."""
    rows = [[row.unit_label, *amounts(row), row.pace.value] for row in standings]
    return Table("Delivery", STANDING, rows)


def amounts(standing):
    """[number] of what stands, to two places."""
    return [round(float(getattr(standing, name)), 2) for name in AMOUNTS]


def of_facts(facts):
    """[Table] of a fact_sheet.FactSheet."""
    thread, returns, governance = facts.thread, facts.returns, facts.governance
    return [
        of_standings(facts.delivery),
        Table(
            "Contracts",
            ("Contract", "Title", "Supplier", "Directorate", "State", *STANDING),
            [
                [contract.reference, contract.title, contract.supplier, contract.directorate, contract.state,
                 line.unit_label, *amounts(line), line.pace.value]
                for contract in facts.contracts
                for line in contract.lines
            ],
        ),
        Table(
            "Golden thread",
            ("Figure", "Counted", "Of", "Per cent", "Target"),
            [
                [row.label, row.numerator, row.denominator, row.percent, row.target]
                for row in (thread.figures if thread else ())
            ],
        ),
        Table("Returns", ("What", "How many"), [[name.capitalize(), number] for name, number in vars(returns).items()]),
        Table(
            "Governance",
            ("What", "How many"),
            [
                ["Findings", governance.findings], ["Actions", governance.actions], ["Done", governance.done],
                ["Under way", governance.under_way], ["Not started", governance.open],
                ["No longer needed", governance.dropped], ["Late", len(governance.late)],
                ["Roles that nobody holds", len(governance.vacant)],
            ],
        ),
        Table(
            "How it was made", ("What", "Which"),
            [["As known on", facts.day.isoformat()], ["Made from", facts.version], ["Checked", facts.assurance]],
        ),
    ]  # fmt: skip


def file(tables, kind, name):
    """The tables as a response: "csv" or "xlsx"."""
    if kind == "csv":
        first, *others = tables
        parts = [write_table(first.columns, first.rows)]
        parts += [f"\r\n{write_table([each.title], [each.columns, *each.rows])}" for each in others]
        return csv_file("".join(parts), name)
    response = HttpResponse(as_workbook(tables), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def as_workbook(tables):
    """The bytes of a workbook with a sheet a table, its headings kept in sight."""
    book = Workbook()
    book.remove(book.active)
    for table in tables:
        sheet = book.create_sheet(table.title[:31])
        for row in (table.columns, *table.rows):
            sheet.append([guard(cell) for cell in row])
        sheet.freeze_panes = "A2"
    out = BytesIO()
    book.save(out)
    return out.getvalue()
