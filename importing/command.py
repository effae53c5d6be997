"""The shape that the import commands share. Exit status: 0 saved, 1 refused, 2 not readable, 3 questions remain."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from . import engine, sheets, writing
from .mappings import remember, remembered
from .report import Report
from .runs import note_command


class ImportCommand(BaseCommand):
    importer_class = None

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument("--dry-run", action="store_true", help="check and count, but save nothing")
        parser.add_argument(
            "--accept-valid", action="store_true", help="save the rows without errors, leave out the rest"
        )
        parser.add_argument(
            "--map", action="append", default=[], metavar="HEADING=FIELD", help="which field a column is"
        )
        parser.add_argument(
            "--answers", metavar="FILE.json", help="what columns are, and how they are written: as --json asks it"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def make_importer(self, options):
        return self.importer_class()

    def mapping(self, importer, pairs):
        names = {field.name for field in importer.fields}
        mapping = {}
        for pair in pairs:
            heading, separator, name = pair.rpartition("=")
            if not separator or (name and name not in names):
                raise CommandError(f"“{pair}” is not HEADING=FIELD. Fields: {', '.join(sorted(names))}.", returncode=2)
            mapping[heading.strip()] = name.strip()
        return mapping

    def answers(self, importer, name):
        """(mapping, how columns are written) of a file of answers: {heading: field} or {heading: {about: answer}}."""
        if not name:
            return {}, {}
        try:
            said = json.loads(Path(name).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise CommandError(f"“{name}” can’t be read as JSON: {error}", returncode=2) from error
        if not isinstance(said, dict):
            raise CommandError(f"“{name}” must hold one object: {{column: answer}}.", returncode=2)
        return writing.read_answers(said, {field.name for field in importer.fields}, self.wrong_answer)

    @staticmethod
    def wrong_answer(heading, answer):
        raise CommandError(f"“{answer}” is no answer for “{heading}”.", returncode=2)

    def handle(self, *args, **options):
        importer = self.make_importer(options)
        mapping = self.mapping(importer, options["map"])
        answered, answers = self.answers(importer, options["answers"])
        mapping = answered | mapping
        try:
            report = engine.run(
                importer,
                options["file"],
                dry_run=options["dry_run"],
                accept_valid=options["accept_valid"],
                mapping=mapping,
                saved_mapping=remembered(importer.kind),
                answers=answers,
                on_saved=note_command(importer, Path(options["file"]).name),
            )
        except sheets.Unreadable as unreadable:
            self.refuse(options, str(unreadable))
        if (mapping or answers) and report.saved:
            remember(importer, options["file"], mapping, answers)
        self.print(report, options)
        refused = bool(report.errors) and not options["accept_valid"]
        if refused or (not report.saved and not options["dry_run"]):
            sys.exit(3 if report.questions else 1)

    def refuse(self, options, sentence):
        if options["json"]:
            report = Report()
            report.add(
                "error",
                sheet=Path(options["file"]).name,
                row=0,
                code="unreadable",
                message=sentence,
            )
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False))
        else:
            self.stderr.write(sentence)
        sys.exit(2)

    def print(self, report, options):
        if options["json"]:
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False, default=str))
            return
        for severity, problems in (("Error", report.errors), ("Warning", report.warnings)):
            for p in problems:
                place = f"{p.sheet}, row {p.row}" + (f", {p.column}" if p.column else "")
                self.stdout.write(f"{severity}: {place}: {p.message} [{p.code}]")
        outcome = "Saved" if report.saved else "Nothing was saved"
        self.stdout.write(
            f"{outcome}. {report.rows} rows: {report.created} new, {report.updated} changed, "
            f"{report.unchanged} unchanged, {report.rejected} rejected, {report.duplicates} repeated."
        )
