"""Staff's screens: offers to decide, and who may put people forward."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST

from desk import clocks, deciding, queues
from organisations import sides
from organisations.models import Organisation
from screens.frames import frame, pressed, put_errors, require

from . import offering, referring
from .models import Offer, Referrer
from .permissions import CHANGE_OFFER, CHANGE_REFERRER

OFFERS = "offers"


def cases(user):
    """[Case] of offers that this person may decide: nobody decides for an organisation of their own."""
    rows = Offer.objects.to_decide().exclude(supplier__in=sides.left_out(user)).select_related("supplier")
    return [
        queues.Case(
            row.pk, f"“{row}”", reverse("offer_decide", args=[row.pk]),
            clocks.allowing(timezone.localdate(row.submitted_at), settings.MODERATION_DAYS), str(row.supplier),
        )
        for row in rows
    ]  # fmt: skip


queues.register(
    queues.Queue(
        OFFERS, "Offers to decide", CHANGE_OFFER, cases, "offer_queue",
        "offer waits for a moderator", "offers wait for a moderator", order=15,
    )
)  # fmt: skip


class DecisionForm(forms.Form):
    reason = forms.CharField(
        label="What should they change?", required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Where you return it. The supplier will read this.",
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput)


def offer_queue(request):
    """Offers that wait for a moderator."""
    require(request.user, CHANGE_OFFER)
    context = {**deciding.listed(request.user, OFFERS), **frame("Offers to decide", "clipboard-list")}
    return TemplateResponse(request, "desk/admin/queue.html", context)


def offer_decide(request, pk):
    """Make an offer public, or return it with what to change."""
    require(request.user, CHANGE_OFFER)
    shown = get_object_or_404(Offer.objects.for_page(), pk=pk)
    if sides.own_of(request.user, shown.supplier):
        raise PermissionDenied("You belong to this organisation, or did. Ask another moderator.")
    shared = deciding.context(request, OFFERS, pk)
    submitted = shown.submitted_at.isoformat() if shown.submitted_at else ""
    form = DecisionForm(request.POST or None, initial={"seen": submitted})
    if request.method == "POST" and form.is_valid():
        try:
            offering.seen(shown, _moment(form.cleaned_data["seen"]))
            if pressed(request, "publish", "send_back") == "publish":
                offering.publish(shown, by=request.user)
                words = f"“{shown}” is public. {shown.supplier} has been told."
            else:
                offering.send_back(shown, form.cleaned_data["reason"], by=request.user)
                words = f"“{shown}” is with {shown.supplier} again. They have been told why."
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, words)
            return deciding.go_on(request, shared["place"])
    context = {
        "shown": shown, "form": form, "can": shown.moves.open_to(shown, "council"), **shared,
        **frame("Decide: an offer", "clipboard-list", (reverse("offer_queue"), "Offers to decide"), here=str(shown)),
    }  # fmt: skip
    return TemplateResponse(request, "offers/admin/offer_decide.html", context, status=422 if form.errors else 200)


def _moment(text):
    """The moment that stands in a form, None for whatever is none."""
    try:
        return parse_datetime(text)
    except ValueError:
        return None


class ReferrerForm(forms.Form):
    organisation = forms.ModelChoiceField(
        Organisation.objects.approved().exclude(kind=Organisation.Kind.BUSINESS), empty_label="Choose"
    )
    note = forms.CharField(label="Why it may", max_length=300, help_text="Like “runs the youth employment hub”")


def referrers(request):
    """Who may put people forward for jobs and placements."""
    require(request.user, CHANGE_REFERRER)
    form = ReferrerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = referring.approve(form.cleaned_data["organisation"], form.cleaned_data["note"], by=request.user)
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, f"{made} may put people forward now.")
            return redirect("referrers")
    context = {
        "form": form, "rows": Referrer.objects.select_related("organisation", "by"), **frame("Referrers", "group"),
    }  # fmt: skip
    return TemplateResponse(request, "offers/admin/referrers.html", context, status=422 if form.errors else 200)


@require_POST
def referrer_end(request, pk):
    require(request.user, CHANGE_REFERRER)
    found = get_object_or_404(Referrer.objects.select_related("organisation"), pk=pk)
    name = str(found)
    referring.end(found, by=request.user)
    messages.success(request, f"{name} puts nobody forward any more.")
    return redirect("referrers")
