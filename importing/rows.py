"""Rows under the headings: footers and repeated headings are left out, every cell is read and checked."""

from datetime import date

from . import doubts
from .headings import heading_words
from .report import Record, note

FOOTERS = ("total", "grand total", "source:", "note:", "notes:", "end of", "published", "last updated")


def read(importer, layout, report):
    """[Record] of a sheet's rows, faulty ones among them; what was left out and what is wrong goes to the report."""
    refuse_what_breaks_off(importer, layout, report)
    records, only_commas = [], []
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
        record = Record(layout.sheet.name, number, {}, layout.called)
        refuse_cells_beyond(layout, record, values, report)
        for name, cell in cells.items():
            read_cell(layout, record, name, cell, report)
            if layout.fields[name].is_amount and isinstance(cell, str) and doubts.ONLY_COMMAS.fullmatch(cell):
                only_commas.append((record, name, cell))
        for name in empty:
            message = f"{layout.fields[name].label} is empty. Fill it in."
            note(report, record, name, "", ("error", "missing_value", message))
        importer.check(record, report)
        records.append(record)
    doubts.doubt_commas(layout.sheet, only_commas, layout.called, report)
    return records


def is_filled(value):
    return value is not None and bool(str(value).strip())


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
    if not empty_required:
        return False
    if str(filled[0]).strip().lower().startswith(FOOTERS):
        return True
    return len(empty_required) == len(required) or len(filled) <= 2


def say_footer(layout, number, filled, empty, report):
    message = f"This row has no {layout.fields[empty[0]].label}; it was left out."
    if len(filled) <= 2:
        message = "This row looks like a note or a total; it was left out."
    shown = str(filled[0])[:80]
    report.add("warning", sheet=layout.sheet.name, row=number, value=shown, code="row_not_used", message=message)


def refuse_cells_beyond(layout, record, values, report):
    """A row with cells where no heading stands has slipped: nobody knows which belongs where."""
    if any(is_filled(value) for value in values[layout.width :]):
        message = f"This row has {len(values)} cells under {layout.width} headings: which belongs where? Correct it."
        note(report, record, "", "", ("error", "cells_beyond_headings", message))


def read_cell(layout, record, name, cell, report):
    """Read a cell into its record; the last check that has something to say is the one that is noted."""
    value, problem = layout.fields[name].read(cell)
    record.values[name] = value
    for check in (formula_without_result, date_as_text, too_long):
        problem = check(layout, record, name, cell, value, problem) or problem
    if problem:
        note(report, record, name, cell, problem)


def formula_without_result(layout, record, name, cell, value, problem):
    if (record.row, layout.columns[name]) in layout.sheet.unreckoned:
        return ("error", "formula_without_result", doubts.NEVER_WORKED_OUT)
    return None


def date_as_text(layout, record, name, cell, value, problem):
    if layout.sheet.lettered and isinstance(cell, str) and isinstance(value, date) and not problem:
        return ("warning", "date_as_text", f"“{cell}” is text, not a date; read as {value:%-d %B %Y}.")
    return None


def too_long(layout, record, name, cell, value, problem):
    longest = layout.fields[name].longest
    if isinstance(value, str) and len(value) > longest:
        return ("error", "too_long", f"Longer than {longest} characters. Shorten it.")
    return None
