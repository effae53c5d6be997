from importing.command import ImportCommand

from ...registers.contracts import ContractImporter


class Command(ImportCommand):
    help = "Read a contract register (CSV or XLSX) as councils publish it."
    importer_class = ContractImporter
