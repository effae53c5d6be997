"""Staff screens: organisations that wait for the council's answer, and the log's words."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from screens.frames import frame, log_words, pressed, put_errors, require
from screens.policies import ViewOnly, listing

from . import approvals, changes, merging, sides
from .models import Organisation, OrganisationChange
from .permissions import CHANGE_ORGANISATION
from .shown import fingerprint, waiting

VERBS = {"approve": approvals.approve, "refuse": approvals.refuse, "close": approvals.close}
ANSWERS = {"agree": changes.agree, "disagree": changes.refuse}  # to a change of what was approved

register_permission_policy(Organisation, ViewOnly(Organisation))


def decide(request, pk):
    """Approve an organisation, or not, with a reason either way."""
    require(request.user, CHANGE_ORGANISATION)
    organisation = get_object_or_404(Organisation.objects.select_related("district", "decided_by"), pk=pk)
    proposed = waiting(organisation)
    error, reason = "", request.POST.get("reason", "").replace("\0", "")
    if request.method == "POST":
        button = pressed(request, *VERBS, *ANSWERS)
        try:
            answer(organisation, proposed, button, reason, request)
        except ValidationError as refused:
            error = refused.messages[0]
        else:
            organisation.refresh_from_db()
            messages.success(request, f"{organisation}: {organisation.get_state_display().lower()}.")
            return redirect("organisation_queue:index")
    context = {
        "proposed": proposed,
        "seen": fingerprint(organisation),
        "own": sides.own_of(request.user, organisation),
        "organisation": organisation,
        "people": organisation.memberships.select_related("user"),
        "error": error,
        "reason": reason,
        "can": organisation.moves.open_to(organisation, "council"),
        "consequences": approvals.consequences_of_closing(organisation),
        **frame(organisation.name, "group", (reverse("organisation_queue:index"), "Organisations")),
    }
    return TemplateResponse(request, "organisations/admin/decide.html", context, status=422 if error else 200)


def answer(organisation, proposed, button, reason, request):
    """Carry out what was pressed; ValidationError says why it can't be."""
    words = {"by": request.user, "seen": request.POST.get("seen", "")}
    if button in VERBS:
        VERBS[button](organisation, reason, **words)
    elif proposed is None:
        raise ValidationError("No change waits any more. Reload the page to see the details.")
    else:
        ANSWERS[button](proposed, reason, **words)


class MergeForm(forms.Form):
    other = forms.ModelChoiceField(
        Organisation.objects.filter(merged_into=None).order_by("name"),
        label="Which other record is the same organisation?",
        help_text="Everything of that one comes to this one; it stays as a closed record.",
    )
    reason = forms.CharField(label="How do you know?", max_length=400, widget=forms.Textarea(attrs={"rows": 3}))


def merge(request, pk):
    """Two records of one organisation become one."""
    require(request.user, CHANGE_ORGANISATION)
    organisation = get_object_or_404(Organisation.objects.filter(merged_into=None), pk=pk)
    form = MergeForm(request.POST or None)
    form.fields["other"].queryset = form.fields["other"].queryset.exclude(pk=pk)
    if request.method == "POST" and form.is_valid():
        other = form.cleaned_data["other"]
        try:
            merging.merge(organisation, other, form.cleaned_data["reason"], by=request.user)
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, f"{other} is part of {organisation} now.")
            return redirect("organisation_decide", pk)
    context = {
        "organisation": organisation,
        "form": form,
        **frame(f"Merge into {organisation}", "group", (reverse("organisation_queue:index"), "Organisations")),
    }
    return TemplateResponse(request, "organisations/admin/merge.html", context)


def with_changes():
    """Organisations, each with `change_waits`: what was approved of it shall change."""
    changes_waiting = OrganisationChange.objects.waiting().filter(organisation=OuterRef("pk"))
    return Organisation.objects.annotate(change_waits=Exists(changes_waiting))


class OrganisationQueue(ModelViewSet):
    model = Organisation
    name = "organisation_queue"
    url_prefix = "organisations"
    icon = "group"
    menu_label = "Organisations"
    menu_order = 110
    add_to_admin_menu = True
    list_display = [
        TitleColumn("name", url_name="organisation_decide", label="Name"),
        Column("kind", accessor="get_kind_display"),
        Column("district"),
        Column("state", accessor="get_state_display", sort_key="state"),
        Column("change", accessor=lambda row: "Wants to change its details" if row.change_waits else ""),
        Column("created_at", label="Signed up", sort_key="created_at"),
    ]
    list_filter = ["state", "kind", "district"]
    search_fields = ["name", "charity_number", "company_number"]
    search_backend_name = None
    form_fields = ["name", "what_it_does", "contact_name", "contact_email"]
    copy_view_enabled = False
    ordering = ["-change_waits", "-state", "created_at"]

    index_view_class = listing(lambda: with_changes().select_related("district"))


@hooks.register("register_admin_viewset")
def register_queue():
    return OrganisationQueue()


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("organisations/<int:pk>/decide/", decide, name="organisation_decide"),
        path("organisations/<int:pk>/merge/", merge, name="organisation_merge"),
    ]


log_words(
    "organisations",
    {
        "waiting": "Waits for the council",
        "approved": "Approved",
        "refused": "Not approved",
        "closed": "Closed",
        "own_side": "Decided for a side of their own, as nobody else could",
        "merge": "Took over another record of the same organisation",
        "merged": "Merged into another record of the same organisation",
        "change": "Changed its details",
        "change_proposed": "Proposed a change of what was approved",
        "change_taken_back": "Took a proposed change back",
        "change_replaced": "Proposed another change in place of the one that waited",
        "change_agreed": "Agreed to a change of what was approved",
        "change_refused": "Did not agree to a change of what was approved",
        "invite": "Invited a colleague",
        "join": "Accepted an invitation",
        "ask_to_join": "Asked to join",
        "admit": "Admitted a colleague",
        "leave": "Removed a colleague",
        "change_role": "Changed a role",
    },
)
