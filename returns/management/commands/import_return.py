import json
import sys

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand

from importing.sheets import Unreadable

from ... import imports
from ...reading import Finding

BY_WORDS = "An import on the command line"


class Command(BaseCommand):
    help = (
        "Read a return from a CSV or XLSX file. Without errors it counts as accepted. "
        "Exit status: 0 saved, or nothing wrong in a dry run; 1 refused; 2 not readable."
    )

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument("--dry-run", action="store_true", help="check, but save nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args, file, dry_run, **options):
        status, said = 0, {"saved": False, "contract": "", "period": "", "lines": 0, "changed": 0, "message": ""}
        try:
            reading = imports.read(file)
        except Unreadable as unreadable:
            reading, status = imports.Reading(), 2
            reading.findings.append(Finding("", 0, "", "", "unreadable", "error", str(unreadable)))
        if reading.contract:
            said["contract"] = reading.contract.reference
        if reading.period:
            said["period"] = "/".join(day.isoformat() for day in reading.period)
        said["lines"] = len(reading.told)
        if not reading.errors and not reading.told:
            said["message"] = "The file says nothing of what was delivered: no return was made of it."
            status = 1
        elif not reading.errors and not dry_run:
            status = self.save(reading, said)
        elif reading.errors:
            status = status or 1
        self.print(reading, said, options["json"])
        if status:
            sys.exit(status)

    def save(self, reading, said):
        """Exit status of saving: 0, or 1 where a rule refused it."""
        try:
            _, said["changed"] = imports.save_accepted(imports.agreed(reading), by_words=BY_WORDS)
        except ValidationError as refused:
            said["message"] = " ".join(refused.messages)
            return 1
        said["saved"] = True
        return 0

    def print(self, reading, said, as_json):
        if as_json:
            said["findings"] = [finding.as_dict() for finding in reading.findings]
            self.stdout.write(json.dumps(said, ensure_ascii=False, default=str))
            return
        for finding in reading.findings:
            place = f"{finding.sheet} {finding.column}{finding.row}".strip()
            self.stdout.write(f"{finding.severity.capitalize()}: {place}: {finding.message} [{finding.code}]")
        if said["message"]:
            self.stdout.write(said["message"])
        outcome = "Saved" if said["saved"] else "Nothing was saved"
        self.stdout.write(f"{outcome}. {said['lines']} lines, {said['changed']} changed.")
