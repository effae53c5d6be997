"""Pages of volunteer days: for the group and those who help; places, and the thread that all of them read."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from requests_app import access
from requests_app.models import Pledge, Request
from requests_app.permissions import VIEW_PLEDGE
from screens.frames import pressed, put_errors

from . import bookings, calendar, volunteer_days
from .day_forms import CallingOffForm, PlacesForm, VolunteerDayForm
from .day_views import as_file
from .forms import HelpersMessageForm
from .models import VolunteerBooking, VolunteerDay, VolunteerTask


def visible_days(user, pk):
    """(Request, whom `user` acts for there) for its group and helpers; (Request, None) for the council; else 404."""
    shown = get_object_or_404(Request.objects.for_page(), pk=pk)
    acting = volunteer_days.acts_for(user, shown)
    if acting is None and not user.has_perm(VIEW_PLEDGE):
        raise Http404
    return shown, acting


@login_required
def days(request, pk):
    """The days of a request, who comes, what all who help wrote; and the way to write to all."""
    shown, acting = visible_days(request.user, pk)
    form = HelpersMessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            volunteer_days.write(shown, form.cleaned_data["text"], by=request.user)
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, "Sent to everybody who helps.")
            return redirect("volunteer_days", pk=shown.pk)
    context = {
        "shown": shown,
        "acting": acting,
        "hosts": acting is not None and acting.pk == shown.organisation_id,
        "days": volunteer_days.for_page(shown),
        "helpers": volunteer_days.helpers(shown).order_by("name"),
        "written": shown.helpers_messages.select_related("by", "pledge__supplier", "request__organisation"),
        "takes": acting is not None and pledge_of(acting, shown) is not None,
        "form": form,
    }
    return render(request, "talking/volunteer_days.html", context)


@login_required
def day_new(request, pk):
    """Plan a volunteer day, or one a week."""
    shown = access.own_request(request.user, pk)
    form = VolunteerDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        about = {"bring": data["bring"], "weeks": form.in_a_row, "by": request.user}
        try:
            volunteer_days.announce(shown, form.starts_at, round(data["hours"] * 60), form.all_tasks, **about)
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, "Planned. Everybody who helps you gets an e-mail.")
            return redirect("volunteer_days", pk=shown.pk)
    return render(request, "talking/volunteer_day_new.html", {"shown": shown, "form": form})


@login_required
def day_call_off(request, pk):
    """Call a volunteer day off, with a reason."""
    day = get_object_or_404(VolunteerDay.objects.select_related("request__organisation"), pk=pk)
    access.own_request(request.user, day.request_id)
    form = CallingOffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            volunteer_days.call_off(day, form.cleaned_data["reason"], by=request.user)
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, "Called off. Everybody who wanted to come gets an e-mail.")
            return redirect(day)
    return render(request, "talking/volunteer_day_call_off.html", {"day": day, "form": form})


def pledge_of(organisation, shown):
    """The pledge by which a supplier helps with a request and may take places: its oldest that runs; or None."""
    running = Pledge.objects.filter(request=shown, supplier=organisation, state=Pledge.State.ACCEPTED)
    return running.order_by("pk").first()


@login_required
def places_new(request, pk):
    """Take places for a task, or wait for them."""
    task = get_object_or_404(VolunteerTask.objects.select_related("day__request__organisation"), pk=pk)
    shown, acting = visible_days(request.user, task.day.request_id)
    pledge = pledge_of(acting, shown) if acting else None
    if pledge is None:
        raise PermissionDenied("Places are for suppliers whose pledge is accepted and not finished.")
    form = PlacesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = bookings.take(task, pledge, data["people"], by=request.user, who=data["who"], waits=data["waits"])
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            told = "You get an e-mail when places come free." if made.waits else "You get an e-mail for your calendar."
            messages.success(request, f"{made.get_state_display()}. {told}")
            return redirect(task.day)
    free = len(bookings.free_places(task, acting))
    return render(request, "talking/places_new.html", {"task": task, "form": form, "free": free})


def change(row, form, by):
    data = form.cleaned_data
    differs = data["people"] != row.people
    bookings.change(row, data["people"], by=by, who=data["who"])
    return "Changed. The group gets an e-mail." if differs else "Changed."


def accept(row, form, by):
    bookings.accept(row, by=by)
    return "The places are yours."


def give_up(row, form, by):
    bookings.give_up(row, by=by)
    return "Given up. Others may have the places."


VERBS = {"change": change, "accept": accept, "give_up": give_up}


@login_required
def booking(request, pk):
    """One's places: come with more or fewer, give them up, take those that are offered."""
    row = get_object_or_404(VolunteerBooking.objects.with_all(), pk=pk)
    if access.side_of(request.user, row.pledge) != "supplier":
        raise Http404
    verb = pressed(request, *VERBS) if request.method == "POST" else ""
    start = {"people": row.people, "who": row.who}
    form = PlacesForm(request.POST if verb == "change" else None, initial=start, may_wait=False)
    if verb and (verb != "change" or form.is_valid()):
        try:
            messages.success(request, VERBS[verb](row, form, request.user))
            return redirect(row.task.day)
        except ValidationError as refused:
            if verb != "change":
                messages.error(request, " ".join(refused.messages))
                return redirect(row)
            put_errors(form, refused)
    can = VolunteerBooking.moves.open_to(row, "supplier")
    can["accept"] = row.is_offered
    return render(request, "talking/booking.html", {"booking": row, "form": form, "can": can, "day": row.task.day})


def day_file(request, token):
    """One volunteer day for a calendar, by the link of an e-mail."""
    day = calendar.read_volunteer(token)
    if day is None:
        return render(request, "talking/link_void.html", status=404)
    return as_file(calendar.as_ics([day]), f"volunteer-day-{day.pk}.ics")
