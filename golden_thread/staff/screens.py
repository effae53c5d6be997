"""The golden thread for staff: officers beside directorates, what each has to mend, every record, publishing."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from screens.frames import csv_file, frame, require
from suppliers.permissions import VIEW_CONTRACT
from words.cells import write_table
from words.references import same_words

from .. import drilldown, figures, links, published, records, training
from .. import rules as thread_rules
from ..models import Extract, TrainingSession
from ..permissions import ADD_SNAPSHOT, ADD_TRAINING_SESSION
from ..views import asked_rules, authorities, multiples
from ..worklist import ToMend, worklist

A_PAGE = 50
WORKLIST = ("officer", "directorate", "record", "title", "why", "how", "said")


def crumb(rules):
    """The way back to the golden thread of an authority."""
    end = f"?council={rules.council}" if rules.council else ""
    return reverse("thread_screen") + end, titled("Golden thread", rules)


def titled(words, rules):
    """The title of a screen, with whose it is where that is a partner."""
    return f"{words}: {rules.name}" if rules.name else words


def filtered_rows(request, day, rules):
    """(rows of the worklist of the officer and directorate that are asked for, {name: what it is filtered by})."""
    filters = {name: request.GET.get(name, "") for name in ("officer", "directorate")}
    rows = worklist(day, rules)
    wanted = {name: same_words(value) for name, value in filters.items() if value}
    found = [row for row in rows if all(same_words(getattr(row, name)) == value for name, value in wanted.items())]
    return found, filters


def thread_screen(request):
    """Percentages with officers; the worklist below, of one officer or directorate where the address names one."""
    require(request.user, VIEW_CONTRACT)
    rules = asked_rules(request)
    day = figures.newest_day(rules.council)
    may_publish = request.user.has_perm(ADD_SNAPSHOT)
    context = {
        "day": day,
        "may_publish": may_publish,
        **authorities(rules),
        **frame(titled("Golden thread", rules), "link"),
    }
    if day:
        rows, filters = filtered_rows(request, day, rules)
        page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
        report, months = figures.report(day, rules), figures.series(day, rules)
        context |= (
            vars(report)
            | filters
            | {
                "page": page,
                "rows": with_help(page, rules),
                "officer_names": names_in("officer", day, rules),
                "directorate_names": names_in("directorate", day, rules),
                "directorate_drawings": multiples(months, report.directorates),
                "officer_drawings": multiples(months, report.officers, "officer"),
                "newer": _newer(day, rules),
                "recording": training.newest_recording(),
                "suggested": links.unanswered(rules.council).values("reference_key").distinct().count(),
                "waiting": len(links.waiting(rules.council)),
                "due": published.due(rules),
            }
        )
    return TemplateResponse(request, "golden_thread/admin/golden_thread.html", context)


def _newer(day, rules):
    """The newest Extract of PM3 or Proactis that waits for the other, or None."""
    later = Extract.objects.filter(council=rules.council, as_at__gt=day).exclude(system="finance")
    return later.order_by("as_at").last()


def names_in(column, day, rules):
    """Names in a column of the worklist, each once whatever its capitals, "Not known" last."""
    names = {same_words(getattr(row, column)): getattr(row, column) for row in reversed(worklist(day, rules))}
    return sorted(names.values(), key=lambda name: (name == figures.NOT_KNOWN, name))


@dataclass(frozen=True)
class Helped(ToMend):
    """A row of the worklist with what may help: a suggested project or a confirmed one, and the officer's training."""

    suggestion: object
    confirmed: object
    said: str
    trained_on: object
    contract: object  # of the register, where it is there


def with_help(page, rules):
    """[Helped] of rows of the worklist."""
    keys = [row.key for row in page if row.key]
    surest, confirmed = links.surest(keys, rules.council), links.confirmed(keys, rules.council)
    trained = training.trained_on(rules.council)
    rows = links.in_slices(thread_rules.register_of(rules), keys)
    register = {contract.reference_key: contract for contract in rows}
    return [
        Helped(
            **vars(row),
            contract=register.get(row.key),
            suggestion=surest.get(row.key),
            confirmed=confirmed.get(row.key),
            said=said_of(confirmed.get(row.key), surest.get(row.key)),
            trained_on=trained.get(same_words(row.officer)),
        )
        for row in page
    ]


