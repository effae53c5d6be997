"""Sharing a request: its short address, the poster with a code, and what a shared link shows."""

import html
import re

import pytest
from django.urls import reverse

from reports import paper
from requests_app.models import Request
from tests.conftest import make_request

pytestmark = pytest.mark.django_db
TITLE = 'Paint our "hall" & <shed> #set'


@pytest.fixture
def wanted(group):
    made = make_request(group, title=TITLE, description="*Two* coats $x$ #image\n" * 60)
    return Request.objects.for_page().get(pk=made.pk)


def test_the_short_address_leads_to_what_is_public(client, wanted, group):
    assert client.get(f"/r/{wanted.pk}/").url == wanted.get_absolute_url()
    draft = make_request(group, live=False)
    for name in ("request_short", "request_poster"):
        assert client.get(reverse(name, args=[draft.pk])).status_code == 404


def test_a_poster_is_one_accessible_page_whatever_people_typed(client, wanted):
    answer = client.get(reverse("request_poster", args=[wanted.pk]))
    assert answer.content[:5] == b"%PDF-" and b"pdfuaid" in answer.content
    assert isinstance(paper.poster(wanted, format="png", ppi=30), bytes)  # several pages would be a list


def test_the_code_is_drawn_and_names_nothing_elsewhere(wanted):
    drawn = paper.code_for(paper.short_address(wanted))
    assert drawn.count("<svg") == 1 and len(drawn) > 500
    assert {"http://www.w3.org/2000/svg"} == set(re.findall(r"https?://[^\"']+", drawn))


def test_a_shared_link_shows_what_is_needed(client, wanted):
    page = client.get(wanted.get_absolute_url()).content.decode()
    found = dict(re.findall(r'<meta\s+property="(og:[a-z:]+)"\s+content="([^"]*)">', page))
    assert html.unescape(found["og:title"]).startswith(f"{TITLE}: ")
    assert (
        found["og:url"] == f"http://127.0.0.1:8000{wanted.get_absolute_url()}" and len(found["og:description"]) <= 400
    )
    assert f"/r/{wanted.pk}/" in page and reverse("request_poster", args=[wanted.pk]) in page
