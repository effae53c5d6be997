"""The staff admin: screens of governance, models and reviews, four eyes before publishing, and the log's words."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from screens.frames import PermittedItem, log_words
from screens.one_writer import OneWriter, Quiet, QuietAtFirst
from screens.policies import AddOnly, NoDelete, ViewOnly

from . import checks
from .models import Action, AuditFinding, Decision, GovernanceGroup, PageAnswer, ReviewTask, Role, SocialValueModel
from .pages.types import OwnedPage
from .permissions import VIEW_ACTION, VIEW_REVIEW, VIEW_SOCIAL_VALUE_MODEL
from .staff import governance, models, papers
from .staff.health import GuidanceHealthReport
from .staff.viewsets import Governance, Models, RolesAndGroups

register_permission_policy(Decision, AddOnly(Decision))
for kept in (Action, AuditFinding, GovernanceGroup, Role, SocialValueModel):
    register_permission_policy(kept, NoDelete(kept))
for seen in (PageAnswer, ReviewTask):
    register_permission_policy(seen, ViewOnly(seen))

register_snippet(RolesAndGroups)


class Pages(OneWriter, PageViewSet):
    """Wagtail's own screens for pages, with one writer of a page at a time."""

    row_key = "page_id"
    edit_view_class = type("EditView", (Quiet, PageViewSet.edit_view_class), {})
    add_view_class = type("CreateView", (QuietAtFirst, PageViewSet.add_view_class), {})


@hooks.register("insert_global_admin_css")
def staff_styles():
    return format_html('<link rel="stylesheet" href="{}">', static("staff.css"))


@hooks.register("register_admin_viewset")
def register_screens():
    return [Pages(), Governance(), Models()]


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("roles/<int:pk>/appoint/", governance.role_appoint, name="role_appoint"),
        path("reviews/<int:pk>/", governance.review_page, name="review_page"),
        path("actions/<int:pk>/report/", governance.action_report, name="action_report"),
        path("tasks/<int:pk>/close/", governance.task_close, name="task_close"),
        path("guidance-health/", GuidanceHealthReport.as_view(), name="guidance_health_report"),
        path("audit-progress/", papers.audit_progress, name="audit_progress"),
        path("audit-progress/pdf/", papers.audit_progress_pdf, name="audit_progress_pdf"),
        path("social-value/<int:pk>/", models.model_open, name="model_open"),
        path("social-value/<int:pk>/publish/", models.model_publish, name="model_publish"),
        path("social-value/<int:pk>/withdraw/", models.model_withdraw, name="model_withdraw"),
        path("social-value/<int:pk>/<str:what>.csv", models.model_export, name="model_export"),
        path("social-value/priorities/", models.priorities, name="priorities_matrix"),
    ]


@hooks.register("register_reports_menu_item")
def register_health():
    return PermittedItem(
        "Guidance health",
        reverse("guidance_health_report"),
        icon_name="calendar-check",
        order=50,
        permission=VIEW_REVIEW,
    )


@hooks.register("register_reports_menu_item")
def register_paper():
    return PermittedItem(
        "Audit progress", reverse("audit_progress"), icon_name="doc-full", order=60, permission=VIEW_ACTION
    )


@hooks.register("register_admin_menu_item")
def register_matrix():
    return PermittedItem(
        "Priorities matrix",
        reverse("priorities_matrix"),
        icon_name="table",
        order=303,
        permission=VIEW_SOCIAL_VALUE_MODEL,
    )


@hooks.register("before_publish_page")
def four_eyes(request, page):
    """Nobody publishes alone, whatever their rights: the last stop behind the hidden button."""
    if issubclass(page.specific_class, OwnedPage):
        raise PermissionDenied


@hooks.register("before_bulk_action")
def four_eyes_in_bulk(request, action_type, objects, action_class):
    if action_type == "publish" and any(issubclass(getattr(o, "specific_class", type(o)), OwnedPage) for o in objects):
        raise PermissionDenied


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_before_publishing(request, page):
    """What the checks find is said when a draft is saved or submitted, not after it is public."""
    page = page.specific
    if not hasattr(page, "streams") or request.headers.get("Accept", "").startswith("application/json"):
        return
    found = checks.of(page.get_latest_revision_as_object())
    if found:
        first = "; ".join(remark.words for remark in found[:3])
        more = f" And {len(found) - 3} more under “Checks”." if len(found) > 3 else ""
        messages.warning(request, f"Before this is published: {first}{more}")


@hooks.register("before_edit_page")
def say_why_it_came_back(request, page):
    """Whoever opens a page that was returned reads the reason first."""
    state = page.workflow_states.order_by("-created_at", "-pk").first() if request.method == "GET" else None
    if state and state.status == state.STATUS_NEEDS_CHANGES:
        returned = state.current_task_state
        messages.warning(request, f"{returned.finished_by or 'Somebody'} returned this: {returned.comment}")


@hooks.register("after_edit_page")
def let_the_approver_go(request, page):
    """Who approved or returned a page and can't edit it otherwise goes to the staff front page, not to a refusal."""
    is_done = "action-workflow-action" in request.POST and not page.permissions_for_user(request.user).can_edit()
    return redirect("wagtailadmin_home") if is_done else None


log_words(
    "guidance",
    {
        "review": "Reviewed the page",
        "appoint": "Appointed to the role",
        "leave": "Left the role",
        "cancel_appointment": "Took back an appointment",
        "action_opened": "Opened the action",
        "action_reported": "Reported on the action",
        "import_model": "Imported lines or a mapping",
        "ask_to_publish": "Asked a second person to publish the version",
        "send_model_back": "Did not publish the version",
        "publish_model": "Published the version",
        "withdraw_model": "Withdrew the version",
        "change_matrix": "Changed the priorities matrix",
        "close_task": "Closed the review task",
    },
)
