from django.apps import AppConfig

from importing.permissions import ADD_IMPORT_RUN


class GoldenThreadConfig(AppConfig):
    name = "golden_thread"
    verbose_name = "Golden thread"

    def ready(self):
        from django.db.models.signals import post_save

        from importing import kinds

        from . import extracts, tasks
        from .models import GoldenThreadRules, PartnerRules

        for kind in (GoldenThreadRules, PartnerRules):
            post_save.connect(tasks.rules_changed, sender=kind)
        for importer in (extracts.ProjectImporter, extracts.ContractExtractImporter, extracts.FinanceImporter):
            kinds.register(importer, ADD_IMPORT_RUN)
