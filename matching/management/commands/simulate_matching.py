import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError

TOLD = ["policy", "pledged", "days", "mails", "silent"]
COLUMNS = ["policy", "fairness", "share", "wait_days", "nothing", "small_nothing"]


class Command(BaseCommand):
    help = (
        "Play a year of requests through several policies: what each reaches of what hindsight allows, how long "
        "groups wait, and who is left with nothing. The last one is shown to the broker."
    )

    def add_arguments(self, parser):
        parser.add_argument("--synthetic", action="store_true", help="arrivals drawn at random, not the site's own")
        parser.add_argument("--requests", type=int, default=3000)
        parser.add_argument("--suppliers", type=int, default=300)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--dry-run", action="store_true", help="keep nothing")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, synthetic, requests, suppliers, seed, dry_run, **options):
        from ...allocation import simulated_years

        if requests < 20 or suppliers < 2:
            raise CommandError("A year needs at least 20 requests and 2 suppliers.")
        made = simulated_years.run(synthetic, requests, suppliers, seed, keep=not dry_run)
        told = simulated_years.told(synthetic, requests, suppliers, seed)
        if options["json"]:
            said = {
                "source": made.source,
                "rows": made.rows,
                "told": [asdict(row) for row in told],
                "seconds": made.seconds,
            }
            self.stdout.write(json.dumps(said))
            return
        wanted = made.wanted
        self.stdout.write(
            f"A year of {wanted['requests']} requests and {wanted['commitments']} commitments ({made.source})"
        )
        self.stdout.write("".join(f"{name:>15}" for name in COLUMNS))
        for row in made.rows:
            self.stdout.write("".join(f"{row[name]!s:>15}" for name in COLUMNS))
        self.stdout.write("Telling of new requests: first pledges, days to them, mails, suppliers that read no more")
        for row in told:
            self.stdout.write("".join(f"{getattr(row, name)!s:>15}" for name in TOLD))
        self.stdout.write(f"{made.seconds} s")
