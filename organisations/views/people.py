"""Colleagues: inviting, admitting, changing roles, removing."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from .. import doors, memberships
from ..forms import InvitationForm
from ..models import Membership
from .organisations import membership_or_404


@login_required
def person_invite(request, pk):
    own = membership_or_404(request.user, pk, owner=True)
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            memberships.invite(own.organisation, data["email"], data["role"], by=request.user)
        except ValidationError as refused:
            form.add_error("email", refused)
        else:
            messages.success(request, f"An e-mail to {data['email']} is on its way.")
            return redirect("organisation", pk)
    return render(request, "organisations/person_invite.html", {"form": form, "organisation": own.organisation})


def invitation(request, token):
    """The invited person's page; signing up or in leads back here."""
    found = memberships.find_invitation(token)
    if found is None:
        return render(request, "organisations/invitation_void.html", status=404)
    if not request.user.is_authenticated:  # only its reader has the link: that is proof of the address
        get_adapter(request).stash_verified_email(request, found.email)
        doors.remember(request, doors.INVITED)
    error = ""
    if request.method == "POST" and request.user.is_authenticated:
        try:
            memberships.accept_invitation(found, by=request.user)
        except ValidationError as refused:
            error = refused.messages[0]
        else:
            messages.success(request, f"You are now in {found.organisation}.")
            return redirect("dashboard")
    return render(request, "organisations/invitation.html", {"invitation": found, "error": error})


def colleague(request, pk, person):
    """(own membership, the other's membership) for an owner, else 404 or 403."""
    own = membership_or_404(request.user, pk, owner=True)
    rows = Membership.objects.select_related("user", "organisation").filter(organisation__pk=pk)
    return own, get_object_or_404(rows, pk=person)


def own_membership(request, pk, person):
    """The user's own membership where that is the one named: anybody may leave."""
    return Membership.objects.filter(organisation__pk=pk, pk=person, user=request.user).first()


@login_required
@require_POST
def person_admit(request, pk, person):
    _, other = colleague(request, pk, person)
    memberships.admit(other, by=request.user)
    messages.success(request, f"{other.user} is now in your organisation.")
    return redirect("organisation", pk)


@login_required
def person_remove(request, pk, person):
    """Ask first, then take somebody out, or leave oneself."""
    other = own_membership(request, pk, person) or colleague(request, pk, person)[1]
    leaves = other.user_id == request.user.pk
    if request.method != "POST":
        context = {"other": other, "organisation": other.organisation, "leaves": leaves}
        return render(request, "organisations/person_remove.html", context)
    try:
        memberships.remove(other, by=request.user)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
        return redirect("organisation", pk)
    if leaves:
        messages.success(request, f"You have left {other.organisation}.")
        return redirect("dashboard")
    messages.success(request, f"{other.user} is no longer in your organisation.")
    return redirect("organisation", pk)


@login_required
@require_POST
def person_change_role(request, pk, person):
    _, other = colleague(request, pk, person)
    role = request.POST.get("role")
    if role not in Membership.Role.values:
        raise Http404
    try:
        memberships.change_role(other, role, by=request.user)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    return redirect("organisation", pk)
