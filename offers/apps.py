from django.apps import AppConfig


class OffersConfig(AppConfig):
    name = "offers"
    verbose_name = "Offers of suppliers"

    def ready(self):
        from . import closing, receivers  # noqa: F401 - they hear of what happens elsewhere
