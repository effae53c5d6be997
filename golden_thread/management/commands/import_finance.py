from ...command import ExtractCommand
from ...extracts import FinanceImporter


class Command(ExtractCommand):
    help = "Keep an extract of MySurrey (CSV or XLSX) as the state of one day; the same extract again changes nothing."
    importer_class = FinanceImporter
