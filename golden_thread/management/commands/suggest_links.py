import json

from django.core.management.base import BaseCommand
from django.utils import timezone

from records.days import read_day

from ... import mending, rules
from ...command import load_or_stop


class Command(BaseCommand):
    help = "Projects that unlinked contracts may belong to, with the evidence and a confidence; nothing is linked."

    def add_arguments(self, parser):
        parser.add_argument("--as-at", metavar="DATE", help="the day whose extracts are read; today where left out")
        parser.add_argument("--least", type=float, default=0.0, help="leave out what is less sure, 0 to 1")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, least, **options):
        as_at = read_day(options["as_at"]) if options["as_at"] else timezone.localdate()
        thread = load_or_stop(as_at, rules.current())
        found = [one.as_dict() for one in mending.suggest(thread) if one.confidence >= least]
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False))
            return
        for one in found:
            self.stdout.write(
                f"{one['contract']} -> {one['plan_id']} {one['confidence']:.0%}: {'; '.join(one['evidence'])}"
            )
