import json

from django.core.management.base import BaseCommand

from ...models import Contract
from ...registers.contracts import as_json


class Command(BaseCommand):
    help = "Print the contract register as JSON Lines."

    def handle(self, *args, **options):
        for contract in Contract.objects.filter(made_for_import=False).order_by("pk").iterator(chunk_size=2000):
            self.stdout.write(json.dumps(as_json(contract), ensure_ascii=False))
