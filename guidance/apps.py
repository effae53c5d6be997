from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    name = "guidance"
    verbose_name = "Guidance"

    def import_models(self):
        """Page types and the step of approval are models too: they stand above the checks that they ask."""
        super().import_models()
        from .approval import task  # noqa: F401
        from .pages import types  # noqa: F401

    def ready(self):
        from wagtail.signals import page_published, task_submitted

        from . import receivers

        page_published.connect(receivers.published, dispatch_uid="guidance-first-publication")
        task_submitted.connect(receivers.submitted, dispatch_uid="guidance-approval-wanted")
