from django.apps import AppConfig

from .permissions import PUBLISH_REQUEST


class RequestsConfig(AppConfig):
    name = "requests_app"
    verbose_name = "Requests and pledges"

    def ready(self):
        from importing import kinds

        from . import closing, facts, figures, importer, receivers  # noqa: F401 - they hear of what happens elsewhere

        figures.register_all()
        kinds.register(importer.RequestImporter, PUBLISH_REQUEST)
