"""The workflow step of every page: approval by the role that owns it, never by who wrote it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from wagtail.models import Task, TaskState

from words.lines import said

from . import four_eyes


def is_sound(page):
    """Whether what waits could be published as it is: its model may have been withdrawn meanwhile."""
    try:
        page.get_latest_revision_as_object().full_clean()
    except ValidationError:
        return False
    return True


class ReturnsWithReason:
    """Mixin of a workflow step: approve, or return with a reason that somebody reads."""

    ANSWERS = (
        ("reject", "Return with a reason", True),
        ("approve", "Approve", False),
        ("approve", "Approve with a comment", True),
    )

    def get_form_for_action(self, action):
        from .reasons import ReasonForm  # Wagtail's forms want every model loaded first

        return ReasonForm if action == "reject" else super().get_form_for_action(action)

    @staticmethod
    def refuse_without_reason(action_name, answer, *, reader):
        """ValidationError for a return whose `answer`, the words that came with it, gives none."""
        if action_name == "reject" and not said(answer.get("comment")):
            raise ValidationError(f"Say why you return it: {reader} will read it.")


class OwnerApproval(ReturnsWithReason, Task):
    """The owner of a page approves it, or the deputy, or the sponsor; nobody approves their own words."""

    class Meta:
        verbose_name = "approval by the page’s owner"

    @classmethod
    def get_description(cls):
        return "The role that owns the page approves it. Whoever wrote a change can’t approve it."

    def user_can_access_editor(self, obj, user):
        return four_eyes.may_approve(obj, user)

    def locked_for_user(self, obj, user):
        return not four_eyes.may_approve(obj, user)

    def get_actions(self, obj, user):
        if not four_eyes.may_approve(obj, user):
            return []
        if not is_sound(obj):
            return [("reject", "Return with a reason: it can’t be published as it is", True)]
        return self.ANSWERS

    def on_action(self, task_state, user, action_name, **kwargs):
        """PermissionDenied for authors, also where the approver changed something first, and for a page that broke;
        ValidationError for a return without a reason.
        """
        page = task_state.workflow_state.content_object
        if not four_eyes.may_approve(page, user) or (action_name == "approve" and not is_sound(page)):
            raise PermissionDenied
        self.refuse_without_reason(action_name, kwargs, reader="the writer")
        super().on_action(task_state, user, action_name, **kwargs)
        is_editor = page.permissions_for_user(user).can_edit()
        return None if is_editor else reverse("wagtailadmin_home")  # an owner is done with the page

    def get_task_states_user_can_moderate(self, user, **kwargs):
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS).select_related("workflow_state")
        mine = [
            state.pk
            for state in waiting
            if (page := state.workflow_state.content_object) and four_eyes.may_approve(page, user)
        ]
        return TaskState.objects.filter(pk__in=mine)
