"""Imports on the staff screen: a file is kept, previewed as often as its mapping changes, and saved once."""

from dataclasses import asdict, dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils import timezone
from wagtail.log_actions import log

from places.models import Council

from . import engine, sheets
from .kinds import offered_to
from .mappings import remember, remembered
from .models import ImportRun

SHOWN_PROBLEMS, SHOWN_OF_A_KIND = 500, 100


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


def preview(import_run, mapping, answers=None, *, by):
    """What saving the rows without errors would do; nothing is saved. ValidationError when it can't be read."""
    return _run(import_run, mapping, by=by, dry_run=True, accept_valid=True, answers=answers)


def save(import_run, mapping, accept_valid, answers=None, *, by):
    """Save the kept file, all or nothing unless `accept_valid`; remembers the mapping for its layout."""
    if import_run.saved_at:
        raise ValidationError("This file has been saved already.")
    report = _run(import_run, mapping, by=by, accept_valid=accept_valid, answers=answers)
    if report.saved:
        import_run.saved_at = timezone.now()
        if mapping:
            remember(_importer(import_run, by), import_run.file.path, mapping, by)
        log(
            import_run,
            "importing.import",
            user=by,
            data={"created": report.created, "updated": report.updated},
        )
    import_run.report = brief(report)
    import_run.options |= {"mapping": mapping, "accept_valid": accept_valid, "answers": answers or {}}
    import_run.save()
    return report


def brief(report):
    """The report as it is kept: figures whole, problems up to a limit."""
    kept = asdict(report)
    for name in ("errors", "warnings"):
        kept[f"{name}_in_all"] = len(kept[name])
        kept[name] = kept[name][:SHOWN_PROBLEMS]
    return kept


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


def headings_to_ask(report):
    """Headings that were left out or are unsure, each with the guess: what the screen asks about."""
    guesses = {item["heading"]: item["field"] for item in report.unsure}
    asked = dict(guesses)
    for problem in report.warnings:
        if problem.code == "column_not_used":
            asked.setdefault(problem.column, "")
    return asked


@dataclass(frozen=True)
class Kind:
    """Findings of one kind: how many there are, the first sentence, and up to SHOWN_OF_A_KIND of them."""

    severity: str
    count: int
    message: str
    shown: list

    @property
    def opened(self):
        """Errors are shown at once: they are what somebody has to do something about."""
        return self.severity == "error"


def by_kind(report):
    """[Kind] of a report's findings, errors first, then the most frequent."""
    found = []
    for severity, problems in (("error", report.errors), ("warning", report.warnings)):
        kinds = {}
        for problem in problems:
            kinds.setdefault(problem.code, []).append(problem)
        ordered = sorted(kinds.values(), key=len, reverse=True)
        found += [Kind(severity, len(each), each[0].message, each[:SHOWN_OF_A_KIND]) for each in ordered]
    return found


def how_asked(report):
    """Questions about how a column is written, each with its answers in words."""
    return [question for question in report.questions if question["about"] != "field"]
