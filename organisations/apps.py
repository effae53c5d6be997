from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "organisations"
    verbose_name = "Organisations"

    def ready(self):
        from allauth.account.signals import email_changed

        from .contacting import address_changed
        from .leaving import leave
        from .signals import person_leaves

        person_leaves.connect(leave, dispatch_uid="organisations-leaving")
        email_changed.connect(address_changed, dispatch_uid="organisations-contact")
