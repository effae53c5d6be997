from django.apps import AppConfig


class TalkingConfig(AppConfig):
    name = "talking"
    verbose_name = "Talking"
