"""Import of one file: read, check every row, then save all or nothing.

A run reports rows, created, updated, unchanged, rejected, and every problem by sheet, row and column as a
person sees them. A dry run does all but keep. Run twice, the second run finds everything unchanged.
"""

from django.db import transaction

from . import columns, doubts, headings, mappings, rows, showing, whole
from . import sheets as sheet_reader
from .report import Report, RowRefused, note
from .touched import Touched

BATCH = 2000
FEWEST_COLUMNS = 3  # a sheet of fewer beside others is a glossary or a summary
# Errors that no leaving out of rows can mend.
SPOILS_ALL = ("cut_off", "formula", "no_rows", "broken_quote", "scale_in_heading", "column_asked")
SAYS_ENOUGH = (*SPOILS_ALL, "conflicting_rows")  # of why no row is left to save


class _Undo(Exception):
    """Leaves the transaction without keeping anything."""


def run(
    importer,
    path,
    *,
    by=None,
    dry_run=False,
    accept_valid=False,
    mapping=None,
    saved_mapping=None,
    name="",
    answers=None,
    on_saved=None,
    progress=None,
):
    """Import a file; Unreadable when it can't be read. Returns the Report.

    `on_saved(report, touched)` is called in the transaction that saves, `progress(rows)` now and then while rows are
    read.

    `mapping` is {heading: field}; `saved_mapping(hash)` looks up one that was remembered for the layout; `answers` says
    how columns are written, and what becomes of kinds of errors (`writing.read_answers`).
    """
    report = Report()
    sheets = sheet_reader.read(path, name, releases=importer.reads_releases)
    answers = answers or {}
    records = _read(importer, sheets, report, mapping or {}, saved_mapping, answers, progress)
    importer.check_all(records, report)
    if not importer.keeps_repeats:
        records = _once_each(importer, records, report)
    _leave_out_what_was_said(report, answers)
    whole.look_at_days(importer, records, report)
    good = [record for record in records if not record.faulty]
    report.rejected = len(records) - len(good)
    if not good and not any(problem.code in SAYS_ENOUGH for problem in report.errors):
        message = "No row can be saved." if records else "The file has headings and no rows under them."
        report.add("error", sheet=sheets[0].name if sheets else "", row=1, code="no_rows", message=message)
    may_save = not report.errors or (accept_valid and not _spoils_all(report))
    keep = may_save and not dry_run
    report.gone, held = importer.gone(records)
    whole.look_at_what_is_gone(report, held)
    report.saved = _saved(importer, good, report, by, accept_valid, keep=keep, on_saved=on_saved)
    if not may_save or not _counted(report):
        report.created = report.updated = report.unchanged = 0
        report.rejected = len(records)
    return report


def _read(importer, sheets, report, mapping, saved_mapping, answers, progress):
    """[Record] of every sheet; what is wrong with sheets and headings goes to the report."""
    records, recognised = [], False
    for sheet in sheets:
        try:
            found = list(sheet.rows)
        except sheet_reader.BrokenRow as broken:
            report.add("error", sheet=sheet.name, row=broken.row, code="broken_quote", message=str(broken))
            continue
        layout = columns.find(importer, sheet, found, mapping, report)
        recognised = recognised or layout is not None
        if layout is not None:
            said = _said_before(layout, saved_mapping)
            among = len(sheets) > 1
            columns_said, written = mappings.together(said[0], mapping), mappings.each_with(said[1], answers)
            records += _read_sheet(importer, layout, report, columns_said, written, among, progress)
        for row, sentence in sorted(sheet.told.items()):
            report.add("warning", sheet=sheet.name, row=row, code="row_told", message=sentence)
    if records and importer.leaves_other_sheets:
        _leave_other_sheets(report)
    if not recognised and not report.errors:
        wanted = ", ".join(each.label for each in importer.fields if each.required)
        message = f"No row of headings was found. The file needs columns for {wanted}."
        report.add("error", sheet=sheets[0].name if sheets else "", row=1, code="no_headings", message=message)
    if importer.is_export:
        doubts.refuse_formulas(sheets, records, report)
    return records


def _said_before(layout, saved_mapping):
    """What `saved_mapping` knows of a layout: (its columns, how they are written)."""
    return saved_mapping(headings.layout_hash(layout.headings)) if saved_mapping else ({}, {})


def _read_sheet(importer, layout, report, mapping, answers, among, progress):
    if not columns.settle(importer, layout, mapping, report):
        report.tables.append(showing.table(layout, report))
        return []
    if importer.leaves_other_sheets and among and len(layout.columns) < FEWEST_COLUMNS:
        message = f"“{layout.sheet.name}” holds something else; the sheet was left out."
        report.add("warning", sheet=layout.sheet.name, row=layout.heading_row, code="sheet_not_used", message=message)
        return []
    in_order = sorted(layout.columns.items(), key=lambda column: column[1])
    importer.take_headings([(name, layout.headings[index]) for name, index in in_order])
    report.tables.append(showing.table(layout, report))
    return rows.read(importer, layout, report, answers, progress)


