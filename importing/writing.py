"""How each column of a sheet is written, decided from all of its cells, told in a sentence, asked where not sure."""

from . import amount_columns, day_columns
from .report import OF_A_COLUMN

LEAVE = ("rows", "empty")  # what becomes of an error of some kind: its rows are left out, or the cell stays empty
CHOICES = {"order": day_columns.ORDERS, "decimal": amount_columns.SIGNS}


def decide(importer, layout, answers, report):
    """{field name: DayColumn or AmountColumn} of a sheet's columns; what was decided and what is asked is told.

    `answers` is {heading: {"order": "day" or "month", "decimal": "point" or "comma"}}. A system's own export asks
    nothing of a whole column: there each cell that may be two things is a finding of its own.
    """
    said = {name: answers.get(layout.headings[index], {}) for name, index in layout.columns.items()}
    cells = {
        name: layout.cells_under(index)
        for name, index in layout.columns.items()
        if layout.fields[name].holds in ("day", "amount")
    }
    days = {name: each for name, each in cells.items() if layout.fields[name].holds == "day"}
    orders = {name: said[name].get("order") for name in days}
    found = day_columns.decide(days, orders, from_1904=layout.sheet.from_1904)
    for name, column in found.items():
        tell(
            importer,
            layout,
            name,
            column.order,
            ("order", day_columns.told(column), day_columns.question(column)),
            report,
        )
    for name in [name for name in cells if name not in days]:
        sign = said[name].get("decimal", "")
        heading = layout.headings[layout.columns[name]]
        column = found[name] = amount_columns.decide(heading, cells[name], sign, layout.sheet.by_semicolon)
        about = ("decimal", amount_columns.told(column), amount_columns.question(column))
        tell(importer, layout, name, column.decimal, about, report)
    return found


def tell(importer, layout, name, guess, said, report):
    """Tell of a column what was decided, and ask what could not be; `said` is (what about, told, asked)."""
    about, told, asked = said
    heading = layout.headings[layout.columns[name]]
    place = {"sheet": layout.sheet.name, "row": layout.heading_row, "column": layout.called[name]}
    if told:
        report.add("warning", **place, code="column_decided", message=told)
        report.decide(heading, name, told, f"from {len(layout.rows)} rows")
    if asked and not importer.is_export:
        report.add("error", **place, code=OF_A_COLUMN, message=asked)
        report.ask(layout, heading, guess, 0.5, CHOICES[about], about=about)


def read_answers(said, fields, refuse):
    """({heading: field}, {heading: {"order": ..., "decimal": ...}}) of answers as people give them.

    `said` is {heading: a field, "" to leave it out} or {heading: {"field" or what else was asked about: the answer}}. A
    kind of error is asked about too, by its code and the column that it names: {"End": {"impossible_date": "empty"}};
    `refuse(heading, answer)` is called for an answer that is none.
    """
    mapping, how = {}, {}
    for heading, answer in said.items():
        each = answer if isinstance(answer, dict) else {"field": answer}
        for about, value in each.items():
            if about == "field" and (value == "" or value in fields):
                mapping[heading] = value
            elif value in CHOICES.get(about, LEAVE):
                how.setdefault(heading, {})[about] = value
            else:
                refuse(heading, value)
    return mapping, how
