from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Reports"

    def ready(self):
        from requests_app import hints

        from . import success

        hints.register(success.for_draft)
