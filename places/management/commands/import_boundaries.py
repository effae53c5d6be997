from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from ... import outlines


class Command(BaseCommand):
    help = "Draw the maps by a council's own boundary file: GeoJSON in degrees, areas by GSS code or name."

    def add_arguments(self, parser):
        parser.add_argument("file")

    def handle(self, *args, **options):
        try:
            text = Path(options["file"]).read_text(encoding="utf-8-sig")
            drawn, unknown = outlines.save(outlines.read(text))
        except (OSError, UnicodeDecodeError) as wrong:
            raise CommandError(f"{options['file']} can’t be read: {wrong}") from wrong
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        self.stdout.write(f"Drawn anew: {', '.join(sorted(row.name for row in drawn))}.")
        if unknown:
            self.stdout.write(f"No district of this site: {', '.join(sorted(unknown))}. They were left out.")
