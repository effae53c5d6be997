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

from . import runs, writing
from .kinds import offered_to
from .models import ImportRun
from .sheets import MOST_BYTES


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
        if not file.name.lower().endswith((".csv", ".xlsx", ".txt", ".tsv")):
            raise ValidationError("Choose a CSV or XLSX file.")
        if file.size > MOST_BYTES:
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
    """{heading: {"order" or "decimal": answer}} of the preview's selects, named how:ABOUT:HEADING."""
    found = {}
    for name, value in data.items():
        _, about, heading = name.split(":", 2) if name.count(":") >= 2 and name.startswith("how:") else ("", "", "")
        if value in writing.CHOICES.get(about, ()):
            found.setdefault(heading, {})[about] = value
    return found


def import_preview(request, pk):
    """What the file would do, with every faulty cell; save it, or say what its columns are and look again."""
    offered = allowed(request)
    run = get_object_or_404(ImportRun, pk=pk, kind__in=offered)
    mapping, answers = read_mapping(request.POST), read_how(request.POST)
    error, report = "", None
    try:
        if request.method == "POST" and "save" in request.POST:
            report = runs.save(run, mapping, "accept_valid" in request.POST, answers, by=request.user)
            if report.saved:
                messages.success(
                    request,
                    f"Saved: {report.created} new, {report.updated} changed, {report.unchanged} unchanged.",
                )
                return redirect("imports")
        else:
            report = runs.preview(run, mapping, answers, by=request.user)
    except ValidationError as refused:
        error = refused.messages[0]
    fields = offered[run.kind].fields
    asked = runs.headings_to_ask(report) if report else {}
    return page(
        request,
        "importing/admin/import_preview.html",
        run.name,
        run=run,
        report=report,
        error=error,
        as_at=parse_date(run.options.get("as_at", "")),
        whose=run.options.get("whose", ""),
        not_saved=bool(report) and "save" in request.POST,
        fields=fields,
        mapping=mapping,
        asked=[(heading, mapping.get(heading, guess)) for heading, guess in asked.items()],
        decided=[(heading, name) for heading, name in mapping.items() if heading not in asked],
        kinds=runs.by_kind(report) if report else [],
        how_asked=runs.how_asked(report) if report else [],
        answered=[(heading, about, value) for heading, each in answers.items() for about, value in each.items()],
        status=422 if error or (report and request.method == "POST" and "save" in request.POST) else 200,
    )
