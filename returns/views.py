"""The supplier's pages of returns: the list, one return as a form, its workbook, and a file handed in."""

import tempfile

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from importing.sheets import Unreadable
from organisations import uploads
from screens.frames import pressed, put_errors

from . import answering, form, imports
from .forms import NothingForm, ReturnForm, UploadForm
from .models import AnswerFile, Return
from .permissions import VIEW_RETURN

A_PAGE = 30
MOST_BYTES = 5 * 1024 * 1024


def visible(user):
    """Returns that a person may read: of their own contracts, or all for the council."""
    rows = Return.objects.with_contract()
    return rows if user.has_perm(VIEW_RETURN) else rows.of(user)


@login_required
def return_list(request):
    """The returns of one's own contracts, those to send first."""
    rows = Return.objects.with_contract().of(request.user).order_by("state", "due_on", "pk")
    to_send = list(rows.to_send().order_by("due_on", "pk"))
    done = rows.counted().exclude(state=Return.State.QUERIED).order_by("-last_day", "pk")
    page = Paginator(done, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "returns/return_list.html", {"to_send": to_send, "page": page})


@login_required
def return_detail(request, pk):
    """One return: a form for its supplier while it is theirs to write, else what it says."""
    shown = get_object_or_404(visible(request.user), pk=pk)
    is_own = Return.objects.of(request.user).filter(pk=pk).exists()
    if not is_own:
        return redirect("return_decide", pk)
    if not shown.moves.can(shown, "send"):
        return _read_only(request, shown)
    filled = ReturnForm(request.POST or None, request.FILES or None, of_return=shown)
    if request.method == "POST":
        button = pressed(request, "keep", "send")
        if filled.is_valid():
            try:
                return _carry_out(request, shown, filled, button)
            except ValidationError as refused:
                put_errors(filled, refused)
                _see_anew(filled, shown, refused)
    context = {"return": shown, "form": filled, "nothing": NothingForm(initial={"seen": shown.changes})}
    return render(request, "returns/return_form.html", context)


def _carry_out(request, shown, filled, button):
    seen = filled.cleaned_data["seen"]
    if button == "keep":
        answering.keep(shown, filled.given(), by=request.user, seen=seen)
        messages.success(request, "Kept. Nobody is told before you send it.")
        return redirect(shown)
    declared = filled.cleaned_data["is_declared"]
    answering.send(shown, filled.given(), by=request.user, seen=seen, is_declared=declared)
    messages.success(request, "Sent. The contract manager has been told.")
    return redirect(shown)


def _see_anew(filled, shown, refused):
    """After somebody else's change: what was typed stays, and the next press is made knowing theirs."""
    if getattr(refused, "code", "") == "moved":
        filled.add_error(None, "What you typed is still below: look at both, then press again.")
        shown.refresh_from_db()
        filled.data = filled.data.copy()
        filled.data["seen"] = shown.changes
        filled.answers = {answer.commitment_id: answer for answer in shown.answers.prefetch_related("files__upload")}


def _read_only(request, shown):
    answers = shown.answers.select_related("commitment").prefetch_related("files__upload")
    return render(request, "returns/return_detail.html", {"return": shown, "answers": answers})


@login_required
def return_nothing(request, pk):
    """Nothing was delivered in this period, with the reason that was chosen."""
    shown = get_object_or_404(Return.objects.with_contract().of(request.user), pk=pk)
    chosen = NothingForm(request.POST or None, initial={"seen": shown.changes})
    if request.method == "POST" and chosen.is_valid():
        try:
            data = chosen.cleaned_data
            answering.nothing(shown, data["because"], by=request.user, seen=data["seen"])
        except ValidationError as refused:
            words = " ".join(refused.messages)
            messages.error(request, words)
        else:
            messages.success(request, "Sent: nothing was delivered. The contract manager has been told.")
        return redirect(shown)
    return render(request, "returns/return_nothing.html", {"return": shown, "form": chosen})


@login_required
def return_workbook(request, pk):
    """The workbook of a return, to be filled in offline."""
    shown = get_object_or_404(visible(request.user), pk=pk)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = HttpResponse(form.make(shown), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{form.name(shown)}"'
    return response


@login_required
def return_upload(request, pk):
    """A filled-in workbook: looked at first, put into the form once its sender agrees."""
    shown = get_object_or_404(Return.objects.with_contract().of(request.user), pk=pk)
    if not shown.moves.can(shown, "send"):
        return redirect(shown)
    if request.POST.get("agreed"):
        return _agree(request, shown)
    chosen = UploadForm(request.POST or None, request.FILES or None)
    reading = read_upload(chosen, expects=shown) if request.method == "POST" and chosen.is_valid() else None
    context = {"return": shown, "form": chosen, **preview(reading, seen=shown.changes)}
    return render(request, "returns/return_upload.html", context)


def _agree(request, shown):
    try:
        what = imports.unpack(request.POST["agreed"])
        if what.contract != shown.contract or what.period != (shown.first_day, shown.last_day):
            raise ValidationError("This file is of another return. Upload it again.")
        answering.keep(shown, what.given, by=request.user, seen=what.seen)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect(reverse("return_upload", args=[shown.pk]))
    messages.success(request, "Your figures are filled in below. Look at them, then send the return.")
    return redirect(shown)


def read_upload(chosen, *, expects=None):
    """The Reading of an uploaded file, or None with an error on the form."""
    file = chosen.cleaned_data["file"]
    if file.size > MOST_BYTES:
        chosen.add_error("file", "This file is larger than any return. Choose the workbook you filled in.")
        return None
    with tempfile.NamedTemporaryFile() as kept:
        kept.write(file.read())
        kept.flush()
        try:
            return imports.read(kept.name, file.name, expects=expects)
        except Unreadable as unreadable:
            chosen.add_error("file", str(unreadable))
            return None


def preview(reading, seen=None):
    """What a preview shows of a Reading, with the signed text that agrees to it as it was `seen`; nothing for none."""
    if reading is None:
        return {}
    token = imports.pack(reading, seen) if reading.may_be_saved else ""
    return {"reading": reading, "agreed": token, "amounts": [(line, _say(line)) for line in reading.told]}


def _say(line):
    return line.known.subject.say(line.quantity)


@login_required
def return_file(request, pk):
    """A file that shows what a return says."""
    rows = AnswerFile.objects.filter(answer__of_return__in=visible(request.user)).select_related("upload")
    return uploads.respond(get_object_or_404(rows, pk=pk).upload)
