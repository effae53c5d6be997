from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "matching"
    verbose_name = "Matching"

    def ready(self):
        from requests_app import hints as posting

        from . import receivers, tasks
        from .ranking import changes, hints

        changes.noted.connect(tasks.wake, dispatch_uid="matching-follow")
        receivers.connect()
        posting.register(hints.for_draft)
        posting.register_usual_unit(hints.usual_unit)
