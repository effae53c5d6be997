import json

from django.core.management.base import BaseCommand
from django.utils import timezone

from records.days import read_day
from words.numbers import say_percent

from ... import figures, metrics, rules
from ...command import add_council, load_or_stop, partner
from ...models.rules import Window


class Command(BaseCommand):
    help = "The percentages of the golden thread on a day, with every id counted and every id left out."

    def add_arguments(self, parser):
        parser.add_argument(
            "--as-at", metavar="DATE", help="the last day that counts; that of the extracts where left out"
        )
        parser.add_argument("--go-live", metavar="DATE", help="instead of the day that is set")
        parser.add_argument("--window", choices=Window.values, help="instead of the rule that is set")
        add_council(parser)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, **options):
        council = partner(options["council"])
        as_at = read_day(options["as_at"]) if options["as_at"] else figures.newest_day(council) or timezone.localdate()
        go_live = read_day(options["go_live"]) if options["go_live"] else None
        counted = rules.current(council, go_live=go_live, window=options["window"])
        thread = load_or_stop(as_at, counted)
        measured = metrics.measure_and_find(as_at, counted, thread)
        extracts = {"projects": thread.projects_extract, "contracts": thread.contracts_extract}
        printed = metrics.with_spend(measured, as_at, counted, thread).as_dict() | {
            "extracts": {
                name: {"as_at": extract.as_at, "older_than_asked": extract.as_at < as_at}
                for name, extract in extracts.items()
            }
        }
        if options["json"]:
            self.stdout.write(json.dumps(printed, default=str))
            return
        for extract in extracts.values():
            older = ", older than the day asked for" if extract.as_at < as_at else ""
            self.stdout.write(f"Read from {extract}{older}")
        for name, metric in measured.metrics.items():
            counts = f"{len(metric.numerator_ids)} of {len(metric.denominator_ids)}"
            self.stdout.write(f"{figures.LABELS[name]}: {counts}, {say_percent(metric.percent)}")
