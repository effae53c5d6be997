"""The report "Guidance health": one row a page, with filters, as a screen, a CSV file or a workbook."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from screens.frames import frame
from words.cells import guard

from ..models import Role
from ..pages.types import Audience
from ..permissions import VIEW_REVIEW
from ..upkeep import health

STATES = ["In order", "Needs care", "Owner vacant", "Overdue"]
COLUMNS = {
    "page.title": "Page",
    "page.full_url": "Address",
    "state": "State",
    "owner": "Owner role",
    "holder": "Holder",
    "vacant": "Vacant",
    "age_days": "Days since review",
    "reviewed_on": "Last reviewed",
    "due_on": "Next review due",
    "overdue_days": "Days overdue",
    "useful": "Useful, per cent",
    "answers": "Answers",
    "reads": "Reads",
    "unread": "Nobody reads it",
    "broken_links": "Broken links",
    "link_warnings": "Links to look at",
    "missing_alternative_text": "Pictures without alternative text",
    "reading_age": "Reading age",
    "model": "Rests on",
    "superseded": "Superseded",
}
SHOWN = [
    "Page", "State", "Owner", "Days since review", "Days overdue", "Useful", "Reads", "Broken links",
    "Links to look at", "No alternative text", "Reading age", "Rests on", "Review",
]  # fmt: skip


class HealthFilter(forms.Form):
    """What the report can be narrowed to."""

    state = forms.ChoiceField(choices=[("", "Every state"), *[(s, s) for s in STATES]], required=False)
    owner = forms.ModelChoiceField(Role.objects.all(), required=False, empty_label="Every owner")
    audience = forms.ChoiceField(choices=[("", "Every audience"), *Audience.choices], required=False)


def cell(value):
    """A cell for people: yes and no, nothing for nothing, and never a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return guard(value) if isinstance(value, str) else value


class GuidanceHealthReport(SpreadsheetExportMixin, TemplateView):
    """For guidance editors, the programme team and leaders; figures are worked out when it is opened."""

    template_name = "guidance/admin/health_report.html"
    list_export = list(COLUMNS)
    export_headings = COLUMNS
    export_filename = "guidance-health"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(VIEW_REVIEW):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        self.form = HealthFilter(request.GET)
        rows = self.narrow(health.rows(timezone.localdate()))
        if self.is_export:
            return self.as_spreadsheet(rows, request.GET["export"])
        return self.render_to_response(self.get_context_data(rows=rows))

    def narrow(self, rows):
        """The rows that the filter lets through; an unknown choice is an error on the form and no filter."""
        wanted = self.form.cleaned_data if self.form.is_valid() else {}
        if wanted.get("state"):
            rows = [row for row in rows if row.state == wanted["state"]]
        if wanted.get("owner"):
            rows = [row for row in rows if row.page.owner_role_id == wanted["owner"].pk]
        if wanted.get("audience"):
            rows = [row for row in rows if row.page.audience == wanted["audience"]]
        return rows

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            form=self.form,
            summary=health.summary(kwargs["rows"]),
            csv_url=self.csv_export_url,
            xlsx_url=self.xlsx_export_url,
            columns=SHOWN,
            **frame("Guidance health", "calendar-check"),
            **kwargs,
        )

    def to_row_dict(self, item):
        return {name: cell(value) for name, value in super().to_row_dict(item).items()}

    def get_heading(self, queryset, field):
        return COLUMNS[field]
