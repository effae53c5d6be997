"""The council's own steps: moderating, verifying deliveries, agreeing what a pledge counts for."""

from fractions import Fraction

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from desk import deciding
from screens.fields import NumberField
from screens.frames import frame, pressed, put_errors, require
from vocabulary.quantities import rounded_in

from .. import conversions, deliveries
from ..models import Delivery, Pledge
from ..permissions import CHANGE_DELIVERY, CHANGE_PLEDGE, PUBLISH_REQUEST, VIEW_DELIVERY
from ..views.delivering import delivery_context
from . import verifying, waiting
from .deciding import QUEUE


def request_queue(request):
    """Requests that wait for a moderator, the first due first."""
    require(request.user, PUBLISH_REQUEST)
    context = {**deciding.listed(request.user, QUEUE), **frame("Requests to decide", "clipboard-list")}
    return TemplateResponse(request, "desk/admin/queue.html", context)


class VerifyForm(forms.Form):
    quantity = NumberField(label="Quantity to verify", required=False, min_value=0)
    reason = forms.CharField(label="Reason or question", required=False, widget=forms.Textarea(attrs={"rows": 3}))


def delivery_verify(request, pk):
    """Verify a confirmed delivery, or query it."""
    require(request.user, VIEW_DELIVERY)
    delivery = get_object_or_404(Delivery.objects.with_pledge(), pk=pk)
    form = VerifyForm(request.POST or None, initial={"quantity": delivery.confirmed})
    shared = deciding.context(request, waiting.DELIVERIES, pk)
    if request.method == "POST":
        require(request.user, CHANGE_DELIVERY)
        button = pressed(request, "query", "verify")
        if form.is_valid():
            data = form.cleaned_data
            try:
                if button == "query":
                    deliveries.query(delivery, data["reason"], by=request.user)
                else:
                    deliveries.verify(delivery, by=request.user, quantity=data["quantity"], reason=data["reason"])
            except ValidationError as refused:
                put_errors(form, refused)
            else:
                messages.success(request, f"{delivery}: {delivery.get_state_display().lower()}.")
                return deciding.go_on(request, shared["place"])
    context = {
        **delivery_context(delivery, "council"),
        "marks": verifying.marks_of_one(delivery),
        "counts": counted(delivery),
        "form": form,
        "may_answer": request.user.has_perm(CHANGE_DELIVERY),
        **shared,
        **frame(f"Delivery {delivery.pk}", "tick", (reverse("delivery_queue:index"), "Deliveries"), here=str(delivery)),
    }
    return TemplateResponse(request, "requests_app/admin/delivery_verify.html", context)


def counted(delivery):
    """What a delivery counts for, in words, where its commitment counts in another unit than the request; else ""."""
    pledge = delivery.pledge
    if not pledge.commitment or pledge.commitment.unit == pledge.request.unit:
        return ""
    rate = Fraction(pledge.counts) / Fraction(pledge.quantity)
    share = delivery.shares.filter(commitment=pledge.commitment).first()
    part = Fraction(share.per_cent) / 100 if share else 1
    amount = rounded_in(pledge.commitment.unit, rate * part * Fraction(delivery.stands_at))
    said = pledge.commitment.say(amount)
    return f"{said}, to be agreed" if pledge.count_waits else said


class CountForm(forms.Form):
    counts = NumberField(label="Counts for", required=False, min_value=0)
    reason = forms.CharField(
        label="Why: the supplier will read it", max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )


def count_agree(request, pk):
    """Settle what a pledge counts for in its commitment's unit, or that it does not count against it."""
    require(request.user, CHANGE_PLEDGE)
    rows = Pledge.objects.with_both_sides().select_related("commitment__contract__manager")
    pledge = get_object_or_404(rows.filter(commitment__isnull=False), pk=pk)
    form = CountForm(request.POST or None, initial={"counts": pledge.counts})
    shared = deciding.context(request, waiting.COUNTS, pk)
    if request.method == "POST":
        button = "refuse" if "refuse" in request.POST else "agree"
        if button == "agree" and form.is_valid() and form.cleaned_data["counts"] is None:
            form.add_error("counts", "Enter what it counts for.")
        if form.is_valid():
            data = form.cleaned_data
            try:
                if button == "refuse":
                    conversions.refuse(pledge, by=request.user, reason=data["reason"])
                else:
                    conversions.agree(pledge, data["counts"], by=request.user, reason=data["reason"])
            except ValidationError as refused:
                put_errors(form, refused)
            else:
                done = "stands without the commitment" if button == "refuse" else "agreed"
                messages.success(request, f"{pledge}: {done}.")
                return deciding.go_on(request, shared["place"])
    context = {
        "pledge": pledge,
        "judgement": conversions.judgement(pledge),
        "verified": conversions.verified(pledge),
        "form": form,
        **shared,
        **frame(
            f"What pledge {pledge.pk} counts for",
            "order",
            (reverse("count_queue:index"), "Counts to agree"),
            here=str(pledge),
        ),
    }
    return TemplateResponse(request, "requests_app/admin/count_agree.html", context)
