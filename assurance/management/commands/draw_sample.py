import json
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from records.bounds import FIRST_DAY
from records.days import read_day

from ... import drawing, population

BY_WORDS = "A command"


class Command(BaseCommand):
    help = (
        "Draw a sample of confirmed deliveries to be checked, weighted by quantity. The same seed, size and days draw "
        "the same again."
    )

    def add_arguments(self, parser):
        parser.add_argument("--seed", type=int, required=True, help="a whole number, said in public beside the sample")
        parser.add_argument("--size", type=int, default=drawing.USUAL, help=f"draws; {drawing.USUAL} where left out")
        parser.add_argument("--from", dest="since", metavar="DATE", help="the first day of delivery that counts")
        parser.add_argument("--until", metavar="DATE", help="the last day of delivery that counts; --as-at if left out")
        parser.add_argument("--as-at", metavar="DATE", help="as known by the end of this day; yesterday if left out")
        parser.add_argument("--dry-run", action="store_true", help="print what would be drawn, keep nothing")
        parser.add_argument("--json", action="store_true", help="print JSON Lines, one a drawn delivery")

    def handle(self, *args, seed, size, dry_run, **options):
        as_at = read_day(options["as_at"]) if options["as_at"] else timezone.localdate() - timedelta(days=1)
        until = read_day(options["until"]) if options["until"] else as_at
        since = read_day(options["since"]) if options["since"] else FIRST_DAY
        days = {"as_at": as_at, "until": until, "since": since}
        if as_at > timezone.localdate() or since > until:
            raise CommandError("The days are those of a time that is over, from the first to the last.", returncode=2)
        try:
            rows, words = self.drawn(seed, size, dry_run, days)
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages), returncode=1) from refused
        for row in rows:
            said = {name: str(value) if name in ("day", "confirmed") else value for name, value in row.items()}
            self.stdout.write(json.dumps(said) if options["json"] else "  ".join(f"{v}" for v in said.values() if v))
        if not options["json"]:
            self.stdout.write(words)

    def drawn(self, seed, size, dry_run, days):
        """([row of a drawn delivery], what was done in a sentence)."""
        if dry_run:
            deliveries = population.confirmed(days["as_at"], days["until"], days["since"])
            rows = [_row(one) for one in (drawing.choose(deliveries, size, seed) if size > 0 else [])]
            return rows, f"{len(rows)} of {len(deliveries)} deliveries would be drawn. Nothing was kept."
        sample, is_new = drawing.draw(seed=seed, size=size, by_words=BY_WORDS, **days)
        fields = ("commitment", *population.NUMBERS, "day", "confirmed", "draws")
        rows = [dict(zip(fields, row, strict=True)) for row in sample.items.order_by("pk").values_list(*fields)]
        state = "drawn" if is_new else "drawn before and the same"
        return rows, f"{len(rows)} of {sample.population} deliveries, {state}: check them under Assurance."


def _row(drawn):
    one = drawn.delivery
    numbers = dict(zip(population.NUMBERS, one.numbers, strict=True))
    return {"commitment": one.commitment, **numbers, "day": one.day, "confirmed": one.amount, "draws": drawn.draws}
