"""Recording deliveries, and the requestor's answer: signed in, or by the link in the e-mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from organisations import held_files, uploads
from organisations.models import User
from records.transactions import atomic_once_more
from screens.frames import put_errors

from .. import access, deliveries, links, thanking
from ..forms.answers import ReasonForm
from ..forms.deliveries import AmendForm, ConfirmForm, DeliveryForm
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


@atomic_once_more
def settle(delivery, data, person, **actor):
    """Carry out the requestor's answer, and keep what `person` says with it: confirm, correct or dispute."""
    if data["answer"] == "no":
        deliveries.dispute(delivery, data["reason"], **actor)
    else:
        quantity = data["quantity"] if data["answer"] == "other" else None
        thanking.say(delivery, data["thanks"], data["checked"], data["may_be_shown"], by=person)  # its e-mail tells it
        deliveries.confirm(delivery, quantity=quantity, reason=data["reason"], seen=data["seen"], **actor)


@login_required
def delivery_confirm(request, pk):
    """The requestor confirms, corrects or disputes."""
    delivery = access.delivery_as(request.user, pk, "requestor")

    def answer(data):
        settle(delivery, data, request.user, by=request.user)

    form = ConfirmForm(request.POST or None, request.FILES or None, initial={"seen": delivery.claimed})
    return _answer(request, delivery, form, answer, "requests_app/delivery_confirm.html")


def owner_of(address):
    """Whose link it was: the record names them, for the other side does not see addresses."""
    return User.objects.filter(email=address).first()


def delivery_by_link(request, token):
    """The same answer by a signed link, without signing in; void once anybody has answered."""
    delivery, address = links.read(token)
    if delivery is None:
        return render(request, "requests_app/delivery_link_void.html", status=404)
    form = ConfirmForm(request.POST or None, request.FILES or None, initial={"seen": delivery.claimed})
    waits = delivery.moves.can(delivery, "confirm")
    if request.method == "POST" and waits and form.is_valid():
        try:
            person = owner_of(address)
            settle(delivery, form.cleaned_data, person, by_words=f"{person.name[:80]}, by the link in an e-mail")
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            return redirect("delivery_by_link", token)
    if waits:
        held_files.hold(form, delivery)
    context = {"delivery": delivery, "form": form, "waits": waits, "by_link": True}
    return render(request, "requests_app/delivery_confirm.html", context)


def _answer(request, delivery, form, verb, template):
    """The shared shape of answers: check a form, call a verb, go back to the delivery."""
    if request.method == "POST" and form.is_valid():
        try:
            verb(form.cleaned_data)
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, "Thank you. The other side has been told.")
            return redirect(delivery)
    held_files.hold(form, request.user)
    return render(request, template, {"delivery": delivery, "form": form})


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
        deliveries.amend(delivery, data["quantity"], data["reason"], by=request.user)

    form = AmendForm(request.POST or None, initial={"quantity": delivery.claimed})
    return _answer(request, delivery, form, amend, "requests_app/delivery_amend.html")


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
