"""Import of one file: read, check every row, then save all or nothing.

A run reports rows, created, updated, unchanged, rejected, and every problem by sheet, row and column as a
person sees them. A dry run does all but keep. Run twice, the second run finds everything unchanged.
"""

from datetime import date

from django.db import transaction

from . import doubts
from . import headings as heading_reader
from . import sheets as sheet_reader
from .headings import heading_words
from .report import Record, Report, RowRefused, note

BATCH = 2000
# Errors that no leaving out of rows can mend.
SPOILS_ALL = ("cut_off", "formula", "no_rows", "broken_quote", "scale_in_heading", "column_asked")


class _Undo(Exception):
    """Leaves the transaction without keeping anything."""


def run(importer, path, *, by=None, dry_run=False, accept_valid=False, mapping=None, saved_mapping=None, name=""):
    """Import a file; Unreadable when it can't be read. Returns the Report.

    `mapping` is {heading: field}; `saved_mapping(hash)` looks up one that was remembered for the layout.
    """
    report = Report()
    records = []
    recognised = 0
    sheets = sheet_reader.read(path, name)
    for sheet in sheets:
        try:
            rows = list(sheet.rows)
        except sheet_reader.BrokenRow as broken:
            report.add("error", sheet=sheet.name, row=broken.row, code="broken_quote", message=str(broken))
            continue
        recognised += _read_sheet(importer, sheet, rows, records, report, mapping or {}, saved_mapping)
    if records and importer.leaves_other_sheets:
        _leave_other_sheets(report)
    if not recognised and not report.errors:
        wanted = ", ".join(f.label for f in importer.fields if f.required)
        report.add(
            "error",
            sheet=sheets[0].name if sheets else "",
            row=1,
            code="no_headings",
            message=f"No row of headings was found. The file needs columns for {wanted}.",
        )
    if importer.is_export:
        doubts.refuse_formulas(sheets, records, report)
    importer.check_all(records, report)
    if not importer.keeps_repeats:
        records = _once_each(importer, records, report)
    good = [record for record in records if not record.faulty]
    report.rejected = len(records) - len(good)
    if not good and not any(problem.code in SPOILS_ALL for problem in report.errors):
        message = "No row can be saved." if report.errors else "The file has headings and no rows under them."
        report.add("error", sheet=sheets[0].name if sheets else "", row=1, code="no_rows", message=message)
    whole = all(problem.code not in SPOILS_ALL for problem in report.errors)
    may_save = not report.errors or (accept_valid and whole)
    try:
        with transaction.atomic():
            importer.begin(good, by)
            _save(importer, good, report, by, accept_valid)
            saves_nothing = not (report.created + report.updated + report.unchanged)
            if saves_nothing:  # every row was refused by a rule
                may_save = False
            if dry_run or not may_save:
                raise _Undo
            report.saved = True
    except _Undo:
        report.saved = False
    if not may_save:
        report.created = report.updated = report.unchanged = 0
        report.rejected = len(records)
    return report


def _leave_other_sheets(report):
    """A sheet that lacks columns holds something else: another one of the file has them all."""
    for problem in [problem for problem in report.errors if problem.code == "missing_column"]:
        report.errors.remove(problem)
        if not any(one.code == "sheet_not_used" and one.sheet == problem.sheet for one in report.warnings):
            message = f"“{problem.sheet}” holds something else; the sheet was left out."
            report.add("warning", sheet=problem.sheet, row=problem.row, code="sheet_not_used", message=message)


def _read_sheet(importer, sheet, rows, records, report, mapping, saved_mapping):
    """Read one sheet's records; returns 1 when its headings were recognised, else 0."""
    position, headings = heading_reader.find_header(rows, importer.fields, mapping)
    if position is None:
        if any(any(value not in (None, "") for value in values) for _, values in rows):
            report.add(
                "warning",
                sheet=sheet.name,
                row=1,
                code="sheet_not_used",
                message=f"No headings were recognised on “{sheet.name}”; the sheet was left out.",
            )
        return 0
    if saved_mapping:
        mapping = saved_mapping(heading_reader.layout_hash(headings)) | mapping
    columns, unsure, unused = heading_reader.match(headings, importer.fields, mapping)
    heading_row = rows[position][0]
    left = {
        heading: [values[i] for _, values in rows[position + 1 :] if i < len(values)]
        for i, heading in enumerate(headings)
        if heading in unused and heading not in mapping
    }
    doubts.ask_about_columns(importer, sheet, headings, heading_row, columns, unsure, left, report)
    for heading, message in importer.asks(columns, left):
        place = {"sheet": sheet.name, "row": heading_row, "column": heading}
        report.add("error", **place, code="column_asked", message=message)
    for heading in unused:
        report.add(
            "warning",
            sheet=sheet.name,
            row=heading_row,
            column=heading,
            code="column_not_used",
            message=f"The column “{heading}” was left out.",
        )
    for heading, guess in unsure:
        report.unsure.append({"heading": heading, "field": guess})
        report.add(
            "warning",
            sheet=sheet.name,
            row=heading_row,
            column=heading,
            code="column_unsure",
            message=f"“{heading}” may be {guess}. Say so with a mapping to use it.",
        )
    missing = [f for f in importer.fields if f.required and f.name not in columns]
    for wanted in missing:
        report.add(
            "error",
            sheet=sheet.name,
            row=heading_row,
            code="missing_column",
            message=f"No column for {wanted.label} was found. Say which it is with a mapping.",
        )
    if missing:
        return 1
    importer.take_headings([(name, headings[index]) for name, index in sorted(columns.items(), key=lambda one: one[1])])
    read_values(importer, sheet, rows[position + 1 :], headings, columns, records, report)
    return 1


