from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from ... import charities


class Command(BaseCommand):
    help = (
        "Read the Charity Commission’s register from a downloaded file (table “charity”: JSON, tabs, or its "
        "zip), so that deciders see whether a group’s number, name and area agree. Exit status: 1 refused, 2 not read."
    )

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument("--force", action="store_true", help="also where half of what is here is missing")

    def handle(self, *args, file, force, **options):
        try:
            count = charities.load(file, force=force)
        except OSError as wrong:
            raise CommandError(f"{file} can’t be read: {wrong.strerror or wrong}", returncode=2) from wrong
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        self.stdout.write(f"{count} charities")
