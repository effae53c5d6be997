"""The public list, and a request's page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from files.pictures import WIDTHS
from organisations import uploads
from organisations.models import Organisation, Upload
from places.map import choropleth, draw_map
from places.models import Outcode
from screens.frames import pressed

from .. import access, cards, drafts, filters, moderation, pledges, search, shortlist, standing
from ..models import Delivery, Evidence, Pledge, Request, RequestPicture, Thanks
from ..permissions import CHANGE_REQUEST, PUBLISH_REQUEST


def requests(request):
    """Find requests: /requests/?q=...&kind=...&page=2"""
    form = filters.asked_for(request.GET)
    valid = form.is_valid()
    page = request.GET.get("page", "1")
    number = int(page[:9]) if page.isascii() and page.isdigit() else 1
    asked = form.cleaned_data if valid else {}
    found = search.find(asked | {"exact": "exact" in request.GET}, number, columns=cards.COLUMNS)
    address = request.GET.copy()
    address.pop("page", None)
    for name in [name for name, value in address.items() if not value]:
        del address[name]
    on_map = _on_the_map(form, address) if valid and request.GET.get("view") == "map" else {}
    as_list = _with(address, view=None)  # what is looked for, however it is shown
    wanted = _with(address, view=None, q=found.instead) if found.instead else as_list
    context = {
        "form": form,
        "found": found,
        "asked": asked,
        "exactly": _with(address, exact=1),
        "searched": bool(as_list),
        "alert_address": f"{reverse('alert_new')}?{wanted}".removesuffix("?"),
        "as_list": as_list,
        "as_map": _with(address, view="map"),
        **(on_map or {"cards": cards.of_rows(found.rows, found.miles)}),
        "filtered": any(address.get(name) for name in ("kind", "district", "outcome", "needed_by", "show", "miles")),
    }
    return render(request, "requests_app/request_list.html", context)


@cache_control(public=True, max_age=86400)
def outcodes(request):
    """{postcode district: [latitude, longitude]}: the page finds out which is nearest, and tells nobody where it is."""
    rows = Outcode.objects.values_list("code", "latitude", "longitude")
    return JsonResponse({code: [round(latitude, 3), round(longitude, 3)] for code, latitude, longitude in rows})


def _with(address, **changes):
    """An address as it stands with some of its parts changed, or taken away where they are None."""
    changed = address.copy()
    for name, value in changes.items():
        changed.pop(name, None)
        if value is not None:
            changed[name] = value
    return changed.urlencode()


def _on_the_map(form, address):
    """{"map": what was found by district, "elsewhere": how many name none}; nothing without outlines."""
    numbers = search.by_district(form.cleaned_data)

    def say(shape, number):
        return f"{shape.name}: {number} request{'' if number == 1 else 's'}"

    def lead(shape):
        return f"?{_with(address, view=None, district=shape.district)}"

    drawn = choropleth("Requests in each district", numbers, say, lead)
    return {"map": drawn, "elsewhere": numbers.get(None, 0)} if drawn else {}


def visible_request(user, pk):
    return get_object_or_404(Request.objects.visible_to(user).for_page(), pk=pk)


def request_page(request, pk):
    """What is needed, how far it has come, where, for whom, and what happens next."""
    shown = visible_request(request.user, pk)
    mine, own, may, suppliers = None, False, "", []
    if request.user.is_authenticated:
        mine = access.my_organisations(request.user)
        own = shown.organisation_id in mine
        suppliers = [s for s in Organisation.objects.of(request.user).order_by("name") if s.pk != shown.organisation_id]
        if suppliers and shown.live:
            refusals = [pledges.may_pledge(supplier, shown) for supplier in suppliers]
            may = "" if "" in refusals else refusals[0]
    if not shown.live and not own and not request.user.has_perm(CHANGE_REQUEST):
        raise Http404
    context = {
        "shown": shown,
        "totals": getattr(shown, "totals", None),
        "pictures": list(shown.pictures.select_related("upload")),
        "map": draw_map(shown.outcode_id) if shown.outcode_id and not shown.remote else "",
        "own": own,
        "kept": shown.live and not own and mine is not None and shortlist.is_kept(request.user, shown),
        "thanks": thanks_for(shown),
        "silence": standing.silence(getattr(shown, "totals", None)),
        "can_pledge": bool(suppliers) and shown.live and not may and not own,
        "why_not": may,
        "waiting": Pledge.objects.filter(request=shown, supplier__in=suppliers).waiting_for_answer() if may else [],
        "takes_pledges": hasattr(shown, "totals") and not pledges.closed_because(shown),
        "waits": own and moderation.waits(shown),
        "pledges": Pledge.objects.filter(request=shown).select_related("supplier").order_by("-pk") if own else [],
    }
    return render(request, "requests_app/request_detail.html", context)


def request_short(request, pk):
    """The short address of a public request, for posters and messages."""
    return redirect(get_object_or_404(Request.objects.filter(live=True), pk=pk))


@login_required
@require_POST
def request_keep(request, pk):
    """Keep a request for later, or leave it out again."""
    shown = get_object_or_404(Request.objects.filter(live=True), pk=pk)
    if pressed(request, "keep", "leave") == "keep":
        shortlist.keep(request.user, shown)
        messages.success(request, "Kept for later: you find it on your own page.")
    else:
        shortlist.leave(request.user, shown)
        messages.success(request, "It is no longer among those you keep.")
    return redirect(shown)


def thanks_for(shown):
    """Thanks that anybody may read of what arrived; nothing is asked where nothing did."""
    if not (hasattr(shown, "totals") and shown.totals.confirmed):
        return []
    return Thanks.objects.shown().filter(delivery__pledge__request=shown).select_related("photo")


def request_progress(request, pk):
    """What each figure of a request adds up: accepted pledges and every delivery with its three stages."""
    shown = visible_request(request.user, pk)
    context = {
        "shown": shown,
        "pledges": Pledge.objects.accepted().filter(request=shown).select_related("supplier").order_by("answered_at"),
        "waiting": Pledge.objects.waiting_for_answer().filter(request=shown),
        "deliveries": Delivery.objects.standing()
        .filter(pledge__request=shown)
        .select_related("pledge__supplier")
        .order_by("delivered_on"),
    }
    return render(request, "requests_app/request_progress.html", context)


def picture(request, pk, width=None, kind=""):
    """A request's picture, or one of a group's thanks, whole or of one of three widths.

    It is public with its request, or by consent; before that it is for its own organisation, moderators and whom it
    thanks.
    """
    upload = get_object_or_404(Upload.objects.filter(content_type__startswith="image/"), pk=pk)
    public = RequestPicture.objects.filter(upload=upload, request__live=True).exists()
    public = public or Thanks.objects.shown().filter(photo=upload).exists()
    evidence = Evidence.objects.filter(upload=upload).exists()
    mine = access.my_organisations(request.user)
    thanked = Thanks.objects.filter(photo=upload, delivery__pledge__supplier__in=mine).exists()
    own = thanked or upload.organisation_id in mine
    if not public and (evidence or not (own or request.user.has_perm(PUBLISH_REQUEST))):
        raise Http404
    if width is None:
        return uploads.respond(upload, public=public)
    if width not in WIDTHS:
        raise Http404
    return uploads.respond_sized(upload, width, kind, public=public)


@login_required
@require_POST
def request_copy(request, pk):
    """Copy an own request to a new draft."""
    copied = drafts.copy(access.own_request(request.user, pk), by=request.user)
    return redirect("request_edit", copied.pk, "ask")
