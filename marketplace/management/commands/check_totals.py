import sys

from django.core.management.base import BaseCommand

from requests_app import totals
from suppliers import ledger


class Command(BaseCommand):
    help = "Compare every kept total with the entries it adds up. Exit status 1 when any differs."

    def handle(self, *args, **options):
        found = [("commitment", *row) for row in ledger.differences()]
        found += [("request", *row) for row in totals.differences()]
        for kind, number, name, kept, summed in found:
            self.stdout.write(f"{kind} {number}: {name} is kept as {kept}, its entries add up to {summed}")
        if found:
            sys.exit(1)
        self.stdout.write("Every kept total agrees with its entries.")
