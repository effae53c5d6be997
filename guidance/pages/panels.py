"""Panels of the page editor: how a page was reviewed, and what to put right before it is published."""

from django.utils import timezone
from wagtail.admin.panels import Panel

from .. import checks, reading


class ReviewPanel(Panel):
    """The page's reviews, the date of the next, and where to record one."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "guidance/admin/review_panel.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            page = self.instance
            context["page"] = page
            context["history"] = list(page.reviews.order_by("-pk").select_related("by")) if page.pk else []
            context["overdue"] = page.days_overdue(timezone.localdate()) if page.pk else 0
            return context


class ChecksPanel(Panel):
    """What a check of the last saved draft found; shown before publishing, to author and approver alike."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "guidance/admin/checks_panel.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            if self.instance.pk:
                context["remarks"] = checks.of(self.instance)
                context["reading_age"] = reading.age(checks.text_of(self.instance))
                context["oldest_reader"] = checks.OLDEST_READER
            else:
                context["unsaved"] = True
            return context
