"""The list forgives slips, knows postcode districts, and says what it did."""

import pytest
from django.core.cache import caches
from django.urls import reverse

from requests_app import filters, index, mending, search
from tests.conftest import make_organisation, make_request, markup

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    caches["local"].clear()
    filters._checked.cache_clear()


@pytest.fixture
def wanted(group):
    rows = [
        make_request(group, title="Paint the village hall", description="Painting, and a minibus for the chairs"),
        make_request(group, title="Gardening volunteers", description="Laptops for counselling, in colour"),
    ]
    index.write_all(rows)
    return rows


SLIPS = {
    "paitning": 0, "piant": 0, "villige hall": 0, "minbus": 0, "chiars": 0, "vollunteers": 1, "labtop": 1,
    "gardning": 1, "counsling": 1, "color": 1,
}  # fmt: skip


@pytest.mark.parametrize("typed", SLIPS)
def test_a_slip_finds_what_was_meant_and_the_page_says_so(client, wanted, typed):
    page = markup(client.get(reverse("requests"), {"q": typed}))
    assert wanted[SLIPS[typed]].title in page and wanted[1 - SLIPS[typed]].title not in page
    assert f"Nothing holds “{typed}”" in page
    exactly = markup(client.get(reverse("requests"), {"q": typed, "exact": "1"}))
    assert "Nothing fits this search yet" in exactly


def test_british_and_american_spelling_are_one(client, wanted):
    for typed in ("counseling", "counselling", "color"):
        assert "Gardening volunteers" in client.get(reverse("requests"), {"q": typed}).content.decode()


def test_words_that_find_something_are_left_alone(wanted):
    assert search.find({"q": "painting"}).instead == ""
    assert search.find({"q": "zebra"}).count == 0
    assert mending.mend("painting") is None and mending.mend("hal") is None and mending.mend("12345") is None


def test_both_searches_mend_alike(client, wanted):
    for name in ("requests", "search"):
        assert "Paint the village hall" in client.get(reverse(name), {"q": "villige"}).content.decode()


@pytest.mark.parametrize("typed", ["GU2", "gu2 7xh", "hall GU2", "hall near gu27xh", "GU2 hall"])
def test_a_postcode_among_the_words_is_a_place(client, typed):
    far = make_organisation("Far", "vcse", outcode="RH1", charity_number="1012391")
    near = make_organisation("Near", "vcse", outcode="GU2", charity_number="1012392")
    rows = [make_request(near, title="Hall at Guildford", postcode="GU2 7XH"),
            make_request(far, title="Hall at Redhill", postcode="RH1 1AA")]  # fmt: skip
    index.write_all(rows)
    page = markup(client.get(reverse("requests"), {"q": typed.replace("near ", "")}))
    assert "is taken as a place" in page
    assert page.index("Hall at Guildford") < page.index("Hall at Redhill")


@pytest.mark.parametrize(("sort", "said"), [("newest", True), ("nearest", True), ("soonest", False)])
def test_the_form_s_own_order_is_nobody_s_choice_and_the_page_says_what_is_so(client, wanted, sort, said):
    page = markup(client.get(reverse("requests"), {"q": "GU2", "sort": sort, "kind": "", "district": ""}))
    assert ("is taken as a place" in page) is said


def test_a_code_that_is_no_place_here_stays_a_word(client, wanted):
    form = filters.asked_for(client.get("/").wsgi_request.GET.__class__("q=ZZ9+hall"))
    assert form.cleaned_data["q"] == "ZZ9 hall" and not form.cleaned_data["outcode"]


def test_near_me_asks_where_that_is(client, wanted):
    page = markup(client.get(reverse("requests"), {"q": "painting near me"}))
    assert "Near where?" in page and "Paint the village hall" in page
    places = client.get(reverse("outcodes")).json()
    assert len(places["GU1"]) == 2


def test_the_alert_of_a_mended_search_follows_what_was_meant(client, wanted):
    page = client.get(reverse("requests"), {"q": "villige"}).content.decode()
    assert "/alerts/new/?q=village" in page
