from django.apps import AppConfig


class SuppliersConfig(AppConfig):
    name = "suppliers"
    verbose_name = "Suppliers and contracts"

    def ready(self):
        from importing import kinds

        from .registers import commitments, contracts

        kinds.register(contracts.ContractImporter, "suppliers.add_contract")
        kinds.register(commitments.CommitmentImporter, "suppliers.add_commitment")