def said_of(confirmed, suggestion):
    """What is known of a contract's project, in a few words."""
    if confirmed:
        return f"{confirmed.plan_id}, confirmed by {confirmed.made_by}"
    return f"{suggestion.plan_id} may be it ({suggestion.confidence:.0%} sure)" if suggestion else ""


def thread_worklist(request):
    """The worklist as CSV."""
    require(request.user, VIEW_CONTRACT)
    rules = asked_rules(request)
    day = figures.newest_day(rules.council)
    rows = filtered_rows(request, day, rules)[0] if day else []
    headings = [name.capitalize() for name in WORKLIST[:-1]] + ["Suggested or confirmed"]
    text = write_table(headings, ([getattr(row, name) for name in WORKLIST] for row in with_help(rows, rules)))
    return csv_file(text, rules.file_name(f"golden-thread-to-mend-{day}"))


def thread_records(request, metric):
    """Every record that a figure counts or leaves out, by reason, with its officer; ?as=csv for all of them."""
    require(request.user, VIEW_CONTRACT)
    rules = asked_rules(request)
    day = figures.newest_day(rules.council)
    context = frame(titled(figures.LABELS.get(metric, "Golden thread"), rules), "link", crumb(rules)) | {
        "metric": metric
    }
    context |= authorities(rules)
    found = drilldown.opened(day, metric, rules, request.GET.get("group", ""), people=True) if day else None
    if found and request.GET.get("as") == "csv":
        return csv_file(write_table(found.headings, found.rows(found.listed)), rules.file_name(f"{metric}-{day}"))
    if found:
        page = Paginator(found.listed, 100).get_page(request.GET.get("page"))
        context |= {"found": found, "day": day, "page": page, "rows": found.rows(list(page))}
    return TemplateResponse(request, "golden_thread/admin/records.html", context, status=200 if found else 404)


class DaysField(forms.TypedMultipleChoiceField):
    """Days, each of which the publishing itself takes or refuses in words."""

    def valid_value(self, value):
        return True


class PublishForm(forms.Form):
    day = DaysField(
        label="Which months’ ends?", coerce=date.fromisoformat, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick a month."},
    )  # fmt: skip

    def __init__(self, *args, days, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["day"].choices = [(day.isoformat(), f"{day:%-d %B %Y}") for day in reversed(days)]


@transaction.atomic
def publish_all(days, rules, *, by):
    """Freeze the figures of several days, the oldest first: all of them or none."""
    for day in sorted(days):
        published.publish(day, rules, by=by)


def thread_publish(request):
    """Freeze a month's figures: what they are is shown first; what was published stands below."""
    require(request.user, ADD_SNAPSHOT)
    rules = asked_rules(request)
    days = published.due(rules)
    form = PublishForm(request.POST if request.method == "POST" else None, days=days)
    if request.method == "POST" and form.is_valid():
        try:
            publish_all(form.cleaned_data["day"], rules, by=request.user)
            said = ", ".join(f"{day:%-d %B %Y}" for day in sorted(form.cleaned_data["day"]))
            messages.success(request, f"The figures of {said} are published.")
            return redirect(request.get_full_path())
        except ValidationError as refused:
            form.add_error("day", refused)
    due = [(day, figures.report(day, rules).figures) for day in reversed(days)]
    context = (
        frame(titled("Publish figures", rules), "link", crumb(rules))
        | authorities(rules)
        | {
            "form": form,
            "due": due,
            "columns": ["As at", *(figure.label for figure in due[0][1])] if due else [],
            "published": sorted(published.by_day(rules).items(), reverse=True),
            "labels": figures.LABELS,
        }
    )
    return TemplateResponse(request, "golden_thread/admin/publish.html", context)


def thread_training(request):
    """Who had training, and what moved since: half a year before each session beside half a year from it on."""
    require(request.user, VIEW_CONTRACT)
    rules = asked_rules(request)
    day = figures.newest_day(rules.council)
    effects = []
    if day and TrainingSession.objects.exists():
        effects = training.effects(records.load(day, rules), day)
    may_keep = request.user.has_perm(ADD_TRAINING_SESSION)
    context = frame(titled("Training", rules), "group", crumb(rules)) | authorities(rules)
    context |= {"day": day, "effects": effects, "may_keep_sessions": may_keep}
    return TemplateResponse(request, "golden_thread/admin/training.html", context)