def _leave_out_what_was_said(report, answers):
    """Errors of which somebody said that their rows are left out stop nothing; the rows stay faulty."""
    for problem in list(report.errors):
        said = answers.get(problem.column, {}).get(problem.code)
        if said == "rows" and problem.code not in showing.OF_THE_WHOLE:
            report.errors.remove(problem)
            problem.message += " The row was left out, as was said."
            problem.settled = "rows"
            report.warnings.append(problem)


def _spoils_all(report):
    """Whether an error stands that no leaving out of rows can mend."""
    return any(problem.code in SPOILS_ALL for problem in report.errors)


def _counted(report):
    return report.created + report.updated + report.unchanged


def _saved(importer, good, report, by, accept_valid, *, keep, on_saved):
    """Save what is good, all or nothing; whether it is kept. Nothing is where every row was refused by a rule."""
    try:
        with transaction.atomic():
            importer.touched = Touched()
            importer.begin(good, by)
            save = importer.save if keep else importer.rehearse
            _save(importer, good, report, by, accept_valid, save)
            if not keep or not _counted(report):
                raise _Undo
            if on_saved:
                on_saved(report, importer.touched)
    except _Undo:
        return False
    return True


def _leave_other_sheets(report):
    """A sheet that lacks columns holds something else: another one of the file has them all."""
    for problem in [problem for problem in report.errors if problem.code == "missing_column"]:
        report.errors.remove(problem)
        report.tables = [table for table in report.tables if table["sheet"] != problem.sheet]
        if not any(warning.code == "sheet_not_used" and warning.sheet == problem.sheet for warning in report.warnings):
            message = f"“{problem.sheet}” holds something else; the sheet was left out."
            report.add("warning", sheet=problem.sheet, row=problem.row, code="sheet_not_used", message=message)


def _once_each(importer, records, report):
    """Records without exact repeats; two different rows for one thing are an error on the second."""
    seen, kept = {}, []
    for record in records:
        key = record.key = importer.key_of(record.values)
        before = seen.get(key)
        if before is None or not key:
            seen[key] = record
            kept.append(record)
        elif importer.same(before.values, record.values):
            report.duplicates += 1
            report.add(
                "warning",
                sheet=record.sheet,
                row=record.row,
                value=str(key),
                code="exact_duplicate_row",
                message=f"The same as row {before.row}; counted once.",
            )
        elif sentence := importer.join(before.values, record.values):
            place = {"sheet": record.sheet, "row": record.row, "value": str(key)}
            report.joined += 1
            report.add("warning", **place, code="rows_joined", message=f"{sentence} (with row {before.row})")
        else:
            differ = [name for name, value in record.values.items() if before.values.get(name) != value]
            named = ", ".join(record.columns.get(name, name) for name in differ)
            message = f"Row {before.row} says something else about the same thing ({named}). Keep one of them."
            report.add(
                "error", sheet=record.sheet, row=record.row, value=str(key), code="conflicting_rows", message=message
            )
            record.faulty = before.faulty = True  # which of them is right, nobody can say
            kept.append(record)
    return kept


def _save(importer, records, report, by, accept_valid, save):
    """Save good records in batches, counting what each did; a refusal becomes an error of its row."""
    weighed = whole.Weighed()
    for start in range(0, len(records), BATCH):
        batch = records[start : start + BATCH]
        if importer.keeps_repeats:
            for record in batch:
                record.key = importer.key_of(record.values)
        found = importer.existing([record.key for record in batch])
        new, changed = [], []
        for record in batch:
            there = importer.existing_of(record) or found.get(record.key)
            if there is None:
                new.append(record)
            elif importer.differs(there, record.values):
                changed.append((there, record))
                weighed.compare(importer, there, record, report)
            else:
                report.unchanged += 1
        _save_batch(save, new, changed, report, by, accept_valid)
        report.created += len(new)
        report.updated += len(changed)
    weighed.tell(report)


def _save_batch(save, new, changed, report, by, accept_valid):
    """Save one batch; a row that a rule refuses is an error, and with `accept_valid` the batch goes without it."""
    while True:
        try:
            with transaction.atomic():
                save(new, changed, by)
            return
        except RowRefused as refused:
            note(report, refused.record, refused.column, "", ("error", "refused", refused.message))
            report.rejected += 1
            if not accept_valid:
                raise _Undo from refused
            new[:] = [record for record in new if record is not refused.record]
            changed[:] = [(found, record) for found, record in changed if record is not refused.record]
