from importing.command import ImportCommand

from ...registers.values import ValueImporter


class Command(ImportCommand):
    help = "Read a table of proxy values that the council has rights to, from a CSV or XLSX file."
    importer_class = ValueImporter
