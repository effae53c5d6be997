"""Alerts: the visitor's own, saving a search, following matches, and stopping by the link in an e-mail."""

from functools import partial

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from organisations.models import Organisation
from screens.forms import GovukForm
from screens.frames import put_errors

from ..alerts import searches, subscriptions
from ..models import Subscription

HINTS = {
    Subscription.Often.AT_ONCE: "As soon as a request is public",
    Subscription.Often.DAILY: "One e-mail, only on days with something new",
    Subscription.Often.WEEKLY: "One e-mail, only in weeks with something new",
}


class OftenForm(GovukForm, forms.Form):
    often = forms.ChoiceField(
        label="How often?",
        choices=[(often.value, f"{often.label}|{HINTS[often]}") for often in Subscription.Often],
        initial=Subscription.Often.DAILY,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how often"},
    )


@login_required
def alerts(request):
    """The visitor's own alerts."""
    mine = Subscription.objects.running().filter(user=request.user).select_related("organisation")
    return render(request, "matching/alerts.html", {"alerts": mine, "choices": Subscription.Often})


@login_required
def alert_new(request):
    """Save the search in this address: /alerts/new/?kind=goods&district=3"""
    kept, search = searches.cleaned(request.GET)
    if not search.is_valid():
        return redirect(f"/requests/?{request.GET.urlencode()}")
    return _subscribe(request, partial(subscriptions.save_search, kept), searches.name_of(search))


@login_required
def alert_matches(request, pk):
    """Be told of new matches for an own organisation's commitments."""
    organisation = get_object_or_404(Organisation.objects.of(request.user), pk=pk)
    name = f"New requests that fit what {organisation} has promised"
    return _subscribe(request, partial(subscriptions.follow_matches, organisation), name)


def _subscribe(request, save, name):
    """Ask how often, then `save(often, by=user)`."""
    form = OftenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save(form.cleaned_data["often"], by=request.user)
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, f"Saved. We will write to {request.user.email} about: {saved}.")
            return redirect("alerts")
    return render(request, "matching/alert_new.html", {"form": form, "name": name})


@login_required
@require_POST
def alert_change(request, pk):
    """Change how often an own alert comes, or stop it."""
    alert = get_object_or_404(Subscription.objects.running().filter(user=request.user), pk=pk)
    if "stop" in request.POST:
        subscriptions.stop(alert)
        messages.success(request, f"Stopped: {alert}.")
    elif request.POST.get("often") in Subscription.Often.values:
        subscriptions.change(alert, request.POST["often"])
        messages.success(request, f"{alert}: {alert.get_often_display().lower()}.")
    return redirect("alerts")


@csrf_exempt  # a mail program may stop it for its reader with one POST (RFC 8058); the key is the proof
@never_cache
def alert_stop(request, key):
    """Stop an alert by the link in its e-mail, without signing in: a button first, as mail scanners open links."""
    alert = get_object_or_404(Subscription, key=key)
    if request.method == "POST":
        subscriptions.stop(alert)
        return render(request, "matching/alert_stopped.html", {"alert": alert})
    return render(request, "matching/alert_stop.html", {"alert": alert})
