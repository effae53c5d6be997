from django.apps import AppConfig
from django.core.checks import Tags, register


class MailConfig(AppConfig):
    name = "mail"
    verbose_name = "E-mail"

    def ready(self):
        from .checks import check_mail

        register(check_mail, Tags.security, deploy=True)
