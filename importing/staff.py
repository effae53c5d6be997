"""Import screens: choose a file, look at what it would do, save it."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date

from screens.fields import DayField
from screens.frames import frame

from . import runs, sheets, tasks, writing
from .kinds import offered_to
from .models import ImportRun

NO_TABLE = "Choose a CSV or XLSX file, or JSON of published awards."


class FileForm(forms.Form):
    kind = forms.ChoiceField(label="What does the file hold?")
    file = forms.FileField(
        label="File (CSV or XLSX)",
        error_messages={"required": "Choose a file.", "empty": "The file is empty. Choose another."},
    )

    as_at = DayField(
        label="For an extract of PM3, Proactis or MySurrey: the day whose state it shows",
        required=False,
    )

    council = forms.TypedChoiceField(label="Whose extract it is", required=False, coerce=int, empty_value=None)

    def __init__(self, *args, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = offered
        partners = dict(pair for importer in offered.values() for pair in importer.councils())
        if partners:
            self.fields["council"].choices = [("", settings.COUNCIL_NAME), *partners.items()]
        else:
            del self.fields["council"]
        self.fields["kind"].choices = [(kind, cls.label) for kind, cls in offered.items()]

    def clean(self):
        data = super().clean()
        importer, day = self.offered.get(data.get("kind")), data.get("as_at")
        if importer and importer.asks_day and "as_at" not in self.errors:
            if not day:
                self.add_error("as_at", "Enter the day whose state the extract shows.")
            elif day > timezone.localdate():
                self.add_error("as_at", "The day can’t lie in the future.")
        if importer and data.get("council") and data["council"] not in dict(importer.councils()):
            self.add_error("council", "Files of this kind are the site’s own council’s only.")
        return data

    def clean_file(self):
        file = self.cleaned_data["file"]
        is_known = file.name.lower().endswith((".csv", ".xlsx", ".txt", ".tsv", ".json"))
        if not is_known:
            start = file.read(8)
            file.seek(0)
            raise ValidationError(sheets.what_it_is(file.name, start) or NO_TABLE)
        if file.size > sheets.MOST_BYTES:
            raise ValidationError("The file is too large. Split it.")
        return file


def allowed(request):
    offered = offered_to(request.user)
    if not offered:
        raise PermissionDenied
    return offered


def page(request, template, title, **context):
    context |= frame(title, "upload", (reverse("imports"), "Imports"))
    return TemplateResponse(request, template, context, status=context.pop("status", 200))


def import_list(request):
    """Start an import; earlier ones below."""
    form = FileForm(request.POST or None, request.FILES or None, offered=allowed(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        whose = {"as_at": data["as_at"], "council": data.get("council")}
        started = runs.keep(data["kind"], data["file"], **whose, by=request.user)
        return redirect("import_preview", started.pk)
    earlier = ImportRun.objects.select_related("started_by")[:50]
    return page(request, "importing/admin/import_list.html", "Import a file", form=form, runs=earlier)


def read_mapping(data):
    """{heading: field} of the preview's selects, named map:HEADING; "" leaves a column out."""
    return {name[4:]: value for name, value in data.items() if name.startswith("map:") and value != "?"}


def read_how(data):
    """{heading: {"order", "decimal" or the code of an error: answer}} of the preview's selects, named
    how:ABOUT:HEADING.
    """
    found = {}
    for name, value in data.items():
        _, about, heading = name.split(":", 2) if name.count(":") >= 2 and name.startswith("how:") else ("", "", "")
        if about and value in writing.CHOICES.get(about, writing.LEAVE):
            found.setdefault(heading, {})[about] = value
    return found


