"""Staff enter a group that they met or heard by telephone: it waits like any other, its contact is invited."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from screens.frames import frame, require

from . import memberships
from .forms import EnteringForm
from .models import Organisation
from .permissions import CHANGE_ORGANISATION

KINDS = [(kind, label) for kind, label in Organisation.Kind.choices if kind != Organisation.Kind.BUSINESS]


def organisation_enter(request, kind):
    """A group of one kind, with its contact; Http404 for a kind that asks for nothing here."""
    require(request.user, CHANGE_ORGANISATION)
    if kind not in dict(KINDS):
        raise Http404
    form = EnteringForm(request.POST or None, instance=Organisation(kind=kind))
    if request.method == "POST" and form.is_valid():
        try:
            made = memberships.enter(form.save(commit=False), by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"{made} is entered, and waits. {made.contact_email} is invited as its owner.")
            return redirect("request_quick")
    context = {"form": form, "kind": kind, "kinds": KINDS}
    title = f"Enter a group: {dict(KINDS)[kind].lower()}"
    shown = frame(title, "group", (reverse("organisation_queue:index"), "Organisations"))
    status = 422 if form.errors else 200
    return TemplateResponse(request, "organisations/admin/enter.html", {**context, **shown}, status=status)
