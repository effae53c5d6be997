"""Moderation: Wagtail's own workflow on the request, started and answered from here."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Cast
from wagtail.log_actions import log
from wagtail.models import TaskState, Workflow, WorkflowState
from wagtail.users.models import UserProfile

from organisations import limits
from records.transactions import atomic_once_more
from screens.permissions import ENTER_ADMIN
from words.lines import said

from . import drafts, emails, locks, pledges, standing
from .models import Pledge, Request, RequestTotals

NEEDED = {
    "title": "Give your request a title",
    "description": "Say what you need and why",
    "quantity": "Say how much you need",
    "unit": "Choose what you are counting",
}


def missing(request):
    """Sentences for what a request still lacks before it can be submitted: [(field, sentence)]."""
    lacks = [(field, words) for field, words in NEEDED.items() if not getattr(request, field)]
    if not request.remote and not request.postcode:
        lacks.append(("postcode", "Say where the help is needed"))
    if not request.needed_by:
        lacks.append(("needed_by", "Say when you need it by"))
    return lacks


MODERATED = {WorkflowState.STATUS_IN_PROGRESS: "With a moderator", WorkflowState.STATUS_NEEDS_CHANGES: "Returned"}


def with_standing(rows):
    """Requests of a queryset, each with its totals and how its newest moderation stands, for `stands`."""
    states = WorkflowState.objects.filter(
        base_content_type__app_label="requests_app", object_id=Cast(OuterRef("pk"), CharField())
    )
    newest = states.order_by("-created_at", "-pk").values("status")[:1]
    return rows.select_related("totals").annotate(moderated=Subquery(newest))


def stands(request):
    """Where a request of `with_standing` stands, in words: with a moderator, returned, a draft, open, met, closed."""
    if request.live:
        return "Met" if request.totals.fulfilled else request.totals.get_state_display()
    return MODERATED.get(request.moderated, "Draft")


def waits(request):
    """Whether the request lies with a moderator."""
    return request.current_workflow_state is not None and request.workflow_in_progress


@atomic_once_more
def submit(request, *, by):
    """Hand a request to the moderators; ValidationError lists what is missing."""
    locks.request_row(request)
    request.refresh_from_db()
    draft = drafts.latest(request)
    lacks = missing(draft)
    if lacks:
        raise ValidationError([words for _, words in lacks])
    if not request.organisation.may_draft:
        raise ValidationError("The council has not approved your organisation. Your draft is kept.")
    if waits(request):
        raise ValidationError("This request is with a moderator already.")
    limits.spend("submit", request.organisation)
    if not by.has_perm(ENTER_ADMIN):
        # The stock mails link to the staff admin; ours do not.
        UserProfile.objects.update_or_create(
            user=by, defaults={"approved_notifications": False, "rejected_notifications": False}
        )
    draft.save_revision(user=by, log_action=False)
    request.refresh_from_db()
    state = request.current_workflow_state
    if state and state.status == state.STATUS_NEEDS_CHANGES:
        state.resume(by)
    else:
        workflow_of(request).start(request, by)
    log(request, "requests_app.submit", user=by)
    emails.request_submitted(request)


def queue():
    """Task states of requests that wait for a moderator, oldest first."""
    return TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        workflow_state__base_content_type__app_label="requests_app",
    ).order_by("started_at")


def state_of(request):
    """The task state in which the request waits for a moderator, with its revision; None where it does not wait."""
    return queue().filter(workflow_state__object_id=str(request.pk)).select_related("revision", "task").first()


@atomic_once_more
def answer(request, verb, words, *, by, seen):
    """Approve ("approve") or return ("reject", with a reason) what waits; `seen` is the revision that was read.

    ValidationError where somebody has answered, or the request was changed, since it was opened.
    """
    locks.request_row(request)
    state = state_of(request)
    if state is None:
        raise ValidationError("Somebody has answered this already: nothing was changed.", code="moved")
    if state.revision_id != seen:
        raise ValidationError("The request was changed while you read it. Read it again.", code="moved")
    state.task.specific.on_action(state.specific, by, verb, comment=said(words))


def workflow_of(request):
    workflow = request.get_workflow()
    return workflow or Workflow.objects.active().get(name="Requests")


@atomic_once_more
def take_back(request, *, by):
    """The requestor takes a submitted request back to change it."""
    locks.request_row(request)
    if waits(request):
        request.current_workflow_state.cancel(user=by)
        log(request, "requests_app.take_back", user=by)


def may_be_discarded(request):
    """Whether it is a draft that was never public and does not wait for anybody."""
    return not request.first_published_at and not request.live and not waits(request)


@atomic_once_more
def discard(request, *, by):
    """Delete a draft that nobody but its group ever saw; ValidationError for any other request."""
    locks.request_row(request)
    request.refresh_from_db()
    if not may_be_discarded(request):
        raise ValidationError("This is not a draft any more. Take it back, or close it.", code="moved")
    log(request.organisation, "requests_app.discard", user=by, data={"title": request.title})
    request.delete()


def leave_queue(organisation):
    """The group was not approved: what it had submitted is with it again, as a draft."""
    for request in Request.objects.filter(organisation=organisation, live=False):
        if waits(request):
            request.current_workflow_state.cancel(user=organisation.decided_by)


@atomic_once_more
def close(request, reason, *, by):
    """The requestor no longer needs it: it leaves the list, takes no more pledges, and declines those that wait.

    A pledge that is answered or taken back in this moment is simply left as it is.
    """
    locks.request_row(request)
    if waits(request):
        request.current_workflow_state.cancel(user=by)
    waiting = locks.waiting_pledges(request)
    row = standing.of(request)
    if row and row.moves.can(row, "close"):
        standing.close(row, by=by, reason=reason)
    else:
        log(request, "requests_app.close", user=by, data={"reason": reason})
    for pledge in Pledge.objects.filter(pk__in=waiting).with_both_sides():
        pledges.decline(pledge, said(reason) or "The request was closed.", by=by)


@transaction.atomic
def reopen(request, *, by):
    """Say that a paused or closed request is still needed."""
    row = standing.of(request)
    if row:
        standing.reopen(row, by=by)


def pause_stale(before):
    """Pause open requests that nobody has called needed since `before`; returns how many (rule 12)."""
    stale = RequestTotals.objects.open().filter(listed=True, checked_at__lte=before)
    count = 0
    for row in stale.select_related("request__organisation"):
        with suppress(ValidationError), transaction.atomic():  # closed, or called needed, in this very moment
            standing.pause(row)
            emails.request_paused(row.request)
            count += 1
    return count
