"""Pages for asking, answering, writing to the other side of a pledge, and reporting."""

from functools import partial

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from organisations.models import Organisation
from requests_app import access
from requests_app.models import Request
from screens.frames import carry_out, put_errors

from . import conversation, questions, reporting
from .forms import AnswerForm, AskingForm, ComplaintForm, MessageForm, QuestionForm, ReportForm
from .models import Question, Report
from .permissions import CHANGE_QUESTION


@login_required
def question_new(request, pk):
    """Ask about a request, for one of the organisations that one acts for."""
    shown = get_object_or_404(Request.objects.public().for_page(), pk=pk)
    mine = Organisation.objects.of(request.user).exclude(pk=shown.organisation_id).order_by("name")
    if not mine:
        raise PermissionDenied("Sign your organisation up before you ask: the group wants to know who asks.")
    only = mine[0] if len(mine) == 1 else None
    form = QuestionForm(request.POST or None) if only else AskingForm(request.POST or None, organisations=mine)
    if request.method == "POST" and form.is_valid():
        try:
            made = questions.ask(
                shown, only or form.cleaned_data["organisation"], form.cleaned_data["text"], by=request.user
            )
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, f"Sent. {shown.organisation} gets an e-mail, and you get one with the answer.")
            return redirect(made)
    return render(request, "talking/question_new.html", {"shown": shown, "form": form})


def visible_question(user, pk):
    """(question, side): "requestor", "asker" or "council"; else 404."""
    found = get_object_or_404(Question.objects.select_related("request__organisation", "organisation"), pk=pk)
    mine = access.my_organisations(user)
    if found.request.organisation_id in mine:
        return found, "requestor"
    if found.organisation_id in mine:
        return found, "asker"
    if user.has_perm(CHANGE_QUESTION):
        return found, "council"
    raise Http404


@login_required
def question(request, pk):
    """A question as the two sides see it; the group answers here."""
    shown, side = visible_question(request.user, pk)
    can = shown.moves.open_to(shown, side)
    may_answer = "answer" in can
    form = AnswerForm(request.POST or None)
    if request.method == "POST":
        if not may_answer:
            raise PermissionDenied("This question takes no answer from you.")
        if form.is_valid():
            try:
                questions.answer(shown, form.cleaned_data["answer"], by=request.user)
            except ValidationError as refused:
                put_errors(form, refused)
            else:
                messages.success(request, f"Sent to {shown.organisation}. A moderator reads it before it is public.")
                return redirect(shown)
    context = {"shown": shown, "side": side, "form": form, "may_answer": may_answer}
    context["may_take_back"] = "take_back" in can
    return render(request, "talking/question.html", context)


@login_required
@require_POST
def question_take_back(request, pk):
    """Who asked needs no answer any more."""
    shown, side = visible_question(request.user, pk)
    if side != "asker":
        raise PermissionDenied("Only who asked can take a question back.")
    carry_out(request, partial(questions.take_back, shown, by=request.user), "Taken back. Nobody needs to answer it.")
    return redirect(shown)


def _write(request, pledge, person, template, by_link):
    form = MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            conversation.write(pledge, form.cleaned_data["text"], by=person, by_link=by_link)
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            if by_link:
                return render(request, "talking/message_sent.html", {"pledge": pledge})
            messages.success(request, "Sent.")
            return redirect(pledge)
    context = {"pledge": pledge, "form": form, "written": pledge.messages.select_related("by"), "person": person}
    return render(request, template, context)


@login_required
def message_new(request, pk):
    """Write to the other side of a pledge."""
    pledge, side = access.visible_pledge(request.user, pk)
    if side == "council":
        raise PermissionDenied("Only the two sides of this pledge write here.")
    return _write(request, pledge, request.user, "talking/message_new.html", by_link=False)


def message_by_link(request, token):
    """The same by the link of an e-mail, without signing in."""
    pledge, person = conversation.read_link(token)
    if pledge is None:
        return render(request, "talking/link_void.html", status=404)
    return _write(request, pledge, person, "talking/message_by_link.html", by_link=True)


def report_new(request):
    """Report a page of the site: ?page=/requests/5/"""
    path = request.GET.get("page", "")[:300]
    if not path.startswith("/") or not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        raise Http404
    person = request.user if request.user.is_authenticated else None
    form = ReportForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            where_from = get_adapter().get_client_ip(request)
            reporting.report(path, **form.cleaned_data, by=person, where_from=where_from)
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            return render(request, "talking/report_sent.html", {"path": path})
    return render(request, "talking/report_new.html", {"path": path, "form": form})


def complaint_new(request):
    """Complain about how personal data is used; the answer is due within a period that the law sets."""
    person = request.user if request.user.is_authenticated else None
    form = ComplaintForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            where_from = get_adapter().get_client_ip(request)
            made = reporting.report(
                reverse("complaint_new"), Report.Why.DATA, **form.cleaned_data, by=person, where_from=where_from
            )
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            return render(request, "talking/complaint_sent.html", {"report": made})
    return render(request, "talking/complaint_new.html", {"form": form, "days": settings.COMPLAINT_DAYS})
