"""Staff screens of social value models: lines and mapping as CSV, publishing with its impact, the priorities matrix."""

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

from screens.frames import asked_for, csv_file, frame, pressed, put_errors, require

from ..models import SocialValueModel
from ..outcomes import exchange, mappings, matrix, publishing
from ..permissions import CHANGE_SOCIAL_VALUE_MODEL, VIEW_SOCIAL_VALUE_MODEL
from .forms import FileForm, WordsForm

READERS = {"lines": exchange.read_lines, "mapping": mappings.read}
WRITERS = {"lines": exchange.write_lines, "mapping": mappings.write}


def crumb():
    return (reverse("social_value_model:index"), "Social value models")


def model_open(request, pk):
    """One version: its lines, its mapping, its files, and what may be done next."""
    require(request.user, VIEW_SOCIAL_VALUE_MODEL)
    model = get_object_or_404(SocialValueModel.objects.select_related("previous", "published_by"), pk=pk)
    may_change = request.user.has_perm(CHANGE_SOCIAL_VALUE_MODEL)
    form, report = FileForm(), None
    if request.method == "POST":
        require(request.user, CHANGE_SOCIAL_VALUE_MODEL)
        form = FileForm(request.POST, request.FILES)
        what = pressed(request, *READERS)
        if form.is_valid():
            check_only = "check" in request.POST
            report = READERS[what](model, form.cleaned_data["file"].read(), save=not check_only)
            if report.saved:
                log(model, "guidance.import_model", user=request.user, data={"what": what, "rows": report.rows})
                messages.success(request, f"{report.rows} rows read and saved.")
                return redirect("model_open", pk=pk)
    unmapped, unexplained = mappings.missing(model)
    context = {
        "model": model,
        "lines": model.outcomes.select_related("parent").order_by("position", "code"),
        "mapping": mappings.of_model(model).select_related("source", "target") if model.previous_id else [],
        "unmapped": unmapped,
        "unexplained": unexplained,
        "form": form,
        "report": report,
        "may_change": may_change and model.is_draft,
        "may_withdraw": may_change and model.is_published,
        **frame(str(model), "list-ul", crumb()),
    }
    status = 422 if (report and report.problems) or form.errors else 200
    return TemplateResponse(request, "guidance/admin/model_open.html", context, status=status)


def model_export(request, pk, what):
    """The lines or the mapping of a version as CSV."""
    require(request.user, VIEW_SOCIAL_VALUE_MODEL)
    model = get_object_or_404(SocialValueModel, pk=pk)
    if what not in WRITERS:
        raise Http404
    return csv_file(WRITERS[what](model), f"{model.slug}-{what}")


def model_publish(request, pk):
    """What publishing a version touches; then the button."""
    require(request.user, CHANGE_SOCIAL_VALUE_MODEL)
    model = get_object_or_404(SocialValueModel.objects.select_related("previous", "asked_by"), pk=pk)
    error, reason = "", request.POST.get("reason", "").replace("\0", "")
    if request.method == "POST":
        try:
            messages.success(request, step_towards_publishing(model, reason, request))
        except ValidationError as refused:
            error = " ".join(refused.messages)
        else:
            return redirect("model_open", pk=pk)
    prepared = request.user.pk == model.asked_by_id or request.user.pk in publishing.authors(model)
    context = {
        "impact": publishing.impact(model),
        "error": error,
        "reason": reason,
        "prepared": prepared,
        "others": publishing.second_people(model, request.user).exists(),
        **frame(f"Publish {model}", "upload", crumb(), (reverse("model_open", args=[pk]), str(model))),
    }
    return TemplateResponse(request, "guidance/admin/model_publish.html", context, status=422 if error else 200)


def step_towards_publishing(model, reason, request):
    """Carry out the button that was pressed: ask, send back or publish; returns what to say of it."""
    button = pressed(request, "ask", "send_back", "publish")
    if button == "ask":
        publishing.ask(model, by=request.user)
        return f"A second person has been asked to publish {model}."
    if button == "send_back":
        publishing.send_back(model, reason, by=request.user)
        return f"{model} is not published. Whoever asked has been told why."
    tasks = publishing.publish(model, by=request.user)
    return f"{model} is published. {len(tasks)} review tasks were opened."


def model_withdraw(request, pk):
    """Take a version back, with a reason."""
    require(request.user, CHANGE_SOCIAL_VALUE_MODEL)
    model = get_object_or_404(SocialValueModel, pk=pk)
    form = WordsForm(request.POST or None)
    form.fields["words"].label = "Why it is withdrawn"
    if request.method == "POST" and form.is_valid():
        try:
            publishing.withdraw(model, form.cleaned_data["words"], by=request.user)
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, f"{model} is withdrawn.")
            return redirect("model_open", pk=pk)
    context = {"model": model, "form": form, **frame(f"Withdraw {model}", "bin", crumb())}
    return TemplateResponse(request, "guidance/admin/model_withdraw.html", context, status=422 if form.errors else 200)


def priorities(request):
    """The council's priorities laid over the outcomes of a central version: a box for each pair."""
    require(request.user, VIEW_SOCIAL_VALUE_MODEL)
    may_change = request.user.has_perm(CHANGE_SOCIAL_VALUE_MODEL)
    today = timezone.localdate()
    published = SocialValueModel.objects.published()
    own = _chosen(request, "own", published.filter(is_councils_own=True), today)
    central = _chosen(request, "model", published.filter(is_councils_own=False), today)
    columns, rows = matrix.outcomes(own), matrix.outcomes(central)
    pairs = {f"{row.pk}-{column.pk}" for row in rows for column in columns}
    if request.method == "POST":
        require(request.user, CHANGE_SOCIAL_VALUE_MODEL)
        if not (own and central):
            raise BadRequest("Publish a version of both first.")
        ticked = {tuple(map(int, pair.split("-"))) for pair in pairs & set(request.POST.getlist("mark"))}
        matrix.lay(own, central, ticked, by=request.user)
        messages.success(request, "The matrix is saved.")
        return redirect(f"{request.path}?own={own.pk}&model={central.pk}")
    marked = matrix.marked(own, central)
    context = {
        "own": own,
        "central": central,
        "owns": published.filter(is_councils_own=True),
        "centrals": published.filter(is_councils_own=False),
        "columns": columns,
        "rows": [
            {
                "outcome": row,
                "cells": [(column, f"{row.pk}-{column.pk}", (row.pk, column.pk) in marked) for column in columns],
            }
            for row in rows
        ],
        "may_change": may_change,
        "locked": not may_change,
        **frame("Priorities matrix", "table", crumb()),
    }
    return TemplateResponse(request, "guidance/admin/priorities.html", context)


def _chosen(request, name, versions, today):
    """The version asked for, else the one in force today, else the newest."""
    found = asked_for(versions, request.GET.get(name, ""))
    return found or versions.in_force_on(today).order_by("-valid_from").first() or versions.first()
