"""Every figure of the registry opened down to its entries, without anybody's name."""

from fractions import Fraction

from django import forms
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render

from guidance.models import Outcome
from places.models import Council, District
from records import figures
from screens.fields import DayField, not_to_come
from screens.frames import csv_file
from suppliers.models import Contract
from vocabulary.quantities import rounded_in
from vocabulary.units import Unit, say_total
from words.cells import write_table
from words.numbers import numbers

A_PAGE = 50
NO_LINE = "none"


class ScopeForm(forms.Form):
    """What a figure is narrowed to, as the address says it."""

    unit = forms.ChoiceField(choices=Unit.choices, required=False)
    outcome = forms.CharField(max_length=12, required=False)
    council = forms.ModelChoiceField(Council.objects.all(), required=False)
    district = forms.CharField(max_length=12, required=False)
    since = DayField(required=False)
    until = DayField(required=False)
    written = forms.BooleanField(required=False)
    contract = forms.ModelChoiceField(Contract.objects.all(), required=False)
    as_at = DayField(required=False, validators=[not_to_come])
    restated = forms.BooleanField(required=False)

    def __init__(self, *args, figure, **kwargs):
        super().__init__(*args, **kwargs)
        self.figure = figure
        for name in set(self.fields) - set(figure.narrowed_by):
            del self.fields[name]

    def clean_outcome(self):
        asked = self.cleaned_data["outcome"]
        if not asked or asked == NO_LINE:
            return asked
        line = Outcome.objects.exclude(model__state="draft").filter(pk=asked).first() if asked.isdecimal() else None
        if line is None:
            raise forms.ValidationError("There is no such line.")
        return line.pk

    def clean_district(self):
        """A District, or that there is none."""
        asked = self.cleaned_data["district"]
        if not asked or asked == NO_LINE:
            return asked
        found = District.objects.filter(pk__in=numbers([asked])).first()
        if found is None:
            raise forms.ValidationError("There is no such district.")
        return found

    def scope(self):
        """{name: value} of what was asked for and no more."""
        asked = self.cleaned_data if self.is_bound else {}
        return {name: getattr(value, "pk", value) for name, value in asked.items() if value}

    def words(self):
        """What the figure is narrowed to, in words."""
        scope, said = self.scope(), []
        if "unit" in scope:
            said.append(f"counted in {Unit(scope['unit']).label}")
        if scope.get("outcome") == NO_LINE:
            said.append("under no outcome")
        elif "outcome" in scope:
            said.append(f"under “{Outcome.objects.get(pk=scope['outcome'])}”")
        if "council" in scope:
            said.append(f"of {self.cleaned_data['council']}")
        if scope.get("district") == NO_LINE:
            said.append("in no one district")
        elif "district" in scope:
            said.append(f"in {self.cleaned_data['district']}")
        if "contract" in scope:
            said.append(f"under contract {self.cleaned_data['contract'].reference}")
        if "as_at" in scope:
            said.append(f"as known on {scope['as_at']:%-d %B %Y}")
        if "restated" in scope:
            said.append("with what was entered later")
        clock = "written" if scope.get("written") else "happened"
        said += [f"{clock} {word} {scope[name]:%-d %B %Y}" for name, word in SINCE if name in scope]
        return ", ".join(said)


SINCE = (("since", "from"), ("until", "up to"))


def may_see(user, figure):
    return not figure.permission or user.has_perm(figure.permission)


def said_of(figure):
    """[(words, end of the address)] of what a figure comes to, one a unit where it has several."""
    if "unit" not in figure.narrowed_by:
        return [(figure.say(figure.value()), "")]
    known = figure.by_unit() if figure.by_unit else {unit: figure.value(unit=unit) for unit in Unit.values}
    found = [(unit, known.get(unit, 0)) for unit in Unit.values]
    return [(figure.say(amount, unit=unit), f"?unit={unit}") for unit, amount in found if amount]


def figure_list(request):
    """Every figure that this person may see, with what it counts and what it comes to."""
    shown = [figure for figure in figures.every() if may_see(request.user, figure)]
    return render(request, "marketplace/figure_list.html", {"rows": [(figure, said_of(figure)) for figure in shown]})


def in_full(amount):
    """An amount as a cell: a Fraction to six places, so that rows add up."""
    return round(float(amount), 6) if isinstance(amount, Fraction) else amount


def _say_part(figure, amount, scope):
    """What one entry adds to a figure: in its unit, or bare where the figure names it."""
    return say_total(rounded_in(Unit.HOURS, amount), scope["unit"]) if "unit" in scope else figure.say(amount, **scope)


def figure_page(request, name):
    """A figure opened: its total, and the entries that make it, by ?unit=, ?outcome=, ?since= and ?until=."""
    figure = figures.get(name)
    if figure is None or not may_see(request.user, figure):
        raise Http404
    form = ScopeForm(request.GET, figure=figure)
    if not form.is_valid():
        raise Http404
    scope = form.scope()
    if "unit" in figure.narrowed_by and "unit" not in scope:
        return render(request, "marketplace/figure_units.html", {"figure": figure, "said": said_of(figure)})
    entries = figure.entries(**scope)
    if request.GET.get("as") == "csv":
        rows = ([entry.words, entry.note, entry.day, in_full(entry.amount)] for entry in entries)
        return csv_file(write_table(["What", "Of", "Day", "Amount"], rows), f"figure-{figure.name}")
    page = Paginator(entries, A_PAGE).get_page(request.GET.get("page"))
    shown = list(page)
    has_days = any(entry.day for entry in shown)
    context = {
        "figure": figure,
        "has_days": has_days,
        "columns": "What|Amount|Day|Of" if has_days else "What|Amount|Of",
        "narrowed": form.words(),
        "total": figure.say(figure.value(**scope), **scope),
        "page": page,
        "rows": [(entry, _say_part(figure, entry.amount, scope)) for entry in shown],
    }
    return render(request, "marketplace/figure_page.html", context)
