from importing.command import ImportCommand

from ...registers.commitments import CommitmentImporter


class Command(ImportCommand):
    help = "Read commitments from a CSV or XLSX file."
    importer_class = CommitmentImporter
