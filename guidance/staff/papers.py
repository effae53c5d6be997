"""The audit tracker's paper, as a page and as a PDF."""

from django.http import HttpResponse
from django.template.response import TemplateResponse

from screens.frames import require

from ..governance import papers
from ..permissions import VIEW_ACTION


def audit_progress(request):
    """The paper as a page that prints well."""
    require(request.user, VIEW_ACTION)
    return TemplateResponse(request, "guidance/audit_progress.html", {"paper": papers.audit_progress()})


def audit_progress_pdf(request):
    """The same paper as PDF."""
    require(request.user, VIEW_ACTION)
    paper = papers.audit_progress()
    response = HttpResponse(papers.as_pdf(paper), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="audit-progress-{paper.day:%Y-%m-%d}.pdf"'
    return response
