"""List the imports, newest first: manage.py import_runs [--json] [--most 50]"""

import json

from django.core.management.base import BaseCommand
from django.utils import timezone

from importing.models import ImportRun


class Command(BaseCommand):
    help = "List the imports, newest first, each with the number that undo_import takes."

    def add_arguments(self, parser):
        parser.add_argument("--most", type=int, default=50, help="how many are listed; 50 where left out")
        parser.add_argument("--json", action="store_true", help="print one JSON list")

    def handle(self, *args, most, **options):
        runs = ImportRun.objects.select_related("started_by", "taken_back_by").defer("touched")[: max(most, 0)]
        if options["json"]:
            self.stdout.write(json.dumps([as_dict(run) for run in runs], ensure_ascii=False, indent=1))
            return
        for run in runs:
            self.stdout.write(f"{run.pk:6}  {day(run.started_at)}  {run.kind:16}  {run.outcome}  {run.name}, {run.who}")
        if not runs:
            self.stdout.write("Nothing was imported yet.")


def day(moment):
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""


def as_dict(run):
    counts = {name: (run.report or {}).get(name, 0) for name in ("rows", "created", "updated", "unchanged", "rejected")}
    return {
        "number": run.pk, "kind": run.kind, "file": run.name, "by": run.who, "started": day(run.started_at),
        "saved": day(run.saved_at), "taken_back": day(run.taken_back_at), **counts,
    }  # fmt: skip
