"""Imports on the staff screen: a file is kept, previewed as often as its mapping changes, and saved once.

A long file is read by the worker (tasks.py): the page says how far it is.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils import timezone
from wagtail.log_actions import log

from places.models import Council

from . import engine, sheets, taking_back
from .kinds import offered_to
from .mappings import remember, remembered
from .models import ImportRun
from .showing import brief

SAVED_ALREADY = "This file has been saved already."
LONG = 512 * 1024  # bytes, from which a file is read by the worker
Doing = ImportRun.Doing


def keep(kind, uploaded, *, by, as_at=None, council=None):
    """Keep an uploaded file as an ImportRun to be previewed; `as_at` is the day that an extract shows,
    `council` the number of the partner authority whose it is, None for the site's own council.
    """
    options = {"as_at": as_at.isoformat()} if as_at else {}
    if council:
        options |= {"council": council, "whose": str(Council.objects.get(pk=council))}
    return ImportRun.objects.create(
        kind=kind, name=uploaded.name[-200:], file=File(uploaded), options=options, started_by=by
    )


def _importer(import_run, user):
    offered = offered_to(user)
    if import_run.kind not in offered:
        raise ValidationError("You may not import this kind of file.")
    importer = offered[import_run.kind]
    if importer.asks_day:
        return importer(
            date.fromisoformat(import_run.options["as_at"]), import_run.name, import_run.options.get("council")
        )
    return importer()


def preview(import_run, mapping, answers=None, *, by, progress=None):
    """What saving the rows without errors would do, kept beside the file; nothing is saved. Returns the Report;
    ValidationError when it can't be read.
    """
    report = _run(import_run, mapping, by=by, dry_run=True, accept_valid=True, answers=answers, progress=progress)
    if not import_run.saved_at:
        _keep(import_run, report, mapping=mapping, answers=answers or {})
    return report


def save(import_run, mapping, accept_valid, answers=None, *, by, progress=None):
    """Save the kept file, all or nothing unless `accept_valid`; remembers the mapping for its layout."""
    if import_run.saved_at:
        raise ValidationError(SAVED_ALREADY)

    def keep_that_it_is(report, touched):
        """In the transaction that saves: of two who press the button at once, one does."""
        now = timezone.now()
        is_first = ImportRun.objects.filter(pk=import_run.pk, saved_at=None).update(
            saved_at=now, touched=touched.as_dict()
        )
        if not is_first:
            raise ValidationError(SAVED_ALREADY)
        import_run.saved_at = now
        log_saved(import_run, report, by)

    options = {"by": by, "accept_valid": accept_valid, "answers": answers, "progress": progress}
    report = _run(import_run, mapping, on_saved=keep_that_it_is, **options)
    if report.saved and (mapping or answers):
        remember(_importer(import_run, by), import_run.file.path, mapping, answers, by)
    _keep(import_run, report, mapping=mapping, accept_valid=accept_valid, answers=answers or {})
    return report


def _keep(import_run, report, **options):
    import_run.report = brief(report)
    import_run.options = {name: said for name, said in import_run.options.items() if name != "error"} | options
    import_run.save(update_fields=["report", "options"])


def log_saved(import_run, report, by):
    log(import_run, "importing.import", user=by, data={"created": report.created, "updated": report.updated})


def note_command(importer, name, by=None):
    """What `engine.run` calls in its transaction, so that an import on the command line is listed and can be undone."""

    def keep_it(report, touched):
        run = ImportRun.objects.create(
            kind=importer.kind, name=str(name)[-200:], started_by=by, saved_at=timezone.now(),
            touched=touched.as_dict(), report=brief(report) | {"saved": True},
        )  # fmt: skip
        log_saved(run, report, by)

    return keep_it


def take_back(import_run, *, by):
    """Take back a saved import of a kind that a person may import; ValidationError as taking_back.take_back."""
    return taking_back.take_back(import_run, _importer(import_run, by), by=by)


def is_long(import_run):
    return import_run.file.size > LONG


def hand_over(import_run, doing, mapping, answers, accept_valid, *, by):
    """Note what the worker is to do with a long file; False where it does something with it already."""
    options = {"mapping": mapping, "answers": answers, "accept_valid": accept_valid, "by": by.pk}
    options["tried"] = doing == Doing.SAVING
    return bool(
        ImportRun.objects.filter(pk=import_run.pk, doing="").update(
            doing=doing, rows_read=0, moved_at=timezone.now(), options=import_run.options | options
        )
    )


def work(import_run, by):
    """Do what was handed over, saying now and then how far it is. May be done again by another worker."""

    def progress(rows):
        ImportRun.objects.filter(pk=import_run.pk).update(rows_read=rows, moved_at=timezone.now())

    said = import_run.options
    mapping, answers = said["mapping"], said["answers"]
    try:
        if import_run.doing == Doing.SAVING:
            save(import_run, mapping, said["accept_valid"], answers, by=by, progress=progress)
        else:
            preview(import_run, mapping, answers, by=by, progress=progress)
    except ValidationError as refused:
        import_run.options |= {"error": refused.messages[0]}
        import_run.save(update_fields=["options"])
    finally:
        ImportRun.objects.filter(pk=import_run.pk).update(doing="")


def _run(import_run, mapping, **options):
    by = options["by"]
    try:
        return engine.run(
            _importer(import_run, by),
            import_run.file.path,
            name=import_run.name,
            mapping=mapping,
            saved_mapping=remembered(import_run.kind),
            **options,
        )
    except sheets.Unreadable as unreadable:
        raise ValidationError(str(unreadable)) from unreadable
