from ...command import ExtractCommand
from ...extracts import ProjectImporter


class Command(ExtractCommand):
    help = "Keep an extract of PM3 (CSV or XLSX) as the state of one day; the same extract again changes nothing."
    importer_class = ProjectImporter
