"""Rows under the headings: footers and repeated headings are left out, every cell is read and checked."""

import re
from datetime import date, time

from . import doubts, writing
from .cells import is_filled, read_reference, read_text
from .headings import heading_words
from .report import Record, note

TEXTS = (read_text, read_reference)
ERROR_CELL = re.compile(r"^#(n/a|ref!|value!|name\?|div/0!|num!|null!|spill!|calc!)$", re.IGNORECASE)
TELL_EVERY = 1000  # rows
KNOWN_CELLS = 5000  # of a column: kept while a sheet is read
POUNDS = re.compile(r"^(£|gbp|pounds?( sterling)?|sterling|uk pounds?|n/?a|-)$", re.IGNORECASE)
TOTAL = re.compile(r"^(grand|sub|overall)?[\s-]*totals?\b[\s:]*(\(.*\)|value|amount|for .*)?$", re.IGNORECASE)
FOOTERS = ("total", "grand total", "source:", "note:", "notes:", "end of", "published", "last updated")


def read(importer, layout, report, answers=None, progress=None):
    """[Record] of a sheet's rows, faulty ones among them; what was left out and what is wrong goes to the report.

    `progress(rows)` is told now and then how many were read.
    """
    refuse_what_breaks_off(importer, layout, report)
    layout.said = answers or {}
    layout.writing = writing.decide(importer, layout, layout.said, report)
    tell_of_the_end(layout, report)
    tell_of_short_rows(layout, report)
    records, short = [], short_rows(layout) | cut_off(layout)
    makes = made_here(importer, layout)
    for name in makes & set(layout.columns):
        place = {"sheet": layout.sheet.name, "row": layout.heading_row, "column": layout.called[name]}
        message = f"Many rows have no {layout.fields[name].label}: it was made for them, the same again next time."
        report.add("warning", **place, code="column_made", message=message)
    for number, values in layout.rows:
        filled = [value for value in values if is_filled(value)]
        if not filled or repeats_headings(layout, filled):
            continue
        cells = {name: values[index] if index < len(values) else None for name, index in layout.columns.items()}
        empty = [name for name in layout.required if not is_filled(cells[name])]
        if is_footer(filled, empty, layout.required):
            say_footer(layout, number, filled, empty, report)
            continue
        report.rows += 1
        if progress and report.rows % TELL_EVERY == 0:
            progress(report.rows)
        record = Record(layout.sheet.name, number, {}, layout.called)
        refuse_cells_beyond(layout, record, values, report)
        for name, cell in cells.items():
            read_cell(layout, record, name, cell, report)
        refuse_other_currency(layout, record, values, report)
        if number in short:
            message = f"This row ends early, with {len(values)} cells under {layout.width} headings. Complete it."
            note(report, record, "", "", ("error", "cells_missing", message))
        made = importer.make(record.values)
        record.values |= {name: value for name, value in made.items() if name in makes}
        for name in [name for name in layout.required if record.values.get(name) in (None, "")]:
            if record.faulty and name not in empty:
                continue  # told already, with what stands there
            message = f"{layout.fields[name].label} is empty. Fill it in."
            note(report, record, name, "", ("error", "missing_value", message))
        importer.check(record, report)
        records.append(record)
    return records


def refuse_what_breaks_off(importer, layout, report):
    """A system's own export whose last row is short was cut off on the way."""
    if importer.is_export and not layout.sheet.lettered and layout.rows:
        number, values = layout.rows[-1]
        if len(values) < len(layout.headings):
            message = "The file breaks off in its last row. Export it again."
            report.add("error", sheet=layout.sheet.name, row=number, code="cut_off", message=message)


def repeats_headings(layout, filled):
    known = layout.known_words
    return heading_words(filled[0]) == known[0] and [heading_words(value) for value in filled] == known


def is_footer(filled, empty_required, required):
    """Whether a row is a note or total below the table: little in it, and not what every row must have."""
    if TOTAL.match(str(filled[0]).strip()):
        return True
    if not empty_required:
        return False
    if str(filled[0]).strip().lower().startswith(FOOTERS):
        return True
    return len(empty_required) == len(required) or len(filled) <= 2


def say_footer(layout, number, filled, empty, report):
    message = f"This row has no {layout.fields[empty[0]].label}; it was left out." if empty else ""
    if len(filled) <= 2 or not empty:
        message = "This row looks like a note or a total; it was left out."
    shown = str(filled[0])[:80]
    report.add("warning", sheet=layout.sheet.name, row=number, value=shown, code="row_not_used", message=message)


def refuse_cells_beyond(layout, record, values, report):
    """A row with cells where no heading stands has slipped: nobody knows which belongs where."""
    if any(is_filled(value) for value in values[layout.width :]):
        message = f"This row has {len(values)} cells under {layout.width} headings: which belongs where? Correct it."
        note(report, record, "", "", ("error", "cells_beyond_headings", message))


