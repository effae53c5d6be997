"""The workflow step of every request: a moderator approves it, or returns it with a reason."""

from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import AbstractGroupApprovalTask

from guidance.approval.task import ReturnsWithReason
from organisations import sides

from .requests import Request


class RequestModeration(ReturnsWithReason, AbstractGroupApprovalTask):
    """Moderators answer; nobody answers for an organisation that they belong to, and no return is without a reason.

    A group's first request may come together with the group: it is approved once the group is.
    """

    class Meta:
        verbose_name = "moderation of requests"

    @classmethod
    def get_description(cls):
        return "Moderators approve a request or return it with a reason."

    def get_actions(self, obj, user):
        may_answer = user.is_superuser or self._user_in_groups(user)
        return self.ANSWERS if may_answer and obj.organisation_id not in sides.own_ids(user) else []

    def on_action(self, task_state, user, action_name, **kwargs):
        """PermissionDenied for somebody of the organisation; ValidationError for a return without a reason, and for an
        approval before that of the group.
        """
        request = task_state.workflow_state.content_object
        if sides.own_of(user, request.organisation):
            raise PermissionDenied("You belong to this organisation, or did. Ask another moderator.")
        if action_name == "approve" and not request.organisation.is_approved:
            raise ValidationError(
                f"{request.organisation} is not approved. Decide about the group first: its request waits.",
                code="group",
            )
        self.refuse_without_reason(action_name, kwargs, reader="the group")
        return super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user, **kwargs):
        own = Request.objects.filter(organisation__in=sides.own_ids(user)).values_list("pk", flat=True)
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        return states.exclude(workflow_state__object_id__in=[str(number) for number in own])
