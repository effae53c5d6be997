"""Drafts: saved at every step, and kept apart from what is public while a live request is being changed."""

from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction

from organisations.models import Organisation

from . import locks
from .models import Request

NOT_COPIED = {
    "pk",
    "id",
    "live",
    "has_unpublished_changes",
    "external_reference",
    "latest_revision",
    "live_revision",
    "first_published_at",
    "last_published_at",
    "go_live_at",
    "expire_at",
    "expired",
    "locked",
    "locked_at",
    "locked_by",
    "created_at",
    "posted_by",
    "needed_by",
    "needed_from",
}


def latest(request):
    """The request as its authors last left it; what is public stays as it is until re-approved."""
    return request.get_latest_revision_as_object() if request.live and request.latest_revision_id else request


@contextmanager
def held(pk):
    """Hold a request while one reads, checks and writes a draft of it."""
    with transaction.atomic():
        locks.request_row(Request(pk=pk))
        yield


@transaction.atomic
def begin(draft, *, by):
    """Save a first page; the same one sent twice goes on with the draft that it made.

    The same are words and kind of one person for one organisation, as long as nothing else was said of it.
    """
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=draft.organisation_id)
    same = Request.objects.filter(
        organisation=draft.organisation_id, posted_by=by, kind=draft.kind, title=draft.title, live=False,
        first_published_at=None, quantity=None, needed_by=None,
    ).order_by("-pk").first()  # fmt: skip
    if same and not same.workflow_in_progress:
        same.description = draft.description
        same.save()
        return same
    draft.save()
    return draft


@transaction.atomic
def save(draft, *, by):
    """Save one step of a draft: on the row while it is private, as a revision once the request is public.

    ValidationError where it went to a moderator, or became public, since the page was opened.
    """
    now = locks.request_row(draft)
    if now.workflow_in_progress:
        raise ValidationError("This request is with a moderator. Take it back to change it.", code="moved")
    if now.live != draft.live:
        raise ValidationError("This request has been answered since you opened the page. Reload it.", code="moved")
    if draft.live:
        draft.save_revision(user=by, changed=True, log_action=False)
    else:
        draft.save()
    return draft


@transaction.atomic
def copy(request, *, by):
    """A new draft with the same words; dates and pictures are left for the author to give."""
    fields = {
        field.name: getattr(request, field.name)
        for field in Request._meta.concrete_fields
        if field.name not in NOT_COPIED
    }
    return Request.objects.create(**fields, live=False, posted_by=by)
