"""Staff's screen: which deliveries are worth a case study, and a draft of one with a press."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST
from wagtail.permissions import page_permission_policy

from screens.frames import frame

from .. import telling
from ..models import Delivery

PER_PAGE = 30


def may_write(user):
    """PermissionDenied for whoever writes pages nowhere; the menu asks the same."""
    if not page_permission_policy.user_has_permission(user, "add"):
        raise PermissionDenied("You may write in no section.")


def stories(request):
    """Deliveries that were thanked for in public, and of which no case study tells."""
    may_write(request.user)
    page = Paginator(telling.worth_telling(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, **frame("Worth a case study", "doc-full")}
    return TemplateResponse(request, "requests_app/admin/stories.html", context)


@require_POST
def story_draft(request, pk):
    may_write(request.user)
    delivery = get_object_or_404(Delivery, pk=pk)
    try:
        page = telling.draft(delivery, by=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("stories")
    messages.success(request, "Drafted from what was confirmed. Finish it, then submit it as any other page.")
    return redirect("wagtailadmin_pages:edit", page.pk)
