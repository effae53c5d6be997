"""Staff screens of roles, actions and reviews: each loads with permission, calls one verb and goes on."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from screens.frames import frame, pressed, put_errors, require

from .. import checks
from ..governance import actions, roles, vacancies
from ..models import Action, Holder, ReviewTask, Role
from ..outcomes import publishing
from ..pages.types import KeptPage
from ..permissions import CHANGE_ACTION, CHANGE_REVIEW_TASK, CHANGE_ROLE, VIEW_ACTION, VIEW_REVIEW, VIEW_REVIEW_TASK
from ..upkeep import reviews
from .forms import ActionReportForm, AppointForm, LeaveForm, ReviewForm, WordsForm


def role_appoint(request, pk):
    """Give a role to somebody; whoever held it hands over."""
    require(request.user, CHANGE_ROLE)
    role = get_object_or_404(Role, pk=pk)
    button = pressed(request, "appoint", "leave", "cancel") if request.method == "POST" else ""
    appoint_form = AppointForm(request.POST if button == "appoint" else None)
    leave_form = LeaveForm(request.POST if button == "leave" else None)
    form = leave_form if button == "leave" else appoint_form
    if button == "cancel":
        try:
            roles.cancel(role, by=request.user)
        except ValidationError as refused:
            messages.error(request, refused.messages[0])
        return redirect("role_appoint", pk=pk)
    if button and form.is_valid():
        try:
            verb = roles.leave if button == "leave" else roles.appoint
            verb(role, **{name: value for name, value in form.cleaned_data.items() if value}, by=request.user)
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, f"{role}: saved.")
            return redirect("role_appoint", pk=pk)
    context = {
        "role": role,
        "holder": role.holder_on(timezone.localdate()),
        "holders": role.holders.select_related("user"),
        "coming": role.holders.filter(starts_on__gt=timezone.localdate()).select_related("user").first(),
        "owned": vacancies.pages_by_role().get(role.pk, ([], []))[0],
        "form": appoint_form,
        "leave_form": leave_form,
        **frame(f"Who holds “{role}”", "user", (reverse(Role.snippet_viewset.get_url_name("list")), "Roles")),
    }
    return TemplateResponse(request, "guidance/admin/role_appoint.html", context, status=422 if form.errors else 200)


def may_act(user, permission, role):
    """Whoever has the right, and whoever holds the role it is about."""
    return user.has_perm(permission) or user in Holder.objects.people_in([role], timezone.localdate())


def may_review(user, page):
    """Editors of the page, and whoever holds its owner or deputy role."""
    if page.permissions_for_user(user).can_edit():
        return True
    ids = Holder.objects.people_in([page.owner_role_id, page.deputy_role_id], timezone.localdate())
    return user in ids


def review_page(request, pk):
    """Record a review of a page: no change or changed, and why."""
    page = get_object_or_404(Page, pk=pk).specific
    if not isinstance(page, KeptPage) or not may_review(request.user, page):
        raise PermissionDenied
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            review = reviews.record(page, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(
                request, f"“{page.title}” is reviewed. The next review is due on {review.due_on:%-d %B %Y}."
            )
            sees_all = request.user.has_perm(VIEW_REVIEW)
            return redirect("guidance_health_report" if sees_all else "wagtailadmin_home")
    context = {
        "page": page,
        "form": form,
        "history": page.reviews.order_by("-pk").select_related("by"),
        "findings": checks.of(page),
        "may_edit": page.permissions_for_user(request.user).can_edit(),
        **frame(f"Review “{page.title}”", "calendar-check", (reverse("guidance_health_report"), "Guidance health")),
    }
    return TemplateResponse(request, "guidance/admin/review_page.html", context, status=422 if form.errors else 200)


def action_report(request, pk):
    """Add to an action's history."""
    action = get_object_or_404(Action.objects.with_latest(), pk=pk)
    may_change = may_act(request.user, CHANGE_ACTION, action.owner_id)
    if not may_change:
        require(request.user, VIEW_ACTION)
    form = ActionReportForm(request.POST or None, initial={"status": action.status})
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied
        if form.is_valid():
            try:
                actions.report(action, **form.cleaned_data, by=request.user)
            except ValidationError as refused:
                put_errors(form, refused)
            else:
                messages.success(request, f"{action}: saved.")
                return redirect("action_report", pk=pk)
    context = {
        "action": action,
        "updates": action.updates.order_by("-pk").select_related("by", "document"),
        "form": form if may_change else None,
        **frame(action.title, "tasks", (reverse("action:index"), "Actions")),
    }
    return TemplateResponse(request, "guidance/admin/action_report.html", context, status=422 if form.errors else 200)


def task_close(request, pk):
    """Say what was done about a review task."""
    task = get_object_or_404(ReviewTask.objects.select_related("model", "role", "closed_by"), pk=pk)
    may_close = may_act(request.user, CHANGE_REVIEW_TASK, task.role_id)
    if not may_close:
        require(request.user, VIEW_REVIEW_TASK)
    form = WordsForm(request.POST or None)
    if request.method == "POST":
        if not may_close:
            raise PermissionDenied
        if form.is_valid():
            try:
                publishing.close_task(task, form.cleaned_data["words"], by=request.user)
            except ValidationError as refused:
                put_errors(form, refused)
            else:
                messages.success(request, "The task is closed.")
                sees_all = request.user.has_perm(VIEW_REVIEW_TASK)
                return redirect("review_task:index" if sees_all else "wagtailadmin_home")
    context = {
        "task": task,
        "form": form if may_close and not task.closed_at else None,
        **frame("Review task", "tasks", (reverse("review_task:index"), "Review tasks")),
    }
    return TemplateResponse(request, "guidance/admin/task_close.html", context, status=422 if form.errors else 200)
