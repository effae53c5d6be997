from importing.command import ImportCommand

from ...registers.plans import PlanImporter


class Command(ImportCommand):
    help = "Read promises with their delivery plans, a row a version, from a CSV or XLSX file."
    importer_class = PlanImporter
