"""The public list's search form (django-filter): an address for every search."""

import re
from functools import lru_cache
from time import time

import django_filters
from django import forms
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.http import QueryDict

from guidance.models import Outcome
from places.models import District, clean_known_postcode
from screens.forms import GovukForm
from vocabulary.kinds import KindOfHelp
from words.numbers import numbers

from .models import RequestTotals

KEPT_SECONDS, MOST_KEPT = 60, 500
MILES = [(2, "2 miles"), (5, "5 miles"), (10, "10 miles"), (20, "20 miles")]
SORTS = [("newest", "Newest"), ("soonest", "Needed soonest"), ("nearest", "Nearest")]
NEAR_ME = re.compile(r"\b(near|around|close to) (me|us|here)\b", re.I)
POSTCODE_TYPED = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?(\s*\d[a-z]{2})?\b", re.I)
SHOWN = [("", "Those that still need help"), ("met", "Those that were met"), ("all", "All of them")]


class SearchForm(GovukForm, forms.Form):
    @property
    def says_more(self):
        """Whether one of the filters that are folded away is in use."""
        return any(self[name].value() for name in ("outcome", "needed_by", "show"))

    def clean_postcode(self):
        postcode = self.cleaned_data.get("postcode")
        return clean_known_postcode(postcode) if postcode else ""

    def read_place(self, data):
        """A postcode, or its first half, among the words is a place: nearest first, unless another order is chosen."""
        words = data.get("q") or ""
        data["near_me"] = bool(NEAR_ME.search(words))
        data["q"] = NEAR_ME.sub(" ", words).strip()
        for typed in POSTCODE_TYPED.finditer(data["q"]):
            try:
                postcode = clean_known_postcode(typed.group())
            except ValidationError:
                continue
            data["q"] = f"{data['q'][: typed.start()]} {data['q'][typed.end() :]}".strip()
            data["postcode"] = data.get("postcode") or postcode
            if data.get("sort") in ("", None, "newest"):  # what the form sends where nobody chose
                data["sort"] = "nearest"
            data["place_typed"] = postcode
            return

    def clean(self):
        data = super().clean()
        self.read_place(data)
        data["outcode"] = data.get("postcode", "").split(" ")[0]
        data["miles"] = int(data.get("miles") or 0)
        if data.get("sort") == "nearest" and not data["outcode"] and not self.errors:
            self.add_error("postcode", ValidationError("Enter a postcode to sort by distance."))
        if data["miles"] and not data["outcode"] and not self.errors:
            self.add_error("postcode", ValidationError("Enter the postcode to measure from."))
        return data


def choices(rows):
    """Choices from the database, read once a minute by each worker."""
    name = f"choices:{rows.__self__.model.__name__}"

    def read():
        return caches["local"].get_or_set(name, lambda: [(str(row.pk), str(row)) for row in rows()], KEPT_SECONDS)

    return read


class OutcomeField(django_filters.fields.ChoiceField):
    """Lines that may be chosen today are offered; any that was ever published may be asked for."""

    def valid_value(self, value):
        if super().valid_value(value):
            return True
        line = Outcome.objects.exclude(model__state="draft").filter(pk__in=numbers([str(value)])).first()
        if line:
            self.choices = [*((key, words) for key, words in self.choices if key), (str(line.pk), str(line))]
        return line is not None


class OutcomeFilter(django_filters.ChoiceFilter):
    field_class = OutcomeField


def asked_for(address):
    """The search form of an address, checked; kept by each worker for the minute for which its choices are."""
    return _checked(address.urlencode(), int(time() // KEPT_SECONDS))


@lru_cache(maxsize=MOST_KEPT)
def _checked(query, minute):
    form = RequestFilter(QueryDict(query), queryset=RequestTotals.objects.none()).form
    form.is_valid()
    return form


class RequestFilter(django_filters.FilterSet):
    """Checks what was asked for; requests_app.search does the finding."""

    q = django_filters.CharFilter(label="Search", max_length=200, widget=forms.TextInput(attrs={"type": "search"}))
    kind = django_filters.ChoiceFilter(label="Kind of help", choices=KindOfHelp, empty_label="Any kind")
    district = django_filters.ChoiceFilter(label="Area", choices=choices(District.objects.all), empty_label="Anywhere")
    postcode = django_filters.CharFilter(
        label="Near a postcode",
        max_length=10,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "postal-code"}),
    )
    miles = django_filters.ChoiceFilter(label="Within", choices=MILES, empty_label="Any distance")
    outcome = OutcomeFilter(label="Outcome", choices=choices(Outcome.objects.choosable), empty_label="Any outcome")
    needed_by = django_filters.DateFilter(
        label="Needed by", widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"})
    )
    show = django_filters.ChoiceFilter(label="Show", choices=SHOWN[1:], empty_label=SHOWN[0][1])
    sort = django_filters.ChoiceFilter(label="Sort by", choices=SORTS, empty_label=None)

    class Meta:
        model = RequestTotals
        form = SearchForm
        fields = []
