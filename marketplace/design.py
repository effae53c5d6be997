"""The living page of all parts, for staff: each as pages use it, with invented things that are kept nowhere."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from organisations.models import Organisation
from places import map as places
from requests_app.models import Request, RequestTotals
from screens.forms import GovukForm
from screens.permissions import ENTER_ADMIN
from suppliers.pace import Pace, Standing
from vocabulary.kinds import KindOfHelp

COLOURS = (
    "paper card ink soft line edge green gold leaf brick bell mint gold-tint bell-tint step-0 step-1 step-2 step-3 "
    "step-4 done-1 done-2 done-3"
).split()


class ExampleForm(GovukForm, forms.Form):
    name = forms.CharField(help_text="As people know you", max_length=80)
    kind = forms.ChoiceField(choices=KindOfHelp, widget=forms.RadioSelect, label="Kind of help")
    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), label="In your own words")


def card(title, kind, asked, accepted, confirmed, days):
    """A Request as a card shows it, saved nowhere."""
    day = timezone.localdate() + timedelta(days=days)
    made = Request(pk=1, title=title, kind=kind, unit="items", unit_words="chairs", quantity=asked, needed_by=day)
    made.organisation = Organisation(name="Example Hall")
    amounts = {"quantity": asked, "asked": asked, "accepted": accepted, "claimed": confirmed, "confirmed": confirmed}
    made.totals = RequestTotals(request=made, **{name: Decimal(amount) for name, amount in amounts.items()})
    return made


def standing(pace, confirmed):
    amounts = (Fraction(100), Fraction(50), Fraction(confirmed + 5), Fraction(confirmed), Fraction(confirmed) / 2)
    return Standing("hours", *amounts, pace)


@login_required
def design(request):
    """Every part beside every other; 404 for whoever is not of the council's staff."""
    if not request.user.has_perm(ENTER_ADMIN):
        raise Http404
    drawn = places.county()
    numbers = {shape.district: number for number, shape in enumerate(drawn.shapes)} if drawn else {}
    context = {
        "colours": COLOURS,
        "kinds": KindOfHelp.choices,
        "cards": [card("Stacking chairs for Friday lunch", "goods", 40, 0, 0, 60),
                  card("Four people to paint our hall", "volunteers", 40, 27, 13, 14)],
        "standings": [standing(Pace.AHEAD, 70), standing(Pace.ON_TRACK, 50), standing(Pace.BEHIND, 20)],
        "form": ExampleForm({"name": "", "kind": "goods", "words": "Chairs"}),
        "map": places.choropleth("Numbers by district", numbers, lambda shape, number: f"{shape.name}: {number}",
                                 lambda shape: f"#{shape.slug}"),
    }  # fmt: skip
    return render(request, "marketplace/design.html", context)
