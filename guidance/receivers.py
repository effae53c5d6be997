"""What happens when Wagtail says that a page was published, or waits for its owner's approval."""

from django.utils import timezone

from . import emails
from .approval import four_eyes
from .approval.task import OwnerApproval
from .models import Holder, Role
from .pages.types import KeptPage
from .upkeep import reviews


def published(sender, instance, revision=None, **kwargs):
    """The day a page first goes live counts as its first review."""
    if isinstance(instance, KeptPage):
        reviews.first_publication(instance)


def submitted(sender, instance, user=None, **kwargs):
    """Ask those who may approve; where only authors could, tell the sponsors that it is stuck."""
    if not isinstance(instance.task.specific, OwnerApproval):
        return

    page = instance.workflow_state.content_object
    people = four_eyes.asked(page)
    if people:
        emails.approval_wanted(page, people, user)
    else:
        emails.approval_stuck(page, Holder.objects.people_in(Role.objects.sponsors(), timezone.localdate()))
