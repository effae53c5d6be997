"""Public pages about the guidance itself: who is responsible, groups, health, models, and answers of readers."""

from allauth.account.adapter import get_adapter
from django import forms
from django.core.cache import caches
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from screens.forms import GovukForm
from screens.frames import asked_for, csv_file

from ..governance import matrix, picture
from ..models import Action, GovernanceGroup, Outcome, PageAnswer, PriorityMark, SocialValueModel
from ..outcomes import exchange, mappings
from ..pages.types import OwnedPage
from ..upkeep import health


def responsible(request):
    """Every role, who holds it, the groups it sits in and the pages it keeps: as a table and as a picture."""
    groups, rows = matrix.rows(public=True)
    context = {"groups": groups, "rows": rows, "picture": picture.draw(groups, rows)}
    return render(request, "guidance/responsible.html", context)


def group(request, slug):
    """A group's terms of reference, decisions and actions."""
    shown = get_object_or_404(GovernanceGroup.objects.select_related("chair", "deputy"), slug=slug)
    context = {
        "group": shown,
        "seats": shown.seats.select_related("role"),
        "decisions": shown.decisions.all(),
        "actions": Action.objects.with_latest().filter(group=shown).prefetch_related("updates"),
        "today": timezone.localdate(),
    }
    return render(request, "guidance/group.html", context)


def guidance_health(request):
    """The figures of the staff report, for everybody; kept for a minute by each worker."""
    rows = caches["local"].get_or_set("guidance-health", lambda: health.rows(public=True), 60)
    return render(request, "guidance/health.html", {"rows": rows, "summary": health.summary(rows)})


def models(request):
    """Every published version of every model, and the council's priorities."""
    versions = SocialValueModel.objects.public().select_related("previous")
    return render(request, "guidance/models.html", {"versions": versions, "today": timezone.localdate()})


def model(request, slug):
    """One version: its lines, what became of the version before, and how the priorities lie over it."""
    versions = SocialValueModel.objects.public()
    shown = get_object_or_404(versions.select_related("previous"), slug=slug)
    lines = list(shown.outcomes.select_related("parent").order_by("position", "code"))
    marks = {}
    for mark in PriorityMark.objects.filter(outcome__in=lines).select_related("priority"):
        marks.setdefault(mark.outcome_id, []).append(mark.priority)
    context = {
        "model": shown,
        "lines": [(line, _depth(line), marks.get(line.pk, [])) for line in lines],
        "mapping": mappings.of_model(shown).select_related("source", "target") if shown.previous_id else [],
        "unchecked": any(line.confidence == "C" for line in lines),
        "priorities": [line for line in lines if line.level == Outcome.Level.OUTCOME] if shown.is_councils_own else [],
    }
    return render(request, "guidance/model.html", context)


def _depth(line):
    return [Outcome.Level.THEME, Outcome.Level.OUTCOME, Outcome.Level.CRITERION, Outcome.Level.MEASURE].index(
        line.level
    )


def model_csv(request, slug):
    """The lines of a published version as open data."""
    shown = get_object_or_404(SocialValueModel.objects.public(), slug=slug)
    return csv_file(exchange.write_lines(shown), shown.slug)


class AnswerForm(GovukForm, forms.Form):
    useful = forms.ChoiceField(
        label="Was this page useful?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no."},
    )
    comment = forms.CharField(
        label="What would make it better? (optional)",
        help_text="Leave out names and other personal details. The page’s keepers read this; nobody can answer you.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=500,
        required=False,
        error_messages={"max_length": "Use 500 characters or fewer."},
    )


def page_answer(request, pk):
    """A reader says whether a page was useful, and what would make it better."""
    page = get_object_or_404(Page.objects.live().public(), pk=pk)
    if not issubclass(page.specific_class, OwnedPage):
        raise Http404
    form = AnswerForm(request.POST or None, initial={"useful": request.GET.get("answer", "")})
    if request.method == "POST" and form.is_valid():
        if _too_many(request):
            form.add_error(None, "Too many answers came from your network. Try again in an hour.")
        else:
            PageAnswer.objects.create(
                page=page,
                useful=form.cleaned_data["useful"] == "yes",
                comment=form.cleaned_data["comment"].strip(),
                answered_on=timezone.localdate(),
            )
            return redirect(f"{reverse('page_answer_thanks')}?page={page.pk}")
    return render(
        request, "guidance/page_answer.html", {"page": page, "form": form}, status=422 if form.errors else 200
    )


def _too_many(request):
    """More than 30 answers an hour from one address; the address is kept as a key of the cache for that hour."""
    address = get_adapter(request).get_client_ip(request)  # behind a proxy too, as the sign-in limits are counted
    key = f"answers-{timezone.now():%Y%m%d%H}-{address}"
    counted = caches["default"].get(key, 0) + 1
    caches["default"].set(key, counted, 3600)
    return counted > 30


def page_answer_thanks(request):
    page = asked_for(Page.objects.live().public(), request.GET.get("page", ""))
    return render(request, "guidance/page_answer_thanks.html", {"page": page})
