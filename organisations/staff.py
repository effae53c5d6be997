"""Staff's answers to organisations that wait: new ones, and changes of what was approved."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from desk import clocks, deciding, queues
from screens.frames import frame, pressed, put_errors, require

from . import approvals, changes, charities, doubles, merging, registration, sides
from .models import Organisation, OrganisationChange
from .permissions import CHANGE_ORGANISATION
from .shown import fingerprint, waiting

QUEUE = "organisations"
VERBS = {"approve": approvals.approve, "refuse": approvals.refuse, "close": approvals.close}
ANSWERS = {"agree": changes.agree, "disagree": changes.refuse}  # to a change of what was approved


def cases(user):
    """[Case] of organisations to approve and of changes to answer, but those of the person's own organisations."""
    own = sides.left_out(user)
    new = Organisation.objects.waiting().exclude(pk__in=own)
    proposed = OrganisationChange.objects.waiting().exclude(organisation__in=own).select_related("organisation")
    return [
        *(case(row, f"Approve {row}", row.created_at, row.get_kind_display()) for row in new),
        *(case(row.organisation, f"{row.organisation} changes its details", row.proposed_at) for row in proposed),
    ]


def case(organisation, words, since, about=""):
    clock = clocks.allowing(timezone.localdate(since), settings.MODERATION_DAYS)
    return queues.Case(organisation.pk, words, reverse("organisation_decide", args=[organisation.pk]), clock, about)


queues.register(
    queues.Queue(
        QUEUE, "Organisations to decide", CHANGE_ORGANISATION, cases, "organisation_queue:index",
        "organisation waits for your answer", "organisations wait for your answer", order=20,
    )
)  # fmt: skip


def decide(request, pk):
    """Approve an organisation, or not, with a reason either way."""
    require(request.user, CHANGE_ORGANISATION)
    organisation = get_object_or_404(Organisation.objects.select_related("district", "decided_by"), pk=pk)
    proposed, shared = waiting(organisation), deciding.context(request, QUEUE, pk)
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
            return deciding.go_on(request, shared["place"])
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
        "alike": doubles.alike(organisation),
        "register": charities.findings(organisation),
        "links": registration.register_links(organisation),
        **shared,
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
