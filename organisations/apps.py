from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "organisations"
    verbose_name = "Organisations"

    def ready(self):
        from .leaving import leave
        from .signals import person_leaves

        person_leaves.connect(leave, dispatch_uid="organisations-leaving")
