"""What the staff home page says of guidance: pages and roles that need somebody."""

from django.utils import timezone
from wagtail.admin.ui.components import Component

from ..governance import roles, vacancies
from ..models import Action, ActionUpdate, ReviewTask
from ..permissions import CHANGE_ROLE, VIEW_ACTION, VIEW_REVIEW, VIEW_REVIEW_TASK
from ..upkeep import reviews


class GuidancePanel(Component):
    """My pages that come due, vacant roles, open tasks and late actions; nothing where nothing waits."""

    name = "guidance"
    order = 10
    template_name = "guidance/admin/home_panel.html"

    def __init__(self, request):
        self.request = request

    def get_context_data(self, parent_context):
        user, today = self.request.user, timezone.localdate()
        sees_all = user.has_perm(VIEW_REVIEW)
        held = roles.held_by(user, today)
        due = [
            (page, review.days_overdue(today))
            for page, review in (reviews.due(today) if sees_all or held else [])
            if sees_all or {page.owner_role_id, page.deputy_role_id} & held
        ]
        open_states = [ActionUpdate.Status.OPEN, ActionUpdate.Status.UNDER_WAY]
        return {
            "due": due[:8],
            "due_count": len(due),
            "mine": Action.objects.with_latest().filter(owner__in=held, status__in=open_states),
            "my_tasks": ReviewTask.objects.filter(role__in=held, closed_at=None),
            "may_appoint": user.has_perm(CHANGE_ROLE),
            "vacancies": vacancies.vacancies(today) if sees_all else [],
            "tasks": ReviewTask.objects.filter(closed_at=None).count() if user.has_perm(VIEW_REVIEW_TASK) else 0,
            "late": Action.objects.with_latest().filter(status__in=open_states, target_on__lt=today).count()
            if user.has_perm(VIEW_ACTION)
            else 0,
        }
