"""How each column of a sheet is written, decided from all of its cells, told in a sentence, asked where not sure."""

from . import amount_columns, day_columns
from .report import OF_A_COLUMN

ORDERS, SIGNS = ("day", "month"), ("point", "comma")


def decide(importer, layout, answers, report):
    """{field name: DayColumn or AmountColumn} of a sheet's columns; what was decided and what is asked is told.

    `answers` is {heading: {"order": "day" or "month", "decimal": "point" or "comma"}}. A system's own export asks
    nothing of a whole column: there each cell that may be two things is a finding of its own.
    """
    said = {name: answers.get(layout.headings[index], {}) for name, index in layout.columns.items()}
    cells = {name: layout.cells_under(index) for name, index in layout.columns.items()}
    days = {name: cells[name] for name in cells if layout.fields[name].holds == "day"}
    found = dict(day_columns.decide(
        days, {name: said[name].get("order") for name in days}, from_1904=layout.sheet.from_1904
    ))  # fmt: skip
    for name, column in found.items():
        tell(importer, layout, name, column, day_columns.sentence(column), ("order", ORDERS), report)
    for name in cells:
        if layout.fields[name].holds != "amount":
            continue
        heading = layout.headings[layout.columns[name]]
        column = amount_columns.decide(heading, cells[name], said[name].get("decimal", ""), layout.sheet.by_semicolon)
        found[name] = column
        tell(importer, layout, name, column, amount_columns.sentence(column), ("decimal", SIGNS), report)
    return found


def tell(importer, layout, name, column, sentence, question, report):
    heading = layout.headings[layout.columns[name]]
    place = {"sheet": layout.sheet.name, "row": layout.heading_row, "column": layout.called[name]}
    about, choices = question
    if sentence and column.sure:
        report.add("warning", **place, code="column_decided", message=sentence)
        report.decide(heading, name, sentence, f"from {len(layout.cells_under(layout.columns[name]))} cells")
    elif sentence and not importer.is_export:
        report.add("error", **place, code=OF_A_COLUMN, message=sentence)
        report.ask(layout, heading, getattr(column, about), 0.5, choices, about=about)


CHOICES = {"order": ORDERS, "decimal": SIGNS}


def read_answers(said, fields, refuse):
    """({heading: field}, {heading: {"order": ..., "decimal": ...}}) of answers as people give them.

    `said` is {heading: a field, "" to leave it out} or {heading: {"field" or what else was asked about: the answer}};
    `refuse(heading, answer)` is called for an answer that is none.
    """
    mapping, how = {}, {}
    for heading, answer in said.items():
        each = answer if isinstance(answer, dict) else {"field": answer}
        for about, value in each.items():
            if about == "field" and (value == "" or value in fields):
                mapping[heading] = value
            elif value in CHOICES.get(about, ()):
                how.setdefault(heading, {})[about] = value
            else:
                refuse(heading, value)
    return mapping, how
