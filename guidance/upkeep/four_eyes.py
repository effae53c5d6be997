"""Four eyes: a page goes live only when somebody who did not write the change approves it."""

from django.contrib.auth import get_user_model
from django.db.models import Max
from django.utils import timezone
from wagtail.models import PageLogEntry, PagePermissionTester, WorkflowState


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
    """Who may approve what waits on a page: holders of its owner, deputy and sponsor roles, never its authors."""
    from ..models import Holder, Role

    page = page.specific
    roles = {getattr(page, "owner_role_id", None), getattr(page, "deputy_role_id", None)} - {None}
    holders = Holder.objects.current_on(timezone.localdate())
    sponsors = Role.objects.sponsors()
    ids = holders.filter(role__in=roles).values_list("user_id", flat=True)
    ids = [*ids, *holders.filter(role__in=sponsors).values_list("user_id", flat=True)]
    return get_user_model().objects.filter(pk__in=ids, is_active=True).exclude(pk__in=authors(page))


def asked(page):
    """Whom to write to: the owner, else the deputy, else the sponsor, whichever first has somebody who may approve."""
    from ..models import Holder, Role

    may = {user.pk: user for user in approvers(page)}
    page, today = page.specific, timezone.localdate()
    sponsors = Role.objects.sponsors().values_list("pk", flat=True)
    for roles in ([page.owner_role_id], [page.deputy_role_id], list(sponsors)):
        ids = (
            Holder.objects.current_on(today).filter(role__in=[r for r in roles if r]).values_list("user_id", flat=True)
        )
        found = [may[pk] for pk in ids if pk in may]
        if found:
            return found
    return []


def may_approve(page, user):
    """Whether `user` may approve what waits: an approver, or a superuser, and never one of its authors."""
    if not user.is_active or user.pk in authors(page):
        return False
    return user.is_superuser or approvers(page).filter(pk=user.pk).exists()
