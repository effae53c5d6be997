from django.apps import AppConfig
from django.db.models.signals import post_save


class SuppliersConfig(AppConfig):
    name = "suppliers"
    verbose_name = "Suppliers and contracts"

    def ready(self):
        from .importing import commitments, contracts, kinds
        from .models import GoldenThreadRules
        from .thread import extracts, tasks

        post_save.connect(tasks.rules_changed, sender=GoldenThreadRules)
        kinds.register(contracts.ContractImporter, "suppliers.add_contract")
        kinds.register(commitments.CommitmentImporter, "suppliers.add_commitment")
        for importer in (extracts.ProjectImporter, extracts.ContractExtractImporter, extracts.FinanceImporter):
            kinds.register(importer, "suppliers.add_importrun")
