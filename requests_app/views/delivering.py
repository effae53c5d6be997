"""Recording deliveries, and the requestor's answer: signed in, or by the link in the e-mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from organisations import held_files, uploads
from records.transactions import atomic_once_more
from screens.frames import put_errors

from .. import access, claims, deliveries, links, thanking
from ..forms.answers import ReasonForm
from ..forms.deliveries import AmendForm, ConfirmForm, DeliveryForm, EvidenceForm
from ..models import Evidence, Thanks


@login_required
def delivery_new(request, pk):
    """Record what was handed over under a pledge."""
    pledge = access.pledge_as(request.user, pk, "supplier")
    if not pledge.moves.can(pledge, "deliver"):
        raise PermissionDenied("Deliveries can be recorded once the pledge is accepted.")
    form = DeliveryForm(request.POST or None, request.FILES or None, pledge=pledge)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            delivery = deliveries.claim(
                pledge,
                data["quantity"],
                data["delivered_on"],
                by=request.user,
                note=data["note"],
                files=data["evidence"],
                shares=form.shares(),
            )
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, f"Recorded. {pledge.request.organisation} has been asked to confirm it.")
            return redirect(delivery)
    held_files.hold(form, request.user)
    return render(request, "requests_app/delivery_new.html", {"pledge": pledge, "form": form})


@login_required
def delivery_page(request, pk):
    """A delivery with everything that happened to it."""
    delivery, side = access.visible_delivery(request.user, pk)
    return render(request, "requests_app/delivery_detail.html", delivery_context(delivery, side))


def delivery_context(delivery, side):
    return {
        "delivery": delivery,
        "side": side,
        "can": delivery.moves.open_to(delivery, side),
        "events": delivery.events.select_related("by"),
        "evidence": delivery.evidence.select_related("upload"),
        "shares": delivery.shares.select_related("commitment__contract"),
    }


ANSWERED = "Your group has said that it is not right: that stays, unless you change it below."


@atomic_once_more
def settle(delivery, data, person, **actor):
    """Carry out the requestor's answer, and keep what `person` says with it: confirm, correct or dispute."""
    if data["answer"] == "no":
        deliveries.dispute(delivery, data["reason"], **actor)
    else:
        quantity = data["quantity"] if data["answer"] == "other" else None
        thanking.say(delivery, data["thanks"], data["checked"], data["may_be_shown"], by=person)  # its e-mail tells it
        deliveries.confirm(delivery, quantity=quantity, reason=data["reason"], seen=data["seen"], **actor)


def asked_to_confirm(request, delivery, address_of):
    """What a group is shown before it answers: what the supplier changed and why, its evidence, what stands in all.

    A group that said no is told so, and changes its answer by ?again alone. `address_of` is where evidence opens.
    """
    events = list(delivery.events.all())
    said_no = next((event for event in reversed(events) if event.is_dispute), None)
    amended = next((place for place, event in reversed(list(enumerate(events))) if event.is_amended), None)
    in_all = claims.in_all_with(delivery.pledge, delivery.claimed, delivery)
    return {
        "said_no": said_no if delivery.is_disputed and "again" not in request.GET else None,
        "changed": events[amended] if amended is not None else None,
        "before": delivery.pledge.request.say(events[amended - 1].quantity) if amended else "",
        "evidence": [(row.upload, address_of(row)) for row in delivery.evidence.select_related("upload")],
        "in_all": delivery.pledge.request.say(in_all) if in_all > delivery.pledge.quantity else "",
    }


@login_required
def delivery_confirm(request, pk):
    """The requestor confirms, corrects or disputes."""
    delivery = access.delivery_as(request.user, pk, "requestor")
    if request.method == "GET" and not delivery.moves.can(delivery, "confirm"):
        return redirect(delivery)
    shown = asked_to_confirm(request, delivery, lambda row: reverse("evidence", args=[row.pk]))
    if request.method == "POST" and shown["said_no"]:
        messages.error(request, ANSWERED)
        return redirect("delivery_confirm", pk)

    def answer(data):
        settle(delivery, data, request.user, by=request.user)

    form = ConfirmForm(request.POST or None, request.FILES or None, initial={"seen": delivery.claimed})
    return _answer(request, delivery, form, answer, "requests_app/delivery_confirm.html", **shown)


