"""Staff screens of reports: the greatest contracts, what leaders read, the committee's papers."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from organisations.permissions import CHANGE_CAMPAIGN, CHANGE_ORGANISATION
from screens.fields import DayField
from screens.frames import frame, put_errors, require
from suppliers import planned
from suppliers.permissions import ADD_CONTRACT, VIEW_COMMITMENT

from . import facts, greatest, papers, printing, tables
from . import launch as launching
from .models import Paper
from .permissions import ADD_PAPER, VIEW_PAPER


def greatest_contracts(request):
    """The contracts with the most social value, narrowed as asked; ?export=csv or xlsx."""
    require(request.user, VIEW_COMMITMENT)
    form, today = greatest.NarrowForm(request.GET or {}), timezone.localdate()
    if not form.is_valid():
        context = {"form": form, "rows": [], "in_all": 0, "day": today, **frame("Greatest contracts", "order")}
        return TemplateResponse(request, "reports/admin/greatest.html", context)
    asked, export = form.asked(), request.GET.get("export")
    in_all, ranked = greatest.listed(asked)
    if export in ("csv", "xlsx"):
        found = greatest.tables(ranked, asked, form.words())
        return tables.file(found[:1] if export == "csv" else found, export, f"contracts-{asked.day:%Y-%m-%d}")
    context = {
        "form": form, "rows": greatest.shown(ranked, asked), "restated": asked.restated, "in_all": in_all,
        "day": asked.day, "opens": asked.day if asked.opens else None,
        "version": planned.version(asked.day, asked.restated), **frame("Greatest contracts", "order"),
    }  # fmt: skip
    return TemplateResponse(request, "reports/admin/greatest.html", context)


class MakeForm(forms.Form):
    as_at = DayField(label="As known on")


def paper_list(request):
    """Papers that were made, and making one."""
    require(request.user, VIEW_PAPER)
    form = MakeForm(request.POST or None, initial={"as_at": timezone.localdate()})
    if request.method == "POST":
        require(request.user, ADD_PAPER)
        if form.is_valid():
            try:
                paper, is_new = papers.make(form.cleaned_data["as_at"], by=request.user)
            except ValidationError as refused:
                put_errors(form, refused)
            else:
                words = "Made. Its figures stay as they are." if is_new else "This day’s paper was made before."
                messages.success(request, words)
                return redirect("paper", paper.pk)
    context = {
        "form": form if request.user.has_perm(ADD_PAPER) else None,
        "papers": Paper.objects.select_related("made_by")[:60],
        **frame("Committee papers", "doc-full-inverse"),
    }
    return TemplateResponse(request, "reports/admin/papers.html", context)


class FinishForm(forms.ModelForm):
    meeting_on = DayField(
        label="Date of the meeting", required=False, help_text="After that day the paper stays as it is."
    )

    class Meta:
        model = Paper
        fields = ("meeting_on", "recommendation", "implications")


def paper(request, pk):
    """One paper: its figures as they were, and what a person adds."""
    require(request.user, VIEW_PAPER)
    shown = get_object_or_404(Paper, pk=pk)
    form = FinishForm(request.POST or None, instance=Paper.objects.get(pk=pk))
    if request.method == "POST":
        require(request.user, ADD_PAPER)
        if form.is_valid():
            try:
                papers.finish(shown, by=request.user, **form.cleaned_data)
            except ValidationError as refused:
                put_errors(form, refused)
            else:
                messages.success(request, "Kept. The figures of the paper are as they were.")
                return redirect("paper", pk)
    context = {
        "shown": shown,
        "form": form if request.user.has_perm(ADD_PAPER) and (form.errors or not papers.is_tabled(shown)) else None,
        "paper": shown, "facts": shown.facts,
        **frame(str(shown), "doc-full-inverse", (reverse("papers"), "Committee papers")),
    }  # fmt: skip
    return TemplateResponse(request, "reports/admin/paper.html", context)


def paper_file(request, pk, ending):
    """A paper as .html, .docx or .pdf."""
    require(request.user, VIEW_PAPER)
    shown = get_object_or_404(Paper, pk=pk)
    try:
        data = printing.printed(shown, f".{ending}")
    except printing.NoKind as none:
        raise Http404 from none
    response = HttpResponse(data, content_type=printing.KINDS[f".{ending}"])
    response["Content-Disposition"] = f'attachment; filename="social-value-{shown.as_at:%Y-%m-%d}.{ending}"'
    return response


def leaders(request):
    """One page for leaders: the facts of today in plain words; ?as=csv or xlsx for the same as tables."""
    require(request.user, VIEW_PAPER)
    today = timezone.localdate()
    known, kind = facts.kept_of(today), request.GET.get("as")
    if kind in ("csv", "xlsx"):
        return tables.file(tables.of_facts(known), kind, f"social-value-{today}")
    context = {"facts": known, "day": today, **frame("For leaders", "view")}
    return TemplateResponse(request, "reports/admin/leaders.html", context)


def launch(request):
    """How far organisations come, what is missing where, and whom to ring; ?by=district&of=suppliers."""
    require(request.user, VIEW_PAPER)
    by = request.GET.get("by") if request.GET.get("by") in launching.SPLITS else "month"
    suppliers = request.GET.get("of") == "suppliers"
    steps = launching.FOR_SUPPLIERS if suppliers else launching.FOR_GROUPS
    may_ring = request.user.has_perm(CHANGE_ORGANISATION) or request.user.has_perm(ADD_PAPER)
    visited = launching.visited(by)
    funnel = launching.funnel(launching.journeys(suppliers), steps, by, visited)
    context = {
        "rows": [(name, visited.get(name, "" if len(visited) == 1 else 0), row) for name, row in funnel],
        "columns": "|".join([launching.SPLITS[by], "Looked in", *(launching.WORDS[name] for name in steps)]),
        "by": by, "of": "suppliers" if suppliers else "groups", "splits": launching.SPLITS,
        "missing": launching.missing(), "calls": launching.calls() if may_ring else [], "may_ring": may_ring,
        "may_invite": request.user.has_perm(ADD_CONTRACT), "may_open": request.user.has_perm(CHANGE_CAMPAIGN),
        **frame("How it fills", "group"),
    }  # fmt: skip
    return TemplateResponse(request, "reports/admin/launch.html", context)
