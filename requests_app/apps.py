from django.apps import AppConfig


class RequestsConfig(AppConfig):
    name = "requests_app"
    verbose_name = "Requests and pledges"

    def ready(self):
        from suppliers.importing import kinds

        from . import importing, receivers  # noqa: F401 - receivers connects moderation's signals

        kinds.register(importing.RequestImporter, "requests_app.publish_request")
