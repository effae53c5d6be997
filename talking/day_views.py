"""Pages for agreeing a day, and days as calendar files."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from requests_app import access
from screens.frames import put_errors

from . import calendar, conversation, meetings
from .day_forms import CallingOffForm, ChoosingForm, DaysForm
from .models import Meeting


@login_required
def day_new(request, pk):
    """Propose days to the other side of a pledge."""
    pledge, side = access.visible_pledge(request.user, pk)
    if side == "council":
        raise PermissionDenied("Only the two sides of this pledge agree a day.")
    form = DaysForm(request.POST or None, asks_who=side == "supplier")
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            words = {"bring": data["bring"], "who": data.get("who", ""), "weeks": form.in_a_row}
            meetings.propose(pledge, data["times"], round(data["hours"] * 60), by=request.user, **words)
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, "Sent. You get an e-mail when they have chosen.")
            return redirect(pledge)
    return render(request, "talking/day_new.html", {"pledge": pledge, "form": form})


def visible_meeting(user, pk):
    """(Meeting, side) for the two sides of its pledge; else 404."""
    found = get_object_or_404(
        Meeting.objects.select_related("pledge__request__organisation", "pledge__supplier"), pk=pk
    )
    side = conversation.side_of(user, found.pledge)
    if not side:
        raise Http404
    return found, side


@login_required
def day_choose(request, pk):
    """Take one of the proposed times."""
    meeting, side = visible_meeting(request.user, pk)
    form = ChoosingForm(request.POST or None, meeting=meeting, asks_who=side == "supplier")
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            meetings.accept(meeting, data["time"], by=request.user, who=data.get("who", ""))
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, "Agreed. Both sides get an e-mail with the day for their calendar.")
            return redirect(meeting.pledge)
    may = Meeting.moves.can(meeting, "accept") and side != meeting.side
    return render(request, "talking/day_choose.html", {"meeting": meeting, "form": form, "may": may})


@login_required
def day_cancel(request, pk):
    """Call a day off, with a reason."""
    meeting, _ = visible_meeting(request.user, pk)
    form = CallingOffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            meetings.cancel(meeting, form.cleaned_data["reason"], by=request.user)
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, "Called off. The other side gets an e-mail.")
            return redirect(meeting.pledge)
    return render(request, "talking/day_cancel.html", {"meeting": meeting, "form": form})


def day_file(request, token):
    """One agreed day for a calendar, by the link of an e-mail."""
    meeting = calendar.read(token)
    if meeting is None:
        return render(request, "talking/link_void.html", status=404)
    return as_file(calendar.as_ics([meeting]), f"day-{meeting.pk}.ics")


def day_feed(request, token):
    """All agreed days of somebody, for a calendar that looks again by itself."""
    person = calendar.feed_reader(token)
    if person is None:
        raise Http404
    return as_file(calendar.as_ics(calendar.of_person(person)), "days.ics")


def as_file(ics, name):
    response = HttpResponse(ics, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
