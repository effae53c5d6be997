import json

from django.core.management.base import BaseCommand
from django.utils import timezone

from records.days import read_day

from ... import metrics, rules
from ...command import load_or_stop
from ...figures import LABELS
from ...models.rules import Window


class Command(BaseCommand):
    help = "The percentages of the golden thread on a day, with every id counted and every id left out."

    def add_arguments(self, parser):
        parser.add_argument("--as-at", metavar="DATE", help="the last day that counts; today where left out")
        parser.add_argument("--go-live", metavar="DATE", help="instead of the day that is set")
        parser.add_argument("--window", choices=Window.values, help="instead of the rule that is set")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, **options):
        as_at = read_day(options["as_at"]) if options["as_at"] else timezone.localdate()
        go_live = read_day(options["go_live"]) if options["go_live"] else None
        counted = rules.current(go_live=go_live, window=options["window"])
        thread = load_or_stop(as_at, counted)
        measured = metrics.measure_and_find(as_at, counted, thread)
        printed = metrics.with_spend(measured, as_at, counted, thread).as_dict()
        if options["json"]:
            self.stdout.write(json.dumps(printed, default=str))
            return
        for name, metric in printed["metrics"].items():
            self.stdout.write(f"{LABELS[name]}: {metric['numerator']} of {metric['denominator']}, {metric['percent']}%")
