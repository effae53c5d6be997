"""Pages: the list of offers, an offer, asking for some of it, and answering."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from organisations.models import Organisation
from requests_app import access
from screens.frames import carry_out, pressed, put_errors

from . import asking, finding, offering
from .forms import AskForm, FindForm, GrantForm, OfferForm, ReasonForm
from .models import Ask, Offer
from .permissions import CHANGE_OFFER, VIEW_OFFER

PER_PAGE = 20


def offers(request):
    """The public list: /offers/?q=...&kind=...&postcode=..."""
    form = FindForm(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = Paginator(finding.found(asked), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "found": found, "searched": bool(request.GET)}
    return render(request, "offers/offer_list.html", context)


def visible_offer(user, pk):
    """(offer, whether it is one's own); 404 for what is neither public nor one's own nor the council's to read."""
    shown = get_object_or_404(Offer.objects.for_page(), pk=pk)
    own = shown.supplier_id in access.my_organisations(user)
    public = Offer.objects.public().filter(pk=pk).exists()
    if not public and not own and not user.has_perm(VIEW_OFFER):
        raise Http404
    return shown, own


def own_offer(user, pk):
    return get_object_or_404(Offer.objects.for_page().filter(supplier__in=access.my_organisations(user)), pk=pk)


def offer(request, pk):
    """An offer as anybody reads it; its supplier sees who asks, and whoever asked sees their own."""
    shown, own = visible_offer(request.user, pk)
    ids = access.my_organisations(request.user)
    asks = shown.asks.with_all() if own else shown.asks.with_all().filter(organisation__in=ids) if ids else []
    context = {
        "shown": shown,
        "own": own,
        "asks": asks,
        "can": shown.moves.open_to(shown, "supplier") if own else {},
    }
    return render(request, "offers/offer.html", context)


@login_required
def offer_new(request, supplier=None):
    """Offer something: for which of one's businesses, then what."""
    businesses = list(Organisation.objects.of(request.user).filter(kind=Organisation.Kind.BUSINESS).order_by("name"))
    if not businesses:
        raise PermissionDenied("Offers are made by businesses. Sign yours up first.")
    if supplier is None:
        if len(businesses) == 1:
            return redirect("offer_new_as", businesses[0].pk)
        return render(request, "offers/offer_new_who.html", {"organisations": businesses})
    chosen = get_object_or_404(Organisation.objects.of(request.user).filter(kind="business"), pk=supplier)
    return _write(request, Offer(supplier=chosen), chosen)


@login_required
def offer_edit(request, pk):
    shown = own_offer(request.user, pk)
    return _write(request, shown, shown.supplier)


def _write(request, shown, supplier):
    """Keep what was written; "submit" hands it on at once, and what can't be handed on yet is kept as a draft."""
    form = OfferForm(request.POST or None, instance=shown, supplier=supplier)
    if request.method == "POST" and form.is_valid():
        hands_on = pressed(request, "keep", "submit") == "submit"
        try:
            kept = offering.keep(form.save(commit=False), by=request.user)
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            return _hand_on(request, kept) if hands_on else _kept(request, kept)
    return render(request, "offers/offer_edit.html", {"shown": shown, "form": form, "supplier": supplier})


def _kept(request, kept):
    messages.success(request, "Kept as a draft. Nobody else sees it until you submit it.")
    return redirect(kept)


def _hand_on(request, kept):
    done = "Submitted. A moderator reads it before it is public; you get an e-mail."
    carry_out(request, partial(offering.submit, kept, by=request.user), done)
    return redirect(kept)


@login_required
@require_POST
def offer_submit(request, pk):
    return _hand_on(request, own_offer(request.user, pk))


@login_required
@require_POST
def offer_take_back(request, pk):
    shown = own_offer(request.user, pk)
    try:
        offering.take_back(shown, by=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("offer_edit", shown.pk)


@login_required
def offer_close(request, pk):
    """Its supplier, or a moderator, takes it from the list."""
    shown, own = visible_offer(request.user, pk)
    if not own and not request.user.has_perm(CHANGE_OFFER):
        raise Http404
    return _answered(request, shown, ReasonForm, "offers/offer_close.html", lambda data: offering.close(
        shown, data["reason"], by=request.user), "Closed. Whoever waited for an answer has been told.")  # fmt: skip


def _answered(request, thing, form_class, template, verb, done):
    """The shared shape: check a form, call a verb, go back to the thing."""
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verb(form.cleaned_data)
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, done)
            return redirect(thing)
    return render(request, template, {"shown": thing, "form": form})


@login_required
def ask_new(request, pk):
    """Ask for some of an offer."""
    shown, _ = visible_offer(request.user, pk)
    rows = list(Organisation.objects.of(request.user).exclude(pk=shown.supplier_id).exclude(kind="business"))
    if not rows:
        raise PermissionDenied("Sign your organisation up before you ask: the supplier wants to know who asks.")
    refusals = {organisation: asking.may_ask(organisation, shown) for organisation in rows}
    able = [organisation for organisation, refusal in refusals.items() if not refusal]
    if not able:
        context = {"shown": shown, "refusal": next(iter(refusals.values()))}
        return render(request, "offers/ask_refused.html", context, status=403)
    form = AskForm(request.POST or None, offer=shown, organisations=able)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = asking.ask(
                shown, data.get("organisation") or able[0], data["quantity"], data["what_for"], by=request.user,
                people=data.get("people", ""),
            )  # fmt: skip
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, f"Sent. {shown.supplier} answers by {made.answer_due_at:%-d %B}.")
            return redirect(made)
    return render(request, "offers/ask_new.html", {"shown": shown, "form": form})


def visible_ask(user, pk):
    """(ask, side): "supplier", "asker" or "council"; else 404."""
    ids = access.my_organisations(user)
    council = user.has_perm(VIEW_OFFER)
    rows = Ask.objects.with_all()
    if not council:
        rows = rows.filter(Q(offer__supplier__in=ids) | Q(organisation__in=ids))
    found = get_object_or_404(rows, pk=pk)
    if found.offer.supplier_id in ids:
        return found, "supplier"
    return found, "asker" if found.organisation_id in ids else "council"


@login_required
def ask(request, pk):
    """What was asked, as either side sees it."""
    found, side = visible_ask(request.user, pk)
    context = {
        "shown": found,
        "side": side,
        "can": found.moves.open_to(found, side),
        "left": Offer.objects.with_given().get(pk=found.offer_id).left,
        "shows_people": side == "asker" or (side == "supplier" and found.is_granted),
    }
    return render(request, "offers/ask.html", context)


def ask_as(user, pk, side):
    found, seen_as = visible_ask(user, pk)
    if seen_as != side:
        raise Http404
    return found


@login_required
def ask_grant(request, pk):
    found = ask_as(request.user, pk, "supplier")
    return _answered(request, found, GrantForm, "offers/ask_grant.html", lambda data: asking.grant(
        found, data["answer"], by=request.user), "Given. You each see now how to reach the other.")  # fmt: skip


@login_required
def ask_decline(request, pk):
    found = ask_as(request.user, pk, "supplier")
    return _answered(request, found, ReasonForm, "offers/ask_decline.html", lambda data: asking.decline(
        found, data["reason"], by=request.user), "Declined. The group has been told why.")  # fmt: skip


@login_required
@require_POST
def ask_take_back(request, pk):
    found = ask_as(request.user, pk, "asker")
    carry_out(request, partial(asking.take_back, found, by=request.user), "Taken back. The supplier has been told.")
    return redirect(found.offer)
