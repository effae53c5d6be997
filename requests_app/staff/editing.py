"""Staff's screens of one request: what stands beside approving and returning is taken away or asks for a reason."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.log_actions import log
from wagtail.snippets.views.snippets import SnippetViewSet

from screens.one_writer import Quiet, QuietAtFirst
from words.lines import said

from .. import emails
from ..models import Request

LEFT_OUT = ("publish", "cancel-workflow", "restart-workflow")
"""Wagtail's ways round a moderator's answer: a request is approved, returned with a reason, or taken down with one."""


class AnswersOnly:
    """An edit or create view without the ways round; a form that asks for one is refused."""

    def get_available_actions(self):
        return [action for action in super().get_available_actions() if action not in LEFT_OUT]

    def post(self, request, *args, **kwargs):
        if any(f"action-{action}" in request.POST for action in LEFT_OUT):
            raise PermissionDenied("Approve the request, or return it with a reason.")
        return super().post(request, *args, **kwargs)


class Edited:
    """Wagtail hands an object to templates under its model's name: "request" would hide the HTTP request."""

    context_object_name = "edited"


def renamed(view_class):
    return type(view_class.__name__, (Edited, view_class), {})


class RequestEditView(AnswersOnly, Quiet, Edited, SnippetViewSet.edit_view_class):
    pass


class RequestCreateView(AnswersOnly, QuietAtFirst, SnippetViewSet.add_view_class):
    pass


class RequestTakeDownView(Edited, SnippetViewSet.unpublish_view_class):
    """A request leaves the site with a reason that its group reads."""

    page_title = "Take down"
    template_name = "requests_app/admin/request_take_down.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "reason": self.reason(),
            "is_refused": self.request.method == "POST",
        }

    def reason(self):
        return said(self.request.POST.get("reason"))

    def post(self, request, *args, **kwargs):
        if not self.reason():
            return self.render_to_response(self.get_context_data(), status=422)
        with transaction.atomic():
            refused = self.unpublish()
            if refused:
                return refused
            log(self.object, "requests_app.take_down", user=request.user, data={"reason": self.reason()})
            emails.request_taken_down(self.object, self.reason(), request.user)
        messages.success(request, f"“{self.object}” is off the site. {self.object.organisation} has been told why.")
        return redirect(self.get_next_url())


@hooks.register("construct_snippet_action_menu")
def leave_ways_round_out(menu_items, request, context):
    if context.get("model") is Request:
        menu_items[:] = [item for item in menu_items if item.name not in [f"action-{name}" for name in LEFT_OUT]]
