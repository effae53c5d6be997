from django.apps import AppConfig


class SuppliersConfig(AppConfig):
    name = "suppliers"
    verbose_name = "Suppliers and contracts"

    def ready(self):
        from .importing import commitments, contracts, kinds
        from .thread import extracts

        kinds.register(contracts.ContractImporter, "suppliers.add_contract")
        kinds.register(commitments.CommitmentImporter, "suppliers.add_commitment")
        for importer in (extracts.ProjectImporter, extracts.ContractExtractImporter, extracts.FinanceImporter):
            kinds.register(importer, "suppliers.add_importrun")
