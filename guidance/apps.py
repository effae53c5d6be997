from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    name = "guidance"
    verbose_name = "Guidance"

    def ready(self):
        from wagtail.signals import page_published, task_submitted

        from .upkeep import signals

        page_published.connect(signals.published, dispatch_uid="guidance-first-publication")
        task_submitted.connect(signals.submitted, dispatch_uid="guidance-approval-wanted")
