"""What a saved search holds, and what it is called."""

from requests_app.filters import RequestFilter
from requests_app.models import RequestTotals

SEARCHED_BY = ("q", "kind", "district", "postcode", "miles", "outcome", "needed_by")


def cleaned(search):
    """(what a saved search holds, the filter form) of an address's parameters; what is not searched by is left out."""
    kept = {name: str(search.get(name, ""))[:200] for name in SEARCHED_BY if search.get(name)}
    form = RequestFilter(kept, queryset=RequestTotals.objects.none()).form
    return kept, form


def name_of(form):
    """A saved search in words: "Goods and equipment, Woking, “chairs”"."""
    words = []
    for name in ("kind", "district", "outcome"):
        value = form.cleaned_data.get(name)
        if value:
            words.append(dict(form.fields[name].choices).get(value, str(value)))
    if form.cleaned_data.get("q"):
        words.append(f"“{form.cleaned_data['q']}”")
    if form.cleaned_data.get("outcode"):
        miles = form.cleaned_data.get("miles")
        words.append(
            f"within {miles} miles of {form.cleaned_data['outcode']}" if miles else form.cleaned_data["outcode"]
        )
    if form.cleaned_data.get("needed_by"):
        words.append(f"needed by {form.cleaned_data['needed_by']:%-d %B %Y}")
    return ", ".join(words)[:120] or "All requests"
