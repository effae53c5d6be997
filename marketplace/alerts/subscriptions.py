"""Asking for alerts, changing how often they come, and stopping them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from requests_app.filters import RequestFilter
from requests_app.models import RequestTotals

from ..models import Subscription

MOST = 20  # running alerts a person
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


@transaction.atomic
def save_search(search, often, *, by):
    """Save a search; the same one again only changes how often it comes. ValidationError says what to change."""
    kept, form = cleaned(search)
    if not form.is_valid():
        raise ValidationError([words for errors in form.errors.values() for words in errors])
    mine = Subscription.objects.running().filter(user=by, organisation=None)
    same = next((one for one in mine if one.search == kept), None)
    if same:
        return change(same, often)
    _room(by)
    now = timezone.now()
    return Subscription.objects.create(user=by, name=name_of(form), search=kept, often=often, looked_at=now)


@transaction.atomic
def follow_matches(organisation, often, *, by):
    """Tell `by` of new matches for the organisation's commitments."""
    same = Subscription.objects.running().filter(user=by, organisation=organisation).first()
    if same:
        return change(same, often)
    _room(by)
    return Subscription.objects.create(
        user=by,
        organisation=organisation,
        name=f"Matches for {organisation}"[:120],
        often=often,
        looked_at=timezone.now(),
    )


def _room(user):
    if Subscription.objects.running().filter(user=user).count() >= MOST:
        raise ValidationError(f"You have {MOST} alerts already. Stop one before you add another.")


def change(subscription, often):
    subscription.often = often
    subscription.save(update_fields=["often"])
    return subscription


@transaction.atomic
def stop(subscription):
    """No more of it; what is due and fits another search of the same person is told for that. Safe to say again."""
    from .finding import pass_on  # which reads saved searches by this module

    if Subscription.objects.filter(pk=subscription.pk, stopped_at=None).update(stopped_at=timezone.now()):
        pass_on(subscription)
