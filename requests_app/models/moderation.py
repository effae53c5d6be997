"""The workflow step of every request: a moderator approves it, or returns it with a reason."""

from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import AbstractGroupApprovalTask, TaskState

from organisations import sides
from words.lines import said


class RequestModeration(AbstractGroupApprovalTask):
    """Moderators answer; nobody answers for an organisation that they belong to, and no return is without a reason."""

    class Meta:
        verbose_name = "moderation of requests"

    @classmethod
    def get_description(cls):
        return "Moderators approve a request or return it with a reason."

    def get_actions(self, obj, user):
        if not (user.is_superuser or self._user_in_groups(user)) or sides.own_of(user, obj.organisation):
            return []
        return [
            ("reject", "Return with a reason", True),
            ("approve", "Approve", False),
            ("approve", "Approve with a comment", True),
        ]

    def get_form_for_action(self, action):
        from guidance.staff.reasons import ReasonForm  # Wagtail's forms want every model loaded first

        return ReasonForm if action == "reject" else super().get_form_for_action(action)

    def on_action(self, task_state, user, action_name, **kwargs):
        """PermissionDenied for somebody of the organisation; ValidationError for a return without a reason."""
        request = task_state.workflow_state.content_object
        if sides.own_of(user, request.organisation):
            raise PermissionDenied("You belong to this organisation, or did. Ask another moderator.")
        if action_name == "reject" and not said(kwargs.get("comment")):
            raise ValidationError("Say why you return it: the group will read it.")
        return super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user, **kwargs):
        states = super().get_task_states_user_can_moderate(user, **kwargs).select_related("workflow_state")
        mine = sides.own_ids(user)
        own = [
            state.pk
            for state in states
            if (request := state.workflow_state.content_object) and request.organisation_id in mine
        ]
        return TaskState.objects.filter(pk__in=states.values("pk")).exclude(pk__in=own)
