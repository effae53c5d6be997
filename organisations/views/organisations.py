"""Founding an organisation, its page and its details."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from desk.clocks import working_days_after

from .. import approvals, changes, doubles, memberships, vouching
from ..forms import FoundingForm, KindForm, OrganisationForm, SponsorForm
from ..models import Membership, Organisation
from ..shown import waiting


def membership_or_404(user, pk, owner=False):
    """The user's membership in organisation `pk`; 404 for outsiders, 403 for members where an owner is needed."""
    found = Membership.objects.admitted().select_related("organisation").filter(user=user, organisation__pk=pk).first()
    if found is None:
        raise Http404
    if owner and found.role != Membership.Role.OWNER:
        raise PermissionDenied("Ask an owner of your organisation to do this.")
    return found


@login_required
def organisation_start(request):
    """Join one that is here already, or say what kind of organisation to add."""
    wanted = request.GET.get("q", "").strip().replace("\0", "")[:100]
    form = KindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        details = reverse("organisation_new_details", args=[form.cleaned_data["kind"]])
        return redirect(f"{details}?{urlencode({'name': wanted})}" if wanted else details)
    found = doubles.looked_up(wanted) if wanted else []
    return render(request, "organisations/organisation_start.html", {"wanted": wanted, "found": found, "form": form})


@login_required
def organisation_alike(request):
    """What the form of sign-up is told while somebody types: approved organisations that may be the same one."""
    given = {name: request.GET.get(name, "")[:200] for name in ("name", "charity_number", "company_number")}
    found = doubles.typed(**given) if any(given.values()) else []
    return render(request, "organisations/_doubles.html", {"doubles": found})


@login_required
def organisation_new_details(request, kind):
    if kind not in Organisation.Kind.values:
        raise Http404
    form = FoundingForm(
        request.POST or None,
        instance=Organisation(kind=kind),
        initial={"name": request.GET.get("name", "")[:200]},
        founder=request.user,
    )
    if request.method == "POST" and form.is_valid():
        try:
            organisation = memberships.found(form.save(commit=False), by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return redirect("organisation", organisation.pk)
    context = {"form": form, "kind": Organisation.Kind(kind)}
    return render(request, "organisations/organisation_new_details.html", context)


def sponsor(request, token):
    """The page of a sponsor's link: does it know the group? Needs no account; void once answered."""
    found = vouching.read(token)
    if found is None:
        return render(request, "organisations/sponsor_void.html", status=404)
    form = SponsorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            vouching.answer(token, form.cleaned_data["knows"], form.cleaned_data["words"])
        except ValidationError:
            return render(request, "organisations/sponsor_void.html", status=404)
        return render(request, "organisations/sponsor_thanks.html", {"organisation": found})
    return render(request, "organisations/sponsor.html", {"form": form, "organisation": found})


@login_required
def organisation(request, pk):
    """Where things stand: state, details, people."""
    membership = membership_or_404(request.user, pk)
    people = list(membership.organisation.memberships.admitted().select_related("user"))
    asked_on = timezone.localdate(membership.organisation.created_at)
    by = working_days_after(asked_on, settings.MODERATION_DAYS)
    context = {
        "by": by if by >= timezone.localdate() else None,
        "only_owner": sum(person.role == Membership.Role.OWNER for person in people) == 1,
        "organisation": membership.organisation,
        "membership": membership,
        "is_owner": membership.role == Membership.Role.OWNER,
        "can": Organisation.moves.open_to(membership.organisation, "owner"),
        "proposed": waiting(membership.organisation),
        "people": people,
        "asking": membership.organisation.memberships.asking().select_related("user"),
        "invitations": membership.organisation.invitations.filter(accepted_at=None, withdrawn_at=None),
    }
    return render(request, "organisations/organisation_detail.html", context)


def said_of(proposed, edited, user):
    """What became of a change, in a sentence; a refused organisation is asked about once more."""
    if proposed:
        return "Saved. What the council approved stays as it was until it agrees to your change: we have asked it."
    return "Saved. The council has been asked again." if approvals.ask_again(edited, by=user) else "Saved."


@login_required
def organisation_edit(request, pk):
    membership = membership_or_404(request.user, pk, owner=True)
    edited = membership.organisation
    form = OrganisationForm(request.POST or None, instance=edited, initial=changes.shown_in_form(edited))
    if request.method == "POST" and form.is_valid():
        try:
            proposed = changes.change(form.save(commit=False), by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, said_of(proposed, edited, request.user))
            return redirect("organisation", pk)
    shown = Organisation.objects.get(pk=pk)  # the form writes what was typed on its own
    context = {"form": form, "organisation": shown, "proposed": waiting(shown)}
    return render(request, "organisations/organisation_edit.html", context)


@login_required
def organisation_join(request, pk):
    """Ask the owners of an approved organisation to be let in."""
    wanted = get_object_or_404(Organisation.objects.approved(), pk=pk)
    if request.method == "POST":
        try:
            memberships.ask_to_join(wanted, by=request.user)
        except ValidationError as refused:
            messages.error(request, refused.messages[0])
        else:
            messages.success(request, f"We have asked the owners of {wanted}. You will get an e-mail.")
        return redirect("dashboard")
    return render(request, "organisations/organisation_join.html", {"wanted": wanted})
