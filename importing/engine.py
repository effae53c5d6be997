"""Import of one file: read, check every row, then save all or nothing.

A run reports rows, created, updated, unchanged, rejected, and every problem by sheet, row and column as a
person sees them. A dry run does all but keep. Run twice, the second run finds everything unchanged.
"""

from django.db import transaction

from . import columns, doubts, headings, rows
from . import sheets as sheet_reader
from .report import Report, RowRefused, note

BATCH = 2000
FEWEST_COLUMNS = 3  # a sheet of fewer beside others is a glossary or a summary
# Errors that no leaving out of rows can mend.
SPOILS_ALL = ("cut_off", "formula", "no_rows", "broken_quote", "scale_in_heading", "column_asked")


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
):
    """Import a file; Unreadable when it can't be read. Returns the Report.

    `mapping` is {heading: field}; `saved_mapping(hash)` looks up one that was remembered for the layout; `answers` says
    how columns are written (`writing.decide`).
    """
    report = Report()
    sheets = sheet_reader.read(path, name)
    records = _read(importer, sheets, report, mapping or {}, saved_mapping, answers or {})
    importer.check_all(records, report)
    if not importer.keeps_repeats:
        records = _once_each(importer, records, report)
    good = [record for record in records if not record.faulty]
    report.rejected = len(records) - len(good)
    if not good and not _spoils_all(report):
        message = "No row can be saved." if report.errors else "The file has headings and no rows under them."
        report.add("error", sheet=sheets[0].name if sheets else "", row=1, code="no_rows", message=message)
    may_save = not report.errors or (accept_valid and not _spoils_all(report))
    report.saved = _saved(importer, good, report, by, accept_valid, keep=may_save and not dry_run)
    if not may_save or not _counted(report):
        report.created = report.updated = report.unchanged = 0
        report.rejected = len(records)
    return report


def _read(importer, sheets, report, mapping, saved_mapping, answers):
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
            records += _read_sheet(importer, layout, report, mapping, saved_mapping, answers, len(sheets) > 1)
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


def _read_sheet(importer, layout, report, mapping, saved_mapping, answers, among):
    if saved_mapping:
        mapping = saved_mapping(headings.layout_hash(layout.headings)) | mapping
    if not columns.settle(importer, layout, mapping, report):
        return []
    if importer.leaves_other_sheets and among and len(layout.columns) < FEWEST_COLUMNS:
        message = f"“{layout.sheet.name}” holds something else; the sheet was left out."
        report.add("warning", sheet=layout.sheet.name, row=layout.heading_row, code="sheet_not_used", message=message)
        return []
    in_order = sorted(layout.columns.items(), key=lambda column: column[1])
    importer.take_headings([(name, layout.headings[index]) for name, index in in_order])
    return rows.read(importer, layout, report, answers)


def _spoils_all(report):
    """Whether an error stands that no leaving out of rows can mend."""
    return any(problem.code in SPOILS_ALL for problem in report.errors)


def _counted(report):
    return report.created + report.updated + report.unchanged


def _saved(importer, good, report, by, accept_valid, *, keep):
    """Save what is good, all or nothing; whether it is kept. Nothing is where every row was refused by a rule."""
    try:
        with transaction.atomic():
            importer.begin(good, by)
            save = importer.save if keep else importer.rehearse
            _save(importer, good, report, by, accept_valid, save)
            if not keep or not _counted(report):
                raise _Undo
    except _Undo:
        return False
    return True


def _leave_other_sheets(report):
    """A sheet that lacks columns holds something else: another one of the file has them all."""
    for problem in [problem for problem in report.errors if problem.code == "missing_column"]:
        report.errors.remove(problem)
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
        else:
            differ = [name for name, value in record.values.items() if before.values.get(name) != value]
            named = ", ".join(record.columns.get(name, name) for name in differ)
            message = f"Row {before.row} says something else about the same thing ({named}). Keep one of them."
            report.add(
                "error", sheet=record.sheet, row=record.row, value=str(key), code="conflicting_rows", message=message
            )
            record.faulty = True
            kept.append(record)
    return kept


def _save(importer, records, report, by, accept_valid, save):
    """Save good records in batches, counting what each did; a refusal becomes an error of its row."""
    for start in range(0, len(records), BATCH):
        batch = records[start : start + BATCH]
        if importer.keeps_repeats:
            for record in batch:
                record.key = importer.key_of(record.values)
        found = importer.existing([record.key for record in batch])
        new, changed = [], []
        for record in batch:
            there = found.get(record.key)
            if there is None:
                new.append(record)
            elif importer.differs(there, record.values):
                changed.append((there, record))
            else:
                report.unchanged += 1
        _save_batch(save, new, changed, report, by, accept_valid)
        report.created += len(new)
        report.updated += len(changed)


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
