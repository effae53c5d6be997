"""One writer of a page or a request at a time in the staff admin, each beginning from the row as the last one left it.

Wagtail's background save posts the edit form again while a first post still runs, buttons of the workflow and all,
and writes the whole row as it had read it: an approved page went back to unpublished, and nobody was told. Three
things end that, for every view that writes one page or one request:

- a background save carries no act: with one in it, it is refused;
- writers of one row wait for each other, and each reads the row after the one before has committed;
- an answer to a workflow that has ended meanwhile changes nothing and says so.
"""

import json
from functools import wraps

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from wagtail.admin.views.generic.base import BaseOperationView
from wagtail.admin.views.generic.models import EditView, RevisionsUnscheduleView, UnpublishView
from wagtail.admin.views.generic.workflow import WorkflowAction
from wagtail.admin.views.pages.edit import EditView as PageEditView

from words.numbers import is_number

WRITERS = (PageEditView, EditView, WorkflowAction, UnpublishView, RevisionsUnscheduleView, BaseOperationView)
ACT, WORDS = "action-workflow-action", "workflow-action-extra-data"
ANSWERED = "Somebody has answered this already: nothing was changed."
NO_ACT = "Saved in the background, nothing is submitted or approved."


def one_writer(view, model, key):
    """The view, with POSTs about one row of `model` (its number in the address's `key`) one after the other."""

    @wraps(view)
    def alone(request, *args, **kwargs):
        if request.method != "POST":
            return view(request, *args, **kwargs)
        if is_background_save(request) and any(name.startswith("action-") for name in request.POST):
            return refusal(NO_ACT)
        with transaction.atomic():
            # A key that others refer to isn't locked: readers' answers go on being written meanwhile.
            rows = model._base_manager.select_for_update(of=("self",), no_key=True)
            row = rows.filter(pk=number_of(kwargs[key])).first()
            if row is not None and ACT in request.POST and not row.workflow_in_progress:
                messages.info(request, ANSWERED)
                return redirect("wagtailadmin_home")
            return view(request, *args, **kwargs)

    return said_aloud(alone)


def number_of(key):
    """A row's number as an address gives it; Http404 where it is none that a database could hold."""
    text = unquote(str(key))
    if not is_number(text):
        raise Http404
    return int(text)


def said_aloud(view):
    """A workflow step that refuses says why on the page, and what comes with an act is words and nothing else."""

    @wraps(view)
    def told(request, *args, **kwargs):
        if ACT in request.POST:
            request.POST = request.POST.copy()
            request.POST[WORDS] = json.dumps(comment_in(request.POST.get(WORDS, "")))
        try:
            return view(request, *args, **kwargs)
        except ValidationError as refused:
            if ACT not in request.POST:
                raise
            messages.error(request, " ".join(refused.messages))
            return redirect(request.path)

    return told


def comment_in(text):
    """{"comment": words} of what the form sends with an act as JSON, or {} where there is none."""
    try:
        data = json.loads(text)
    except ValueError:
        return {}
    comment = data.get("comment") if isinstance(data, dict) else None
    return {"comment": comment.replace("\0", "")} if isinstance(comment, str) else {}


def is_background_save(request):
    """Wagtail's own sign of a save that no person pressed a button for."""
    return not request.accepts("text/html")


def refusal(words):
    """What makes the browser switch its background save off: Wagtail's own code for a form that is out of date."""
    answer = {"success": False, "error_code": "invalid_revision", "error_message": words}
    return JsonResponse(answer, status=409)


class OneWriter:
    """For a viewset: what writes one row goes through one_writer."""

    row_key = "pk"

    def construct_view(self, view_class, **kwargs):
        view = super().construct_view(view_class, **kwargs)
        return one_writer(view, self.model, self.row_key) if issubclass(view_class, WRITERS) else view


class Quiet:
    """An edit view that saves nothing by itself while an answer is waited for: who only reads becomes no author."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if context["object"].workflow_in_progress:
            context["autosave_enabled"] = False
            context.pop("autosave_indicator", None)
        return context


class QuietAtFirst:
    """A create view without background save: one in flight and a button pressed would make two of a thing."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["autosave_enabled"] = False
        context.pop("autosave_indicator", None)
        return context
