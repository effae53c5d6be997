from importing.command import ImportCommand
from suppliers.registers.releases import ANY, ReleaseImporter


class Command(ImportCommand):
    help = "Import awards that Contracts Finder or Find a Tender published: Open Contracting releases, JSON or CSV."
    importer_class = ReleaseImporter

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--buyer", action="append", default=[], metavar="NAME",
            help=f"whose awards count, more than once if need be; “{ANY}” for all; this council's own where left out",
        )  # fmt: skip

    def make_importer(self, options):
        return self.importer_class(options["buyer"])
