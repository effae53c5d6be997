"""Staff screens of performance: the clocks, one contract's indicators and log, the notice's draft."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from screens.fields import DayField
from screens.frames import frame, pressed, put_errors, require
from suppliers.models import Commitment, Contract

from . import assessing, improving, notice
from .models import Improvement, Rating
from .permissions import ADD_ASSESSMENT, VIEW_ASSESSMENT


def clocks(request):
    """Assessments that are due within two months, what was asked to improve, notices that are owed."""
    require(request.user, VIEW_ASSESSMENT)
    today = timezone.localdate()
    rows = Commitment.objects.select_related("contract__manager")
    due = [one for one in assessing.indicators(rows, today) if one.is_due(today)]
    log = Improvement.objects.select_related("commitment__contract")
    failed = [(row, improving.notice_due_on(row)) for row in log.to_publish()]
    context = {
        "due": sorted(due, key=lambda one: one.due_on), "asked": log.filter(settled_on=None), "failed": failed,
        "today": today, **frame("Performance", "time"),
    }  # fmt: skip
    return TemplateResponse(request, "performance/admin/clocks.html", context)


class AssessForm(forms.Form):
    commitment = forms.ModelChoiceField(Commitment.objects.none(), label="Which indicator?")
    rating = forms.ChoiceField(choices=[("", "Choose"), *Rating.choices], label="How does it perform?")
    reason = forms.CharField(max_length=500, label="Why? It is published", widget=forms.Textarea(attrs={"rows": 2}))


class AskForm(forms.Form):
    commitment = forms.ModelChoiceField(Commitment.objects.none(), label="Which commitment?")
    what = forms.CharField(max_length=500, label="What has to improve?", widget=forms.Textarea(attrs={"rows": 2}))
    until = DayField(label="Until when?")


class NoticeForm(forms.Form):
    where = forms.CharField(max_length=200, label="The notice’s number or address")
    day = DayField(label="Published on which day?")


class WordsForm(forms.Form):
    words = forms.CharField(
        max_length=1000, label="What was answered, or how you know", widget=forms.Textarea(attrs={"rows": 2})
    )


def contract_performance(request, pk):
    """One contract: its indicators with suggested ratings, rating one, asking to improve."""
    require(request.user, VIEW_ASSESSMENT)
    contract = get_object_or_404(Contract, pk=pk)
    today, commitments = timezone.localdate(), contract.commitments.standing()
    assess, ask = AssessForm(prefix="assess"), AskForm(prefix="ask")
    if request.method == "POST":
        require(request.user, ADD_ASSESSMENT)
        button = pressed(request, "assess", "ask")
        if button == "assess":
            form = assess = AssessForm(request.POST, prefix="assess")
        else:
            form = ask = AskForm(request.POST, prefix="ask")
    for each, rows in ((assess, commitments.indicators()), (ask, commitments)):
        each.fields["commitment"].queryset = rows.select_related("contract")
    if request.method == "POST" and form.is_valid():
        verb = {"assess": assessing.assess, "ask": improving.ask}[button]
        try:
            verb(*form.cleaned_data.values(), by=request.user)
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, "Kept.")
            return redirect("contract_performance", pk)
    rows = Improvement.objects.filter(commitment__contract=contract).select_related("commitment")
    context = {
        "contract": contract, "indicators": assessing.indicators(contract.commitments.all(), today), "today": today,
        "log": [(row, improving.notice_due_on(row)) for row in rows],
        "assess": assess if request.user.has_perm(ADD_ASSESSMENT) else None, "ask": ask,
        **frame("Performance", "time", (reverse("clocks"), "Performance"), here=contract.reference),
    }  # fmt: skip
    return TemplateResponse(request, "performance/admin/contract.html", context)


def improvement(request, pk):
    """One thing that was asked to improve: answered, improved or not."""
    require(request.user, VIEW_ASSESSMENT)
    rows = Improvement.objects.select_related("commitment__contract", "by")
    shown = get_object_or_404(rows, pk=pk)
    form = WordsForm() if shown.is_open else NoticeForm()
    if request.method == "POST":
        require(request.user, ADD_ASSESSMENT)
        button = pressed(request, "answer", "improved", "failed", "publish")
        form = NoticeForm(request.POST) if button == "publish" else WordsForm(request.POST)
        if form.is_valid():
            try:
                _act(shown, button, form.cleaned_data, request.user)
            except ValidationError as refused:
                put_errors(form, refused)
            else:
                messages.success(request, "Kept.")
                return redirect("contract_performance", shown.commitment.contract_id)
    may = request.user.has_perm(ADD_ASSESSMENT) and (shown.is_open or improving.notice_due_on(shown))
    back = (reverse("contract_performance", args=[shown.commitment.contract_id]), shown.commitment.contract.reference)
    context = {
        "shown": shown, "form": form if may or form.is_bound else None, "due": improving.notice_due_on(shown),
        **frame("Asked to improve", "time", back, here=str(shown)),
    }  # fmt: skip
    return TemplateResponse(request, "performance/admin/improvement.html", context)


def _act(improvement, button, data, by):
    """What one of the buttons does; one that does not fit where it stands is refused by its verb."""
    if button == "publish":
        improving.publish(improvement, data.get("where", ""), data.get("day") or timezone.localdate(), by=by)
    elif button == "answer":
        improving.answer(improvement, data.get("words", ""), by=by)
    else:
        improving.settle(improvement, button == "improved", data.get("words", ""), by=by)


def performance_notice(request, pk):
    """The draft of a contract's notice; ?format=json as data."""
    require(request.user, VIEW_ASSESSMENT)
    contract = get_object_or_404(Contract, pk=pk)
    said = notice.draft(contract, timezone.localdate())
    if request.GET.get("format") == "json":
        response = JsonResponse(said, json_dumps_params={"ensure_ascii": False, "indent": 2})
        ending = "json"
    else:
        response, ending = HttpResponse(notice.as_text(said), content_type="text/plain; charset=utf-8"), "txt"
    response["Content-Disposition"] = f'attachment; filename="performance-notice-{contract.pk}.{ending}"'
    return response
