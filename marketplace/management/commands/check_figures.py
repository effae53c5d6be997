import json
import sys

from django.core.management.base import BaseCommand

from ... import checks


class Command(BaseCommand):
    help = "Work out every published figure a second way, from the facts. Exit status 1 when any differs."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, **options):
        compared, found = checks.differences()
        if options["json"]:
            self.stdout.write(json.dumps({"checked": compared, "differences": found}))
        else:
            for row in found:
                narrowed = f" ({row['narrowed_to']})" if row["narrowed_to"] else ""
                self.stdout.write(f"{row['figure']}{narrowed}: shown {row['shown']}, worked out {row['recounted']}")
            if not found:
                self.stdout.write(f"{compared} figures come to the same both ways.")
        if found:
            sys.exit(1)
