"""Pledging, and answering a pledge."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from organisations.models import Organisation
from screens.frames import carry_out, put_errors

from .. import access, hosting, pledges
from ..forms.answers import AnswerForm, ReasonForm
from ..forms.pledges import PledgeForm
from ..models import Pledge, Request


@login_required
def pledge_new(request, pk, supplier=None):
    """Pledge towards a request: for which of my organisations, then how much."""
    wanted = get_object_or_404(Request.objects.public().for_page(), pk=pk)
    mine = list(Organisation.objects.of(request.user).exclude(pk=wanted.organisation_id).order_by("name"))
    if supplier is None:
        if not mine:
            raise PermissionDenied("Sign your organisation up before you pledge.")
        if len(mine) == 1:
            rest = f"?{request.GET.urlencode()}" if request.GET else ""
            return redirect(reverse("pledge_new_as", args=[pk, mine[0].pk]) + rest)
        context = {"wanted": wanted, "organisations": mine}
        return render(request, "requests_app/pledge_new_who.html", context)
    supplier = get_object_or_404(Organisation.objects.of(request.user), pk=supplier)
    refusal = pledges.may_pledge(supplier, wanted)
    if refusal and request.method != "POST":
        waiting = Pledge.objects.filter(request=wanted, supplier=supplier).waiting_for_answer().first()
        context = {"wanted": wanted, "refusal": refusal, "waiting": waiting}
        return render(request, "requests_app/pledge_refused.html", context, status=403)
    suggested = {name: request.GET[name] for name in ("commitment", "quantity") if request.GET.get(name)}
    form = PledgeForm(request.POST or None, request=wanted, supplier=supplier, initial=suggested)
    if request.method == "POST" and form.is_valid():
        try:
            pledge = pledges.offer(wanted, supplier, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            due = timezone.localtime(pledge.answer_due_at)
            messages.success(request, f"Thank you. {wanted.organisation} will answer by {due:%-d %B}.")
            return redirect(pledge)
    context = {"wanted": wanted, "form": form, "supplier": supplier}
    return render(request, "requests_app/pledge_new.html", context)


@login_required
def pledge_page(request, pk):
    """A pledge as either side or the council sees it."""
    pledge, side = access.visible_pledge(request.user, pk)
    access.note_contacts_seen(pledge, side, request.user)
    context = {
        "pledge": pledge,
        "side": side,
        "can": pledge.moves.open_to(pledge, side),
        "deliveries": pledge.deliveries.order_by("pk"),
    }
    return render(request, "requests_app/pledge_detail.html", context)


DONE = {
    "requests_app/pledge_accept.html": "Accepted. You each see now how to reach the other.",
    "requests_app/pledge_decline.html": "Declined. The supplier has been told why.",
    "requests_app/pledge_withdraw.html": "Taken back. The group has been told why.",
    "requests_app/pledge_finish.html": "Finished. Thank you.",
    "requests_app/pledge_let_go.html": "Let go. The supplier has been told why.",
}


VERBS = {
    "requests_app/pledge_accept.html": ("accept",),
    "requests_app/pledge_decline.html": ("decline",),
    "requests_app/pledge_withdraw.html": ("take_back", "withdraw"),
    "requests_app/pledge_finish.html": ("finish",),
    "requests_app/pledge_let_go.html": ("let_go",),
}  # what each page asks about: one whose pledge has moved on leads to the pledge


def _answer(request, pk, side, form_class, verb, template):
    """The shared shape of answers: load for a side, check a form, call a verb, go back to the pledge."""
    pledge = access.pledge_as(request.user, pk, side)
    if request.method == "GET" and not any(pledge.moves.can(pledge, each) for each in VERBS[template]):
        messages.info(
            request, f"There is nothing to answer any more: this pledge is {pledge.get_state_display().lower()}."
        )
        return redirect(pledge)
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verb(pledge, form.cleaned_data)
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, DONE[template])
            return redirect(pledge)
    return render(request, template, {"pledge": pledge, "form": form})


@login_required
def pledge_accept(request, pk):
    def accept(pledge, data):
        pledges.accept(pledge, by=request.user, answer=data["answer"])

    return _answer(request, pk, "requestor", AnswerForm, accept, "requests_app/pledge_accept.html")


@login_required
def pledge_decline(request, pk):
    def decline(pledge, data):
        pledges.decline(pledge, data["reason"], by=request.user)

    return _answer(request, pk, "requestor", ReasonForm, decline, "requests_app/pledge_decline.html")


@login_required
def pledge_withdraw(request, pk):
    def withdraw(pledge, data):
        pledges.withdraw(pledge, data["reason"], by=request.user)

    return _answer(request, pk, "supplier", ReasonForm, withdraw, "requests_app/pledge_withdraw.html")


@login_required
def pledge_finish(request, pk):
    def finish(pledge, data):
        pledges.finish(pledge, by=request.user, reason=data["reason"])

    return _answer(request, pk, "supplier", ReasonForm, finish, "requests_app/pledge_finish.html")


@login_required
def pledge_let_go(request, pk):
    def let_go(pledge, data):
        pledges.let_go(pledge, data["reason"], by=request.user)

    return _answer(request, pk, "requestor", ReasonForm, let_go, "requests_app/pledge_let_go.html")


@login_required
@require_POST
def hosting_received(request, pk):
    """The group says that what a supplier covers of the cost of hosting has arrived."""
    pledge = access.pledge_as(request.user, pk, "requestor")
    carry_out(request, partial(hosting.received, pledge, by=request.user), "Thank you. The supplier gets an e-mail.")
    return redirect(pledge)