def delivery_by_link(request, token):
    """The same answer by a signed link, without signing in; void once anybody has answered."""
    delivery, person = links.read(token)
    if delivery is None:
        return render(request, "requests_app/delivery_link_void.html", status=404)
    form = ConfirmForm(request.POST or None, request.FILES or None, initial={"seen": delivery.claimed})
    waits = delivery.moves.can(delivery, "confirm")
    shown = asked_to_confirm(request, delivery, lambda row: reverse("evidence_by_link", args=[token, row.pk]))
    if request.method == "POST" and shown["said_no"]:
        messages.error(request, ANSWERED)
        return redirect("delivery_by_link", token)
    if request.method == "POST" and waits and form.is_valid():
        try:
            settle(delivery, form.cleaned_data, person, by_words=f"{person.name[:80]}, by the link in an e-mail")
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            return redirect("delivery_by_link", token)
    if waits:
        held_files.hold(form, delivery)
    context = {"delivery": delivery, "form": form, "waits": waits, "by_link": True, **shown}
    return render(request, "requests_app/delivery_confirm.html", context)


def evidence_by_link(request, token, pk):
    """A file of evidence for whoever is asked by a link whether it arrived."""
    delivery, _ = links.read(token)
    if delivery is None or not delivery.moves.can(delivery, "confirm"):
        raise Http404
    shown = get_object_or_404(Evidence.objects.select_related("upload"), pk=pk, delivery=delivery)
    return uploads.respond(shown.upload)


def _answer(request, delivery, form, verb, template, done="Thank you. The other side has been told.", **shown):
    """The shared shape of answers: check a form, call a verb, go back to the delivery."""
    if request.method == "POST" and form.is_valid():
        try:
            verb(form.cleaned_data)
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, done)
            return redirect(delivery)
    held_files.hold(form, request.user)
    return render(request, template, {"delivery": delivery, "form": form, **shown})


@login_required
@require_POST
def thanks_hide(request, pk):
    """The group takes back its consent: its words and photograph are for its supplier alone."""
    delivery = access.delivery_as(request.user, pk, "requestor")
    thanking.take_back_consent(get_object_or_404(Thanks, delivery=delivery))
    messages.success(request, "Only the supplier sees it now.")
    return redirect(delivery)


@login_required
def delivery_amend(request, pk):
    """The supplier changes a disputed claim."""
    delivery = access.delivery_as(request.user, pk, "supplier")

    def amend(data):
        deliveries.amend(delivery, data["quantity"], data["reason"], by=request.user, files=data["evidence"])

    about = {"pledge": delivery.pledge, "delivery": delivery, "initial": {"quantity": delivery.claimed}}
    form = AmendForm(request.POST or None, request.FILES or None, **about)
    return _answer(request, delivery, form, amend, "requests_app/delivery_amend.html")


@login_required
def evidence_add(request, pk):
    """The supplier adds files to what it recorded, until the council has verified it."""
    delivery = access.delivery_as(request.user, pk, "supplier")

    def add(data):
        deliveries.add_evidence(delivery, data["evidence"], by=request.user)

    form = EvidenceForm(request.POST or None, request.FILES or None)
    return _answer(request, delivery, form, add, "requests_app/evidence_add.html", done="Kept with the delivery.")


@login_required
def delivery_withdraw(request, pk):
    """The supplier takes back a delivery that was not confirmed."""
    delivery = access.delivery_as(request.user, pk, "supplier")

    def withdraw(data):
        deliveries.withdraw(delivery, data["reason"], by=request.user)

    form = ReasonForm(request.POST or None)
    return _answer(request, delivery, form, withdraw, "requests_app/delivery_withdraw.html")


@login_required
def delivery_answer(request, pk):
    """Either side answers the council's question."""
    delivery, side = access.visible_delivery(request.user, pk)
    if side == "council":
        raise PermissionDenied

    def answer(data):
        deliveries.answer(delivery, data["reason"], by=request.user)

    form = ReasonForm(request.POST or None)
    form.fields["reason"].label = "Your answer"
    return _answer(request, delivery, form, answer, "requests_app/delivery_answer.html")


@login_required
def evidence(request, pk):
    """A file of evidence, for both sides of the pledge and the council."""
    shown = get_object_or_404(Evidence.objects.select_related("upload"), pk=pk)
    access.visible_delivery(request.user, shown.delivery_id)
    return uploads.respond(shown.upload)
