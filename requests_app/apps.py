from django.apps import AppConfig

from .permissions import PUBLISH_REQUEST


class RequestsConfig(AppConfig):
    name = "requests_app"
    verbose_name = "Requests and pledges"

    def ready(self):
        from importing import kinds

        from . import importer, receivers  # noqa: F401 - receivers connects moderation's signals

        kinds.register(importer.RequestImporter, PUBLISH_REQUEST)
