"""What a reader would have to guess: asked about or refused, with its place, never taken for known (rule 13)."""

import re

from .headings import OF_MONEY, scale_in
from .report import note

ONLY_COMMAS = re.compile(r"\D*\d{1,3}(,\d{3})+\D*")  # a mark of thousands, unless the column writes points so
FORMULA = re.compile(r"^=\s*[A-Za-z(+\-@]")
NEVER_WORKED_OUT = "A formula that was never worked out. Open the workbook, save it, and try again."


def ask_about_columns(importer, sheet, headings, heading_row, columns, unsure, left, report):
    """Errors for columns whose guess would make a figure wrong: a scale in the heading, or one only nearly known.

    `left` are headings that nothing was made of and that nobody said to leave out.
    """
    by_name = {field.name: field for field in importer.fields}
    place = {"sheet": sheet.name, "row": heading_row}
    for name, index in columns.items():
        sentence = scale_in(headings[index]) if by_name[name].is_amount else ""
        if sentence:
            report.add("error", **place, column=headings[index], code="scale_in_heading", message=sentence)
    for heading in left:
        sentence = scale_in(heading) if OF_MONEY.search(str(heading)) else ""
        if sentence:
            message = f"{sentence} Or say that it is to be left out."
            report.add("error", **place, column=heading, code="scale_in_heading", message=message)
    for heading, name in unsure:
        if by_name[name].decides:
            message = f"“{heading}” may be the {by_name[name].label}, which a figure needs. Say so, or leave it out."
            report.add("error", **place, column=heading, code="column_asked", message=message)


def doubt_commas(sheet, only_commas, called, report):
    """Errors for amounts like 1,234 in a column that writes a point as a comma elsewhere."""
    proof = ("comma_or_point", "continental_number")
    columns = {p.column for p in [*report.errors, *report.warnings] if p.code in proof and p.sheet == sheet.name}
    others = "the file is separated by semicolons" if sheet.by_semicolon else "other cells of the column write it so"
    sure = {name for _, name, cell in only_commas if cell.count(",") > 1 or "£" in cell}  # no point is written so
    for record, name, cell in only_commas:
        if (sheet.by_semicolon and name not in sure) or called.get(name, name) in columns:
            message = f"“{cell}” may be thousands, or the comma a point: {others}."
            note(report, record, name, cell, ("error", "comma_or_point", message))


def refuse_formulas(sheets, records, report):
    """Errors for a workbook or a text file in which cells are reckoned, where only a system's own export will do."""
    found = [sheet.name for sheet in sheets if sheet.has_formulas]
    for record in records:
        formula = next((v for v in record.values.values() if isinstance(v, str) and FORMULA.match(v)), None)
        if formula and record.sheet not in found:
            found.append(record.sheet)
    for sheet in found:
        report.add(
            "error",
            sheet=sheet,
            row=1,
            code="formula",
            message="This sheet holds formulas, so it is not the system’s own export. Export it again.",
        )
