"""The golden thread for staff: officers beside directorates, what each has to mend, and every record counted."""

from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from django.urls import reverse

from guidance.components.screens import frame, require

from ..thread import report as reports

A_PAGE = 50


def thread_screen(request):
    """Percentages with officers; the worklist below, of one officer where ?officer= names one."""
    require(request.user, "suppliers.view_contract")
    day = reports.newest_day()
    context = {"day": day, **frame("Golden thread", "link")}
    if day:
        officer = request.GET.get("officer", "")
        rows = [row for row in reports.worklist(day) if not officer or row["officer"] == officer]
        page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
        context |= reports.report(day) | {"page": page, "officer": officer}
    return TemplateResponse(request, "suppliers/admin/thread.html", context)


def thread_records(request, metric):
    """Every id that a figure counts or leaves out, by reason."""
    require(request.user, "suppliers.view_contract")
    day = reports.newest_day()
    found = reports.groups(day).get(metric) if day else None
    title = reports.LABELS.get(metric, "Golden thread")
    context = {"day": day, "groups": found, **frame(title, "link", (reverse("thread_screen"), "Golden thread"))}
    return TemplateResponse(request, "suppliers/admin/thread_records.html", context, status=200 if found else 404)
