from ...command import ExtractCommand
from ...extracts import ContractExtractImporter


class Command(ExtractCommand):
    help = "Keep an extract of Proactis (CSV or XLSX) as the state of one day; the same extract again changes nothing."
    importer_class = ContractExtractImporter
