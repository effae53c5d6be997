from django.apps import AppConfig


class TalkingConfig(AppConfig):
    name = "talking"
    verbose_name = "Talking"

    def ready(self):
        from . import receivers  # noqa: F401 - they hear of what happens elsewhere
