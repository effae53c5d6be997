import json
import sys

from django.core.management.base import BaseCommand

from records.days import read_day

from ... import succession


class Command(BaseCommand):
    help = (
        "What would pass to which council by a day, on a copy that is thrown away, with the proof that every figure of "
        "the councils adds up to the whole. Exit status 1 where one does not."
    )

    def add_arguments(self, parser):
        parser.add_argument("--on", metavar="DATE", required=True, help="the day of the succession, like 2027-04-01")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, **options):
        report = succession.rehearse(read_day(options["on"]))
        if options["json"]:
            self.stdout.write(json.dumps(report, default=str))
        else:
            for kind, counter in report["passes"].items():
                for council, count in sorted(counter.items()):
                    where = "wait for a decision" if council == succession.NOBODY else f"to {council}"
                    self.stdout.write(f"{kind.capitalize()}: {count} {where}")
            for words in report["undecided"]:
                self.stdout.write(f"Somebody has to decide: {words}")
            for row in report["sums"]:
                parts = ", ".join(f"{council} {amount}" for council, amount in row["by_council"].items()) or "nothing"
                proof = "adds up" if row["adds_up"] else "DOES NOT ADD UP"
                unit = f" ({row['unit']})" if row["unit"] else ""
                self.stdout.write(
                    f"{row['figure']}{unit}: {row['before']} before, {row['after']} after: {parts}; {proof}"
                )
        if not all(row["adds_up"] for row in report["sums"]):
            sys.exit(1)
