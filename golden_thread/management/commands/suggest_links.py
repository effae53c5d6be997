import json

from django.core.management.base import BaseCommand
from django.utils import timezone

from records.days import read_day

from ... import mending, rules
from ...command import add_council, load_or_stop, partner


class Command(BaseCommand):
    help = "Projects that unlinked contracts may belong to, with the evidence and a confidence; nothing is linked."

    def add_arguments(self, parser):
        parser.add_argument("--as-at", metavar="DATE", help="the day whose extracts are read; today where left out")
        parser.add_argument("--least", type=float, default=0.0, help="leave out what is less sure, 0 to 1")
        add_council(parser)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, least, **options):
        as_at = read_day(options["as_at"]) if options["as_at"] else timezone.localdate()
        thread = load_or_stop(as_at, rules.current(partner(options["council"])))
        found = [suggestion.as_dict() for suggestion in mending.suggest(thread) if suggestion.confidence >= least]
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False))
            return
        for suggestion in found:
            evidence = "; ".join(suggestion["evidence"])
            self.stdout.write(
                f"{suggestion['contract']} -> {suggestion['plan_id']} {suggestion['confidence']:.0%}: {evidence}"
            )
