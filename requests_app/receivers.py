"""What follows when a moderator answers in the Wagtail admin: the list is brought up to date, people are told."""

from allauth.account.signals import user_signed_up
from django.dispatch import receiver
from wagtail.models import WorkflowState
from wagtail.signals import published, unpublished, workflow_approved, workflow_cancelled, workflow_rejected

from organisations import sides
from organisations.signals import contact_changed

from . import emails, shortlist, totals
from .models import Request

ENDED = "This round of moderation was ended. Your request itself was not judged."


def last_comment(workflow_state):
    """What the moderator wrote when answering, or ""."""
    task_state = workflow_state.current_task_state
    return task_state.specific.comment if task_state else ""


@receiver(user_signed_up)
def remember_what_was_wanted(request, user, **kwargs):
    shortlist.keep_what_was_wanted(user, request.POST.get("next") or request.GET.get("next") or "")


@receiver(contact_changed)
def tell_how_to_reach(organisation, **kwargs):
    emails.contact_changed(organisation)


@receiver(published, sender=Request)
def place_in_list(instance, **kwargs):
    if totals.place(instance):
        emails.request_lowered(instance)


@receiver(unpublished, sender=Request)
def take_from_list(instance, **kwargs):
    totals.relist(instance.pk)


@receiver(workflow_approved, sender=WorkflowState)
def tell_approved(instance, **kwargs):
    if isinstance(instance.content_object, Request):
        emails.request_approved(instance.content_object, last_comment(instance))


@receiver(workflow_cancelled, sender=WorkflowState)
def tell_cancelled(instance, user=None, **kwargs):
    """Where anybody but the group itself ends the moderation, the group hears of it: nothing vanishes in silence."""
    request = instance.content_object
    if isinstance(request, Request) and not (user and sides.belongs_to(user, request.organisation)):
        emails.request_cancelled(request, ENDED, user)


@receiver(workflow_rejected, sender=WorkflowState)
def tell_returned(instance, **kwargs):
    if isinstance(instance.content_object, Request):
        emails.request_returned(instance.content_object, last_comment(instance))
