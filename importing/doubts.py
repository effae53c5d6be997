"""What a reader would have to guess: asked about or refused, with its place, never taken for known (rule 13)."""

import re

from .headings import OF_MONEY, other_currency

FORMULA = re.compile(r"^=\s*[A-Za-z(+\-@]")
NEVER_WORKED_OUT = "A formula that was never worked out. Open the workbook, save it, and try again."


def ask_about_columns(importer, layout, found, left, report):
    """Errors, and a question each, for columns whose guess would make a figure wrong: one only nearly known, or two
    that are as likely; and for another currency in a heading. `left` are headings that nothing was made of and that
    nobody said to leave out.
    """
    by_name = {field.name: field for field in importer.fields}
    place = {"sheet": layout.sheet.name, "row": layout.heading_row}
    for name, index in found.columns.items():
        sentence = other_currency(layout.headings[index]) if by_name[name].is_amount else ""
        if sentence:
            report.add("error", **place, column=layout.headings[index], code="scale_in_heading", message=sentence)
    for heading in left:
        sentence = other_currency(heading) if OF_MONEY.search(str(heading)) else ""
        if sentence:
            message = f"{sentence} Or say that it is to be left out."
            report.add("error", **place, column=heading, code="scale_in_heading", message=message)
    for heading, name, confidence in found.unsure:
        field = by_name[name]
        if field.decides or field.required:
            message = f"“{heading}” may be the {field.label}, which a figure needs. Say so, or leave it out."
            report.add("error", **place, column=heading, code="column_asked", message=message)
            report.ask(layout, heading, name, confidence, importer.fields)
    for name, rivals in found.rivals:
        field = by_name[name]
        both = " and ".join(f"“{heading}”" for heading in rivals)
        message = f"{both} may each be the {field.label}. Say which, and leave the other out."
        severity = "error" if field.decides or field.required else "warning"
        for heading in rivals:
            report.add(severity, **place, column=heading, code="column_asked", message=message)
            report.ask(layout, heading, name, 0.5, importer.fields)


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
