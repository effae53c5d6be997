"""Take back an import as one step: manage.py undo_import N. Exit status: 0 taken back, 1 refused, 2 no such import."""

import sys

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from importing.kinds import IMPORTERS
from importing.models import ImportRun
from importing.taking_back import take_back


class Command(BaseCommand):
    help = "Take back an import, as long as nothing was built on it. import_runs lists their numbers."

    def add_arguments(self, parser):
        parser.add_argument("number", type=int)

    def handle(self, *args, number, **options):
        run = ImportRun.objects.filter(pk=number).first()
        if run is None or run.kind not in IMPORTERS:
            raise CommandError(f"There is no import {number}. import_runs lists them.", returncode=2)
        try:
            take_back(run, IMPORTERS[run.kind][0]())
        except ValidationError as stands:
            for sentence in stands.messages:
                self.stderr.write(sentence)
            sys.exit(1)
        self.stdout.write(f"Import {number}, “{run.name}”, was taken back.")
