from django.apps import AppConfig

from .permissions import ADD_COMMITMENT, ADD_CONTRACT


class SuppliersConfig(AppConfig):
    name = "suppliers"
    verbose_name = "Suppliers and contracts"

    def ready(self):
        from importing import kinds

        from . import figures, planned, recorded  # noqa: F401 - the last tells the ledger
        from .registers import commitments, contracts, deliveries, plans, releases, values

        figures.register_all()
        planned.register_all()
        kinds.register(contracts.ContractImporter, ADD_CONTRACT)
        kinds.register(releases.ReleaseImporter, ADD_CONTRACT)
        kinds.register(commitments.CommitmentImporter, ADD_COMMITMENT)
        kinds.register(plans.PlanImporter, ADD_COMMITMENT)
        kinds.register(deliveries.DeliveryImporter, ADD_COMMITMENT)
        kinds.register(values.ValueImporter, ADD_CONTRACT)
