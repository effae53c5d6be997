"""Staff's screen of the launch: whether anybody may sign up, and the codes of events and letters."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Sum
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from screens.frames import frame, put_errors, require

from . import doors
from .models import Campaign, Doors, Membership
from .permissions import CHANGE_CAMPAIGN

DAY = forms.DateInput(attrs={"type": "date"})


class ModeForm(forms.Form):
    mode = forms.ChoiceField(label="Who may sign up", choices=Doors.Mode.choices, widget=forms.RadioSelect)


class CampaignForm(forms.ModelForm):
    class Meta:
        model = Campaign
        fields = ("code", "name", "since", "until", "most")
        widgets = {"since": DAY, "until": DAY}
        help_texts = {
            "code": "Capital letters and numbers, such as LEATHERHEAD5; spaces and small letters are forgiven",
            "name": "Whoever comes by it reads this, such as “Leatherhead fair, 5 May”",
            "most": "Empty: as many as come",
        }


@dataclass(frozen=True)
class Row:
    """A campaign with how many looked in, signed up, and brought an organisation."""

    campaign: Campaign
    link: str
    works: bool
    visits: int
    people: int
    organisations: int


def rows(request):
    visits = dict(Campaign.objects.values_list("pk").annotate(Sum("visits__count")))
    people = dict(Campaign.objects.values_list("pk").annotate(Count("people")))
    owned = Membership.objects.filter(role="owner").exclude(user__came_by=None)
    brought = dict(owned.values_list("user__came_by").annotate(Count("organisation", distinct=True)).order_by())
    return [
        Row(
            each, request.build_absolute_uri(reverse("campaign", args=[each.code])),
            doors.lets_in(each, people[each.pk]), visits[each.pk] or 0, people[each.pk], brought.get(each.pk, 0),
        )
        for each in Campaign.objects.all()
    ]  # fmt: skip


def launch_doors(request):
    """Open or close the doors, and keep a new code."""
    require(request.user, CHANGE_CAMPAIGN)
    form = CampaignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = doors.start(form.save(commit=False), by=request.user)
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, f"{made.code} lets people in from {made.since:%-d %B} to {made.until:%-d %B}.")
            return redirect("launch_doors")
    context = {
        "form": form, "mode": ModeForm(initial={"mode": doors.mode().mode}), "rows": rows(request),
        "mode_address": reverse("launch_mode"),
        **frame("Who may sign up", "group", (reverse("launch"), "How it fills")),
    }  # fmt: skip
    return TemplateResponse(request, "organisations/admin/doors.html", context, status=422 if form.errors else 200)


@require_POST
def launch_mode(request):
    require(request.user, CHANGE_CAMPAIGN)
    try:
        row = doors.set_mode(request.POST.get("mode", ""), by=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, f"{row.get_mode_display()}.")
    return redirect("launch_doors")


@require_POST
def campaign_end(request, pk):
    require(request.user, CHANGE_CAMPAIGN)
    found = get_object_or_404(Campaign, pk=pk)
    doors.end(found, by=request.user)
    messages.success(request, f"{found.code} lets nobody in any more.")
    return redirect("launch_doors")
