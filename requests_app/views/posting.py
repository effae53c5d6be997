"""Posting a request: a step a page, check your answers, submit; and closing, reopening, taking back."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from desk.clocks import working_days_after
from organisations import held_files, uploads
from organisations.models import Organisation
from screens.frames import pressed

from .. import access, answers, drafts, hints, judging, links, moderation, starters
from ..forms.closing import CloseForm
from ..forms.steps.order import FORMS, PAGES, page_after, page_before
from ..models import Request, RequestPicture


def request_new(request):
    """Choose who asks, where there is a choice; then the first step. Visitors read what it takes."""
    if not request.user.is_authenticated:
        return render(request, "requests_app/request_new_visitor.html")
    mine = list(Organisation.objects.of(request.user).that_draft().order_by("name"))
    if not mine:
        return render(request, "requests_app/request_new_refused.html")
    chosen = [organisation for organisation in mine if str(organisation.pk) == request.POST.get("organisation")] or (
        mine if len(mine) == 1 else []
    )
    if request.method == "POST" and chosen:
        return redirect("request_new_step", chosen[0].pk)
    if len(mine) == 1:
        return redirect("request_new_step", mine[0].pk)
    error = request.method == "POST"
    return render(request, "requests_app/request_new.html", {"organisations": mine, "error": error})


@login_required
def request_new_step(request, organisation):
    """The first page; saving it makes the draft, once, however often it is pressed and gone back to."""
    owner = get_object_or_404(Organisation.objects.of(request.user), pk=organisation)
    if owner.is_supplier or not owner.may_draft:
        raise PermissionDenied
    draft, like = Request(organisation=owner, posted_by=request.user, live=False), request.GET.get("like", "")
    form = PAGES["ask"](request.POST or None, instance=draft, initial=starters.of_draft(like, draft))
    if request.method == "POST" and form.is_valid():
        draft = drafts.begin(form.save(commit=False), by=request.user)
        details = reverse("request_edit", args=[draft.pk, "details"])
        return redirect(f"{details}?like={like}" if like in starters.STARTERS else details)
    context = {**page_context(form, "ask", draft), "starters": starters.STARTERS, "like": starters.STARTERS.get(like)}
    return render(request, "requests_app/request_edit.html", context)


def page_context(form, name, draft):
    names = list(PAGES)
    return {
        "form": form,
        "page": name,
        "draft": draft,
        "number": names.index(name) + 1 if name in names else None,
        "of": len(names),
        "before": page_before(name) if draft.pk else None,
        "pictures": draft.pictures.all() if draft.pk and "picture" in form.fields else [],
        "hints": hints.for_draft(draft) if draft.pk else [],
    }


def editable(user, pk):
    """(request, draft) that the user may change now; 403 while a moderator has it."""
    request = access.own_request(user, pk)
    if moderation.waits(request):
        raise PermissionDenied("This request is with a moderator. Take it back to change it.")
    return request, drafts.latest(request)


@login_required
def request_edit(request, pk, step):
    """One page of the form, or one question of it, saved as a draft."""
    if step not in FORMS:
        raise Http404
    if request.method == "POST":
        access.own_request(request.user, pk)
        with drafts.held(pk):  # two who write: the second reads what the first left
            return edited(request, pk, step)
    _, draft = editable(request.user, pk)
    begin = starters.of_draft(request.GET.get("like", ""), draft) or starters.size_in_the_usual_unit(draft)
    form = FORMS[step](instance=draft, initial=begin)
    return render(request, "requests_app/request_edit.html", page_context(form, step, draft))


def edited(request, pk, step):
    """The answer to what was typed: saved and onward, or the page once more with what is amiss."""
    saved, draft = editable(request.user, pk)
    form = FORMS[step](request.POST, request.FILES, instance=draft)
    if form.is_valid():
        draft = form.save(commit=False)
        try:
            with transaction.atomic():
                if form.cleaned_data.get("picture"):
                    picture = form.cleaned_data["picture"]
                    upload = uploads.keep(form.checked, picture.name, saved.organisation, request.user)
                    draft.pictures.add(RequestPicture(upload=upload, description=form.cleaned_data["picture_shows"]))
                drafts.save(draft, by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            if "another" in request.POST:
                return redirect("request_edit", pk, step)
            after = None if "check" in request.GET else page_after(step)
            return redirect("request_edit", pk, after) if after else redirect("request_check", pk)
    held_files.hold(form, request.user)
    return render(request, "requests_app/request_edit.html", page_context(form, step, draft))


@login_required
@require_POST
def request_picture_remove(request, pk, upload):
    """Take one picture out of a draft."""
    _, draft = editable(request.user, pk)
    draft.pictures.set([picture for picture in draft.pictures.all() if picture.upload_id != upload])
    try:
        drafts.save(draft, by=request.user)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    return redirect("request_edit", pk, "pictures")


@login_required
def request_check(request, pk):
    """Check your answers, then submit."""
    saved = access.own_request(request.user, pk)
    waits = moderation.waits(saved)
    draft = drafts.latest(saved)
    errors = []
    if request.method == "POST":
        try:
            moderation.submit(saved, by=request.user)
        except ValidationError as refusal:
            errors = refusal.messages
        else:
            return redirect("request_submitted", pk)
    state = saved.current_workflow_state
    returned = state.current_task_state.specific if state and state.status == "needs_changes" else None
    context = {
        "draft": draft,
        "saved": saved,
        "waits": waits,
        "errors": [{"words": words} for words in errors],
        "lacks": moderation.missing(draft),
        "returned": returned,
        "contacts": judging.contacts_of(draft),
        "may_discard": moderation.may_be_discarded(saved),
        "group_waits": saved.organisation.waits,
        "by": working_days_after(timezone.localdate(), settings.MODERATION_DAYS),
        "answers": answers.of(draft, may_change=not waits),
        "hints": hints.for_draft(draft),
    }
    return render(request, "requests_app/request_check.html", context, status=422 if errors else 200)


@login_required
def request_submitted(request, pk):
    saved = access.own_request(request.user, pk)
    return render(request, "requests_app/request_submitted.html", {"saved": saved})


@login_required
@require_POST
def request_take_back(request, pk):
    saved = access.own_request(request.user, pk)
    moderation.take_back(saved, by=request.user)
    messages.success(request, "You have taken your request back. Change it and submit it again.")
    return redirect("request_check", pk)


@login_required
def request_discard(request, pk):
    """Delete a draft, after a question."""
    saved = access.own_request(request.user, pk)
    if request.method == "POST":
        try:
            moderation.discard(saved, by=request.user)
        except ValidationError as refused:
            messages.error(request, refused.messages[0])
            return redirect(saved)
        messages.success(request, "Your draft is deleted.")
        return redirect("dashboard")
    if not moderation.may_be_discarded(saved):
        messages.error(request, "Only a draft that was never public can be deleted. You can close this request.")
        return redirect(saved)
    return render(request, "requests_app/request_discard.html", {"saved": saved})


@login_required
def request_close(request, pk):
    """Say that it is no longer needed."""
    saved = access.own_request(request.user, pk)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            moderation.close(saved, form.cleaned_data["reason"], by=request.user)
        except ValidationError as refused:
            messages.error(request, refused.messages[0])
        else:
            messages.success(request, "Your request is closed. You can open it again at any time.")
        return redirect(saved)
    return render(request, "requests_app/request_close.html", {"saved": saved, "form": form})


@login_required
@require_POST
def request_reopen(request, pk):
    """Say that it is still needed."""
    saved = access.own_request(request.user, pk)
    try:
        moderation.reopen(saved, by=request.user)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        if saved.live:
            messages.success(request, "Thank you. Your request is open.")
    return redirect(saved)


def still_needed(request, token):
    """The question of an e-mail, answered by its link alone: still needed, got it, or changed. Void once answered."""
    row, person = links.read_need(token)
    if row is None:
        return render(request, "requests_app/still_needed_void.html", status=404)
    if request.method == "POST":
        button = pressed(request, "needed", "got", "change")
        try:
            if button == "got":
                moderation.close(row.request, "It is not needed any more", by=person)
            elif button == "needed":
                moderation.reopen(row.request, by=person)
        except ValidationError as refused:
            messages.error(request, refused.messages[0])
        if button == "change":
            return redirect("request_check", row.request_id)
        return render(request, "requests_app/still_needed_thanks.html", {"shown": row.request, "button": button})
    return render(request, "requests_app/still_needed.html", {"shown": row.request, "person": person})
