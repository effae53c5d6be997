"""Staff's screens: questions to make public, reports to settle."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from desk import clocks, deciding, queues
from organisations import sides
from screens.frames import frame, pressed, put_errors, require

from . import questions, reporting
from .models import Question, Report
from .permissions import CHANGE_QUESTION, CHANGE_REPORT

QUESTIONS, REPORTS = "questions", "reports"
REPORT_DAYS = 1  # working days: somebody could come to harm


def question_cases(user):
    own = sides.left_out(user)
    silent = Question.objects.silent_since(clocks.passed(settings.QUESTION_COUNCIL_DAYS))
    rows = (Question.objects.to_decide() | silent).select_related("request__organisation", "organisation")
    return [
        queues.Case(
            row.pk, f"{'A question' if row.answered_at else 'No answer to a question'} about “{row.request}”",
            reverse("question_decide", args=[row.pk]),
            clocks.allowing(_began_to_wait(row), settings.MODERATION_DAYS),
            str(row.organisation),
        )
        for row in rows.exclude(organisation__in=own).exclude(request__organisation__in=own)
    ]  # fmt: skip


def _began_to_wait(question):
    """The day on which it came to the moderators: answered, or silent for too long."""
    if question.answered_at:
        return timezone.localdate(question.answered_at)
    return clocks.working_days_after(timezone.localdate(question.asked_at), settings.QUESTION_COUNCIL_DAYS)


def report_cases(user):
    return [
        queues.Case(
            row.pk, f"{row.get_why_display()}: {row.path}", reverse("report_decide", args=[row.pk]),
            clocks.until(timezone.localdate(row.at), row.answer_by)
            if row.is_complaint else clocks.allowing(timezone.localdate(row.at), REPORT_DAYS),
        )
        for row in Report.objects.filter(state=Report.State.OPEN)
    ]  # fmt: skip


queues.register(
    queues.Queue(
        QUESTIONS, "Questions to decide", CHANGE_QUESTION, question_cases, "question_queue",
        "question waits to be public", "questions wait to be public", order=25,
    )
)  # fmt: skip
queues.register(
    queues.Queue(
        REPORTS, "Reports", CHANGE_REPORT, report_cases, "report_queue",
        "report waits to be looked at", "reports wait to be looked at", order=5,
    )
)  # fmt: skip


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Reason, where it does not become public", required=False, max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}), help_text="Both sides will read it.",
    )  # fmt: skip


class OutcomeForm(forms.Form):
    outcome = forms.CharField(
        label="What was done", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Whoever reported it will read this.",
    )  # fmt: skip


def question_queue(request):
    """Questions that were answered and wait to be public."""
    require(request.user, CHANGE_QUESTION)
    context = {**deciding.listed(request.user, QUESTIONS), **frame("Questions to decide", "help")}
    return TemplateResponse(request, "desk/admin/queue.html", context)


def question_decide(request, pk):
    """Make a question and its answer public, or not."""
    require(request.user, CHANGE_QUESTION)
    shown = get_object_or_404(Question.objects.select_related("request__organisation", "organisation"), pk=pk)
    if any(sides.own_of(request.user, side) for side in (shown.organisation, shown.request.organisation)):
        raise PermissionDenied("You belong to one of the two sides. Ask another moderator.")
    shared, form = deciding.context(request, QUESTIONS, pk), ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if pressed(request, "publish", "withhold") == "publish":
                questions.publish(shown, by=request.user)
                words = "It is public. Both sides have been told."
            else:
                questions.withhold(shown, form.cleaned_data["reason"], by=request.user)
                words = "It stays between the two. Both have been told why."
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, words)
            return deciding.go_on(request, shared["place"])
    context = {
        "shown": shown, "form": form, "can": shown.moves.open_to(shown, "council"), **shared,
        **frame("Decide: a question", "help", (reverse("question_queue"), "Questions to decide")),
    }  # fmt: skip
    return TemplateResponse(request, "talking/admin/question_decide.html", context, status=422 if form.errors else 200)


def report_queue(request):
    """Reports that nobody has settled."""
    require(request.user, CHANGE_REPORT)
    context = {**deciding.listed(request.user, REPORTS), **frame("Reports", "warning")}
    return TemplateResponse(request, "desk/admin/queue.html", context)


def report_decide(request, pk):
    """Look at what was reported, and say what was done."""
    require(request.user, CHANGE_REPORT)
    shown = get_object_or_404(Report.objects.select_related("by", "settled_by"), pk=pk)
    shared, form = deciding.context(request, REPORTS, pk), OutcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reporting.settle(shown, form.cleaned_data["outcome"], by=request.user)
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, "Settled.")
            return deciding.go_on(request, shared["place"])
    context = {
        "shown": shown, "form": form, "can": shown.moves.open_to(shown, "council"), **shared,
        **frame("A report", "warning", (reverse("report_queue"), "Reports")),
    }  # fmt: skip
    return TemplateResponse(request, "talking/admin/report_decide.html", context, status=422 if form.errors else 200)
