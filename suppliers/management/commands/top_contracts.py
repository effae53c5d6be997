import json

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from records.days import read_day

from ... import top


class Command(BaseCommand):
    help = "The contracts with the most social value, a line a contract and unit, as known on a day or restated."

    def add_arguments(self, parser):
        parser.add_argument("--limit", type=int, default=75, help="how many contracts; 75 where left out")
        parser.add_argument("--as-at", metavar="DATE", help="the last day that counts; today where left out")
        parser.add_argument("--restated", action="store_true", help="with what was entered since of days up to it")
        parser.add_argument("--json", action="store_true", help="print JSON Lines")

    def handle(self, *args, limit, restated, **options):
        if limit < 1:
            raise CommandError("--limit: enter 1 or more.", returncode=2)
        day = read_day(options["as_at"]) if options["as_at"] else timezone.localdate()
        for ranked in top.contracts(day, restated=restated, limit=limit):
            for unit in sorted(ranked.lines):
                said = top.as_json(ranked, ranked.lines[unit], day)
                if options["json"]:
                    self.stdout.write(json.dumps(said, ensure_ascii=False))
                    continue
                pace = "nothing due yet" if said["pace"] is None else f"pace {said['pace']:.0%}"
                self.stdout.write(
                    f"{said['contract']} ({said['supplier']}), {said['state']}, {said['unit']}: "
                    f"{said['committed']:g} committed, {said['expected']:g} expected, {said['claimed']:g} claimed, "
                    f"{said['confirmed']:g} confirmed, {said['verified']:g} verified, {pace}"
                )