def read_values(importer, sheet, rows, headings, columns, records, report):
    """Read the rows under the headings, leaving out footers and repeated headings."""
    by_name = {f.name: f for f in importer.fields}
    required = [name for name in columns if by_name[name].required and not by_name[name].may_be_empty]
    if importer.is_export and not sheet.lettered and rows and len(rows[-1][1]) < len(headings):
        message = "The file breaks off in its last row. Export it again."
        report.add("error", sheet=sheet.name, row=rows[-1][0], code="cut_off", message=message)
    called = {name: sheet.column(index, headings[index]) for name, index in columns.items()}
    known_headings = [heading_words(heading) for heading in headings if heading]
    under = max((index for index, heading in enumerate(headings) if heading), default=-1) + 1
    only_commas = []
    for number, values in rows:
        filled = [value for value in values if value is not None and str(value).strip()]
        if not filled:
            continue
        if (
            heading_words(filled[0]) == known_headings[0]
            and [heading_words(value) for value in filled] == known_headings
        ):
            continue
        cells = {name: values[index] if index < len(values) else None for name, index in columns.items()}
        empty_required = [name for name in required if cells[name] is None or not str(cells[name]).strip()]
        if is_footer(filled, empty_required, required):
            report.add(
                "warning",
                sheet=sheet.name,
                row=number,
                value=str(filled[0])[:80],
                code="row_not_used",
                message="This row looks like a note or a total; it was left out."
                if len(filled) <= 2
                else f"This row has no {by_name[empty_required[0]].label}; it was left out.",
            )
            continue
        report.rows += 1
        record = Record(sheet.name, number, {}, called)
        if any(value is not None and str(value).strip() for value in values[under:]):
            message = f"This row has {len(values)} cells under {under} headings: which belongs where? Correct it."
            note(report, record, "", "", ("error", "cells_beyond_headings", message))
        for name, cell in cells.items():
            value, problem = by_name[name].read(cell)
            if (number, columns[name]) in sheet.unreckoned:
                problem = ("error", "formula_without_result", doubts.NEVER_WORKED_OUT)
            if by_name[name].is_amount and isinstance(cell, str) and doubts.ONLY_COMMAS.fullmatch(cell):
                only_commas.append((record, name, cell))
            if sheet.lettered and isinstance(cell, str) and isinstance(value, date) and not problem:
                problem = (
                    "warning",
                    "date_as_text",
                    f"“{cell}” is text, not a date; read as {value:%-d %B %Y}.",
                )
            record.values[name] = value
            longest = by_name[name].longest
            if isinstance(value, str) and len(value) > longest:
                problem = ("error", "too_long", f"Longer than {longest} characters. Shorten it.")
            if problem:
                note(report, record, name, cell, problem)
        for name in empty_required:
            problem = ("error", "missing_value", f"{by_name[name].label} is empty. Fill it in.")
            note(report, record, name, "", problem)
        importer.check(record, report)
        records.append(record)
    doubts.doubt_commas(sheet, only_commas, called, report)


def is_footer(filled, empty_required, required):
    """Whether a row is a note or total below the table: little in it, and not what every row must have."""
    first = str(filled[0]).strip().lower()
    if first.startswith(("total", "grand total", "source:", "note:", "notes:", "end of", "published", "last updated")):
        return bool(empty_required)
    return bool(empty_required) and (len(empty_required) == len(required) or len(filled) <= 2)


def _once_each(importer, records, report):
    """Records without exact repeats; two different rows for one thing are an error on the second."""
    seen, kept = {}, []
    for record in records:
        key = importer.key_of(record.values)
        before = seen.get(key)
        if before is None or not key:
            seen[key] = record
            kept.append(record)
        elif before.values == record.values:
            report.duplicates += 1
            report.add(
                "warning",
                sheet=record.sheet,
                row=record.row,
                value=str(key),
                code="exact_duplicate_row",
                message=f"The same as row {before.row}; counted once.",
            )
        else:
            report.add(
                "error",
                sheet=record.sheet,
                row=record.row,
                value=str(key),
                code="conflicting_rows",
                message=f"Row {before.row} says something else about the same thing. Keep one of them.",
            )
            record.faulty = True
            kept.append(record)
    return kept


def _save(importer, records, report, by, accept_valid):
    """Save good records in batches, counting what each did; a refusal becomes an error of its row."""
    for start in range(0, len(records), BATCH):
        batch = records[start : start + BATCH]
        found = importer.existing([importer.key_of(record.values) for record in batch])
        new, changed = [], []
        for record in batch:
            there = found.get(importer.key_of(record.values))
            if there is None:
                new.append(record)
            elif importer.differs(there, record.values):
                changed.append((there, record))
            else:
                report.unchanged += 1
        _save_batch(importer, new, changed, report, by, accept_valid)
        report.created += len(new)
        report.updated += len(changed)


def _save_batch(importer, new, changed, report, by, accept_valid):
    """Save one batch; a row that a rule refuses is an error, and with `accept_valid` the batch goes without it."""
    while True:
        try:
            with transaction.atomic():
                importer.save(new, changed, by)
            return
        except RowRefused as refused:
            note(report, refused.record, refused.column, "", ("error", "refused", refused.message))
            report.rejected += 1
            if not accept_valid:
                raise _Undo from refused
            new[:] = [record for record in new if record is not refused.record]
            changed[:] = [(found, record) for found, record in changed if record is not refused.record]
