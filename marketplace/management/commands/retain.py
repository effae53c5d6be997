from django.conf import settings
from django.core.management.base import BaseCommand

from ... import retention


class Command(BaseCommand):
    help = "Take away records that are older than their period of retention; with --dry-run only say how many."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="count, and change nothing")

    def handle(self, *args, dry_run, **options):
        counts = {rule.words: rows.count() for rule, _, rows in retention.due()} if dry_run else retention.apply()
        days = {rule.words: getattr(settings, rule.setting) for rule in retention.RULES}
        for words, count in counts.items():
            self.stdout.write(f"{count:6} {words}, older than {days[words]} days")
        if dry_run:
            self.stdout.write("Nothing was changed.")
