from importing.command import ImportCommand

from ...registers.deliveries import DeliveryImporter


class Command(ImportCommand):
    help = "Read the history of deliveries that another system kept, an event a row, from a CSV or XLSX file."
    importer_class = DeliveryImporter
