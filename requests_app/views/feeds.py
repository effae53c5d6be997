"""What a search of the public list finds, as feeds: Atom for readers of news, iCalendar for the days things are needed.

The newest, or the soonest needed, as many as two pages; what waits for nobody's answer, and nothing that is not public.
"""

from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.cache import cache_control
from icalendar import Calendar, Event

from .. import filters, search

PAGES = 2
KEPT_SECONDS = 300


def found(request, sort):
    """[Request] of the search that an address names; an address that names none finds nothing."""
    address = request.GET.copy()
    address["sort"] = sort
    form = filters.asked_for(address)
    if not form.is_valid():
        return []
    asked = form.cleaned_data | {"sort": sort}
    pages = [search.find(asked, number) for number in range(1, PAGES + 1)]
    return [*pages[0].requests, *(pages[1].requests if pages[1].number == PAGES else [])]


def link(path):
    return settings.SITE_URL + path


@cache_control(public=True, max_age=KEPT_SECONDS)
def requests_atom(request):
    """/requests/feed.atom?q=...: the newest requests of a search."""
    query = request.GET.urlencode()
    feed = Atom1Feed(
        title=f"Requests: {settings.SITE_NAME}",
        link=link(f"/requests/?{query}" if query else "/requests/"),
        description="What groups ask for",
        language="en-GB",
        feed_url=link(request.get_full_path()),
        feed_guid=link(request.get_full_path()),
    )
    for shown in found(request, "newest"):
        feed.add_item(
            title=f"{shown.title}: {shown.quantity_words}",
            link=link(shown.get_absolute_url()),
            description=shown.description,
            author_name=str(shown.organisation),
            pubdate=shown.totals.published_at,
            updateddate=shown.totals.published_at,
            unique_id=link(shown.get_absolute_url()),
            categories=[shown.get_kind_display()],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@cache_control(public=True, max_age=KEPT_SECONDS)
def requests_ics(request):
    """/requests/days.ics?q=...: the days by which requests of a search are needed, soonest first."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Requests: {settings.SITE_NAME}")
    for shown in found(request, "soonest"):
        if shown.needed_by:
            calendar.add_component(event(shown))
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")


def event(shown):
    made = Event()
    made.add("uid", f"request-{shown.pk}@{settings.SITE_URL.split('//')[1]}")
    made.add("dtstamp", shown.totals.published_at)
    made.add("dtstart", shown.needed_from or shown.needed_by)
    made.add("dtend", shown.needed_by + timedelta(days=1))
    made.add("transp", "TRANSPARENT")
    made.add("summary", f"{shown.title}: {shown.quantity_words}, {shown.when_words}")
    if shown.place_words:
        made.add("location", shown.place_words)
    made.add("description", f"{shown.organisation}\n{link(shown.get_absolute_url())}")
    return made