def read_cell(layout, record, name, cell, report):
    """Read a cell into its record; the last check that has something to say is the one that is noted.

    What stands in a column again and again is read once: reading depends on nothing but the column and the cell.
    """
    known, key = layout.read_before.setdefault(name, {}), (cell.__class__, cell)
    if key in known:
        value, problem = known[key]
    else:
        value, problem = as_written(layout, name, cell)
        for check in (no_words, date_as_text, too_long):
            problem = check(layout, name, cell, value, problem) or problem
        if len(known) < KNOWN_CELLS:
            known[key] = value, problem
    record.values[name] = value
    if (record.row, layout.columns[name]) in layout.sheet.unreckoned:
        problem = ("error", "formula_without_result", doubts.NEVER_WORKED_OUT)
    if problem and layout.leaves_empty(name, problem):
        problem = ("warning", problem[1], f"{problem[2]} Left out, as was said: what is kept there already stays.")
        record.values[name] = None
        note(report, record, name, cell, problem, "empty")
    elif problem:
        note(report, record, name, cell, problem)


def as_written(layout, name, cell):
    """(value, problem) of a cell, read as its whole column is written."""
    field, column = layout.fields[name], layout.writing.get(name)
    if column is None:
        return field.read(cell)
    plain, problem = column.before(cell)
    value = None
    if not problem:
        value, problem = field.read(plain)
        value, doubt = column.after(value, cell)
        problem = doubt or problem
    if problem and problem[0] == "error" and getattr(field.read, "lenient", False):
        doubted = getattr(field.read, "doubted", None)
        return (doubted(cell) if doubted else None), ("warning", *problem[1:])
    return value, problem


def no_words(layout, name, cell, value, problem):
    """Words that a spreadsheet made a day, a yes or no, or an error of: nobody knows what stood there."""
    read_it = layout.fields[name].read
    if read_it not in TEXTS and not getattr(read_it, "is_text", False):
        return None
    if isinstance(cell, bool | date | time):
        words = f"A spreadsheet made “{cell}” of this. Format the column as text, and export it again."
        return ("error", "no_words", words)
    if isinstance(cell, str) and ERROR_CELL.match(cell.strip()):
        words = f"“{cell}” is a spreadsheet’s error. Mend the formula, and save the file again."
        return ("error", "error_cell", words)
    return None


def refuse_other_currency(layout, record, values, report):
    """A row whose currency another column names: its amounts are not in pounds."""
    place = layout.currency
    said = str(values[place] or "").strip() if place is not None and place < len(values) else ""
    if not said or POUNDS.match(said):
        return
    for name, amount in record.values.items():
        if layout.fields[name].holds == "amount" and amount is not None:
            message = f"This amount is in {said[:20]}, not in pounds. Give it in pounds."
            note(report, record, name, amount, ("error", "other_currency", message))
            record.values[name] = None


FEWEST_TO_COMPARE, FEWEST_TO_TELL = 4, 2  # rows
MANY = 0.3  # of the rows: from here it is how the register is kept, not a slip


def made_here(importer, layout):
    """Names of the fields that are made where a row has none: no column has them, or many rows lack them."""
    found = {name for name in importer.makes if name not in layout.columns}
    for name in set(importer.makes) - found:
        cells = [values[layout.columns[name]] for _, values in layout.rows if layout.columns[name] < len(values)]
        lacking = sum(layout.fields[name].read(cell)[0] in (None, "") for cell in cells)
        if cells and lacking >= MANY * len(cells):
            found.add(name)
    return found


def tell_of_the_end(layout, report):
    """A text that ends without a line end may have been cut off where no cell can tell."""
    if layout.sheet.no_line_end and len(layout.rows) >= FEWEST_TO_TELL:
        message = "The file ends without a line end: look whether its last row is whole, and none is missing."
        report.add("warning", sheet=layout.sheet.name, row=layout.rows[-1][0], code="no_line_end", message=message)


def cut_off(layout):
    """The number of the last row, where the file ends in it without a line end and its last cell is shorter than any
    other of the column; else nothing.
    """
    if not layout.sheet.no_line_end or len(layout.rows) < FEWEST_TO_COMPARE:
        return set()
    lengths = [len(str(values[-1]).strip()) for _, values in layout.rows if len(values) >= layout.width and values[-1]]
    return {layout.rows[-1][0]} if len(lengths) > 2 and lengths[-1] < min(lengths[:-1]) else set()


def short_rows(layout):
    """Numbers of rows that end before the last heading, where nearly all others reach it; {} where many are short."""
    if layout.sheet.lettered:
        return set()
    short = [number for number, values in layout.rows if 1 < len(values) < layout.width]
    return set(short) if len(short) <= most_slips(layout) else set()


def most_slips(layout):
    """How many short rows are slips; from there it is how the file writes that the last cells are empty."""
    return max(1, len(layout.rows) // 10)


def tell_of_short_rows(layout, report):
    short = [] if layout.sheet.lettered else [n for n, values in layout.rows if 1 < len(values) < layout.width]
    if len(short) > most_slips(layout):
        message = f"{len(short)} rows end before the last heading: their last cells were read as empty."
        report.add("warning", sheet=layout.sheet.name, row=short[0], code="rows_end_early", message=message)


def date_as_text(layout, name, cell, value, problem):
    if layout.sheet.lettered and isinstance(cell, str) and isinstance(value, date) and not problem:
        return ("warning", "date_as_text", f"“{cell}” is text, not a date; read as {value:%-d %B %Y}.")
    return None


def too_long(layout, name, cell, value, problem):
    longest = layout.fields[name].longest
    if isinstance(value, str) and len(value) > longest:
        return ("error", "too_long", f"Longer than {longest} characters. Shorten it.")
    return None