def import_preview(request, pk):
    """What the file would do, with every faulty cell; save it, or say what its columns are and look again."""
    offered = allowed(request)
    run = get_object_or_404(ImportRun, pk=pk, kind__in=offered)
    if run.saved_at or run.doing or not run.file:
        return shown(request, run, offered)
    saves = request.method == "POST" and "save" in request.POST
    if request.method == "POST":
        mapping, answers = read_mapping(request.POST), read_how(request.POST)
    else:
        mapping, answers = run.options.get("mapping", {}), run.options.get("answers", {})
    if runs.is_long(run):
        if request.method == "POST" or not (run.report or run.options.get("error")):
            doing = runs.Doing.SAVING if saves else runs.Doing.READING
            if runs.hand_over(run, doing, mapping, answers, "accept_valid" in request.POST, by=request.user):
                tasks.read.enqueue(run.pk)
            return redirect("import_preview", run.pk)
        return shown(request, run, offered, error=run.options.get("error", ""), tried=run.options.get("tried", False))
    error = ""
    try:
        if saves:
            report = runs.save(run, mapping, "accept_valid" in request.POST, answers, by=request.user)
            if report.saved:
                messages.success(
                    request,
                    f"Saved: {report.created} new, {report.updated} changed, {report.unchanged} unchanged.",
                )
                return redirect("imports")
        else:
            runs.preview(run, mapping, answers, by=request.user)
    except ValidationError as refused:
        error = refused.messages[0]
        run.report = None
    return shown(request, run, offered, error=error, tried=saves)


FIGURES = {
    "Rows": "rows", "New": "created", "Changed": "updated", "Unchanged": "unchanged", "Rejected": "rejected",
    "Repeated": "duplicates", "Joined with another row": "joined",
}  # fmt: skip


def shown(request, run, offered, error="", tried=False):
    """A run as its report has it; `tried` is whether somebody wanted to save it, in vain."""
    fields, said = offered[run.kind].fields, run.options
    mapping, answers, asked = said.get("mapping", {}), said.get("answers", {}), (run.report or {}).get("asked", [])
    headings = {heading for heading, *_ in asked}
    not_saved = tried and not run.saved_at and not run.doing
    return page(
        request,
        "importing/admin/import_preview.html",
        run.name,
        run=run,
        report=run.report,
        figures=[(label, run.report.get(name, 0)) for label, name in FIGURES.items()] if run.report else [],
        error=error,
        as_at=parse_date(said.get("as_at", "")),
        whose=said.get("whose", ""),
        not_saved=not_saved and not error,
        fields=fields,
        asked=[(heading, chosen(mapping, heading, guess), samples) for heading, guess, samples in asked],
        others=[(heading, chosen(mapping, heading)) for heading in columns_of(run.report) if heading not in headings],
        questions=questions_of(run.report, answers),
        settled={f"{code}:{column}": said for column, each in answers.items() for code, said in each.items()},
        status=422 if error or (not_saved and request.method == "POST") else 200,
    )


def chosen(mapping, heading, guess=""):
    """The field that somebody chose for a column, "-" where it is to be left out; else the guess."""
    return (mapping[heading] or "-") if heading in mapping else guess


def columns_of(report):
    """Headings of a report's tables, each once."""
    tables = (report or {}).get("tables", [])
    return list(dict.fromkeys(column["heading"] for table in tables for column in table["columns"]))


def questions_of(report, answers):
    """Questions about how columns are written: those that are open, and those that were answered, open to change."""
    found = [question | {"said": ""} for question in (report or {}).get("how_asked", [])]
    open_ones = {(question["column"], question["about"]) for question in found}
    for heading, each in answers.items():
        for about, said in each.items():
            if about in writing.CHOICES and (heading, about) not in open_ones:
                found.append({"column": heading, "about": about, "choices": writing.CHOICES[about], "said": said})
    return found


def import_take_back(request, pk):
    """Ask once more, then take a saved import back; what stands in the way is said."""
    run = get_object_or_404(ImportRun, pk=pk, kind__in=allowed(request), saved_at__isnull=False)
    reasons = []
    if request.method == "POST":
        try:
            runs.take_back(run, by=request.user)
        except ValidationError as stands:
            reasons = stands.messages
        else:
            messages.success(request, f"“{run.name}” was taken back. What it made and changed is as it was before.")
            return redirect("imports")
    return page(
        request, "importing/admin/import_take_back.html", "Take an import back", run=run, reasons=reasons,
        status=422 if reasons else 200,
    )  # fmt: skip
