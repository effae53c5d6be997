from django.core.management.base import CommandError

from importing.command import ImportCommand

from ...importer import RequestImporter


class Command(ImportCommand):
    help = "Read requests from a CSV or XLSX file and publish them."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--organisation", default="", help="name or number of the organisation that asks")

    def make_importer(self, options):
        importer = RequestImporter(options["organisation"])
        if options["organisation"]:
            try:
                importer.organisation()
            except ValueError as error:
                raise CommandError(str(error)) from error
        return importer
