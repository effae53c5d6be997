"""Posting a request: three pages, one draft however often it is pressed, nobody's words overwritten unseen."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from requests_app.forms.steps.order import PAGES
from requests_app.models import Request
from tests.conftest import make_request, markup

pytestmark = pytest.mark.django_db

ASK = {"kind": "goods", "title": "Twelve chairs", "description": "For lunch"}


@pytest.fixture
def draft(group, people, client):
    client.force_login(people["alice"])
    return make_request(group, live=False)


def shown(client, draft, page):
    """What a page's form holds: {name: value} of its plain fields, its stamp among them."""
    html = client.get(reverse("request_edit", args=[draft.pk, page])).content.decode()
    found = dict(re.findall(r'name="(title|seen|beneficiaries)" value="([^"]*)"', html))
    return {name: value.replace("&quot;", '"') for name, value in found.items()}


def test_three_pages_lead_from_nothing_to_a_request_that_lacks_nothing(group, people, client):
    client.force_login(people["alice"])
    day = timezone.localdate() + timedelta(days=30)
    when = {"needed_by_day": day.day, "needed_by_month": day.month, "needed_by_year": day.year}
    answer = client.post(reverse("request_new_step", args=[group.pk]), ASK)
    details = {"quantity": "12", "unit": "items", "where": "remote", "date_kind": "by", **when}
    answer = client.post(answer.url, details)
    answer = client.post(answer.url, {"outcome": "4"})
    draft = Request.objects.get(title="Twelve chairs")
    assert answer.url == reverse("request_check", args=[draft.pk])
    assert "Some answers are missing" not in client.get(answer.url).content.decode()
    assert (draft.quantity, draft.remote, draft.dbs, draft.outcome_id) == (12, True, "none", 4)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_what_its_questions_ask(draft, client, page):
    html = markup(client.get(reverse("request_edit", args=[draft.pk, page])))
    for name in PAGES[page].base_fields:
        assert f'name="{name}' in html


def test_pressing_twice_and_going_back_makes_one_draft(group, people, client):
    client.force_login(people["alice"])
    address = reverse("request_new_step", args=[group.pk])
    for words in ("For lunch", "For lunch", "For lunch and tea"):
        client.post(address, ASK | {"description": words})
    assert Request.objects.get(title="Twelve chairs").description == "For lunch and tea"


def test_questions_that_follow_from_an_answer_name_it(draft, client):
    html = markup(client.get(reverse("request_edit", args=[draft.pk, "details"])))
    for follows in ("date_kind=between", "where=place"):
        assert f'data-shown-by="{follows}"' in html
    assert "Only for" not in html


def test_what_two_people_changed_apart_is_kept_of_both(draft, client):
    alice, bob = (shown(client, draft, "ask") for _ in "ab")
    address = reverse("request_edit", args=[draft.pk, "ask"])
    client.post(address, ASK | {"kind": draft.kind, "title": alice["title"], "seen": alice["seen"]})
    client.post(address, {"kind": draft.kind, "title": "Chairs", "description": draft.description, "seen": bob["seen"]})
    draft.refresh_from_db()
    assert (draft.title, draft.description) == ("Chairs", "For lunch")


def test_what_both_changed_is_asked_about_and_kept_at_the_second_press(draft, client):
    seen = shown(client, draft, "ask")["seen"]
    address = reverse("request_edit", args=[draft.pk, "ask"])
    client.post(address, ASK | {"kind": draft.kind, "seen": seen})
    mine = {"kind": draft.kind, "title": "Benches", "description": draft.description, "seen": seen}
    page = client.post(address, mine).content.decode()
    assert "changed to: “Twelve chairs”" in page and 'value="Benches"' in page
    draft.refresh_from_db()
    assert (draft.title, draft.description) == ("Twelve chairs", "For lunch")
    again = re.search(r'name="seen" value="([^"]*)"', page)[1].replace("&quot;", '"')
    client.post(address, mine | {"seen": again, "description": "For lunch"})
    draft.refresh_from_db()
    assert (draft.title, draft.description) == ("Benches", "For lunch")


@pytest.mark.parametrize("stamp", ["", "x", "[]", '{"nothing": "x"}', '{"title": 5}', "{}"])
def test_a_stamp_that_says_nothing_loses_nothing(draft, client, stamp):
    address = reverse("request_edit", args=[draft.pk, "ask"])
    client.post(address, ASK | {"kind": draft.kind, "seen": stamp})
    draft.refresh_from_db()
    assert draft.title in ("Twelve chairs", "Paint our hall")


def test_nothing_is_cut_and_a_line_end_counts_once(draft, client):
    html = markup(client.get(reverse("request_edit", args=[draft.pk, "ask"])))
    assert "maxlength" not in html.split("<main")[1] and 'data-limit="4000"' in html
    address = reverse("request_edit", args=[draft.pk, "ask"])
    words = "\r\n".join(["x" * 99] * 40)  # 3,999 letters where a line end is one
    assert client.post(address, ASK | {"kind": draft.kind, "description": words}).status_code == 302
    page = client.post(address, ASK | {"kind": draft.kind, "description": words + "yy"}).content.decode()
    assert "4001" in page and words[:50] in page


def test_pressing_again_overwrites_nothing_that_one_did_not_see(draft, client, people):
    """A colleague changed two fields; one was asked about: the other keeps the colleague's words then too."""
    address = reverse("request_edit", args=[draft.pk, "need"])
    client.force_login(people["alice"])
    form = client.get(address).context["form"]
    mine = {name: form[name].value() or "" for name in form.fields} | {"title": "My own title"}
    theirs = mine | {"title": "Their title", "description": "Their words, which I never saw"}
    client.post(address, theirs)
    asked = client.post(address, mine)
    assert asked.status_code == 200
    again = mine | {"seen": asked.context["form"]["seen"].value()}
    client.post(address, again)
    kept = Request.objects.get(pk=draft.pk).get_latest_revision_as_object()
    assert (kept.title, kept.description) == ("My own title", "Their words, which I never saw")
