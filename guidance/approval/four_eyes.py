"""Four eyes: a page goes live only when somebody who did not write the change approves it."""

from django.db.models import Max
from django.utils import timezone
from wagtail.models import PageLogEntry, PagePermissionTester, WorkflowState

from ..models import Holder, Role


class FourEyesTester(PagePermissionTester):
    """Wagtail's page permissions without any way to publish alone, superusers included.

    Wagtail's "publish" permission still lets people take a page down, order pages and set who may see them.
    """

    def can_publish(self):
        return False

    def can_publish_subpage(self):
        return False

    def can_set_view_restrictions(self):
        return super().can_publish()

    def can_unschedule(self):
        return super().can_publish()


def authors(page):
    """Ids of everybody who wrote any of what is not public yet, and of whoever submitted it.

    Bringing back an old revision brings back its authors too: everybody who wrote between the publication before
    it and itself.
    """
    pending = page.revisions.all()
    if page.live_revision_id:
        pending = pending.filter(pk__gt=page.live_revision_id)
    ids = set(pending.exclude(user=None).values_list("user_id", flat=True))
    log = PageLogEntry.objects.filter(page=page.pk)
    for entry in log.filter(action="wagtail.revert", revision__in=pending):
        old = entry.data["revision"]["id"]
        since = log.filter(action="wagtail.publish", revision__lt=old).aggregate(newest=Max("revision"))["newest"] or 0
        brought_back = page.revisions.filter(pk__gt=since, pk__lte=old).exclude(user=None)
        ids.update(brought_back.values_list("user_id", flat=True))
    state = page.current_workflow_state
    if state and state.status == WorkflowState.STATUS_IN_PROGRESS and state.requested_by_id:
        ids.add(state.requested_by_id)
    return ids


def approvers(page):
    """[owners, deputies, sponsors] who may approve what waits on a page: never its authors."""
    page, wrote = page.specific, authors(page)
    owner, deputy = getattr(page, "owner_role_id", None), getattr(page, "deputy_role_id", None)
    today = timezone.localdate()
    return [
        [user for user in Holder.objects.people_in(roles, today) if user.pk not in wrote]
        for roles in ([owner], [deputy], Role.objects.sponsors())
    ]


def asked(page):
    """Whom to write to: the owner, else the deputy, else the sponsor, whichever first has somebody who may approve."""
    return next(filter(None, approvers(page)), [])


def may_approve(page, user):
    """Whether `user` may approve what waits: an approver, or a superuser, and never one of its authors."""
    if not user.is_active or user.pk in authors(page):
        return False
    return user.is_superuser or any(user in people for people in approvers(page))
