from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MarketplaceConfig(AppConfig):
    name = "marketplace"
    verbose_name = "Community Marketplace"

    def ready(self):
        from .roles import apply_roles

        post_migrate.connect(apply_roles, sender=self)
