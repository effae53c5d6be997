"""A search as a feed: what the list shows, and nothing that is not public."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from tests.conftest import make_request

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def titles(client, **asked):
    answer = client.get(reverse("requests_atom"), asked)
    assert answer["Content-Type"].startswith("application/atom+xml")
    return [entry.find(f"{ATOM}title").text for entry in ElementTree.fromstring(answer.content).iter(f"{ATOM}entry")]


def days(client, **asked):
    answer = client.get(reverse("requests_ics"), asked)
    return [
        (str(event["summary"]), event.decoded("dtend")) for event in Calendar.from_ical(answer.content).walk("VEVENT")
    ]


def test_a_feed_holds_what_the_search_finds_and_no_draft(group, client):
    make_request(group, title="Paint <our> hall & porch")
    make_request(group, title="Twelve chairs", kind="goods", unit="items")
    make_request(group, title="Secret draft", live=False)
    assert titles(client) == ["Twelve chairs: 10 items", "Paint <our> hall & porch: 10 hours"]
    assert titles(client, q="chairs") == titles(client, kind="goods") == ["Twelve chairs: 10 items"]
    assert titles(client, kind="nonsense") == []


def test_a_calendar_holds_the_days_by_which_things_are_needed(group, client):
    soon = timezone.localdate() + timedelta(days=9)
    make_request(group, title="Late", needed_by=soon + timedelta(days=30))
    make_request(group, title="Soon", needed_by=soon)
    found = days(client)
    assert [words.split(":")[0] for words, _ in found] == ["Soon", "Late"]
    assert found[0][1] == soon + timedelta(days=1)  # the day after the last one, as calendars count


def test_the_list_names_the_feeds_of_the_search_that_is_shown(group, client):
    make_request(group)
    page = client.get(reverse("requests"), {"kind": "volunteers"}).content.decode()
    assert "/requests/feed.atom?kind=volunteers" in page and "/requests/days.ics?kind=volunteers" in page


def test_more_than_two_pages_are_not_sent(group, client):
    for number in range(45):
        make_request(group, title=f"Request {number}")
    assert len(titles(client)) == len(days(client)) == 40
