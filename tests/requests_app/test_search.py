"""The public list: filters, text, distance, order and pages, on both databases alike."""

from datetime import timedelta

import pytest
from django.utils import timezone

from guidance.models import Outcome
from places.models import Outcode
from requests_app import index, moderation, pledges, search, totals
from requests_app.models import Request, RequestTotals
from tests.conftest import make_organisation, make_request, make_user

pytestmark = pytest.mark.django_db


def at(code, **fields):
    place = Outcode.objects.get(code=code)
    return {"outcode": place, "district": place.district, "postcode": f"{code} 1AA"} | fields


def titles(**filters):
    return [request.title for request in search.find(filters).requests]


@pytest.fixture
def some(group):
    day = timezone.localdate()
    outcome = Outcome.objects.first()
    make_request(group, title="Painting the hall", **at("RH1"), needed_by=day + timedelta(days=50))
    make_request(group, title="Laptops", kind="goods", unit="items", **at("GU1"), needed_by=day + timedelta(days=5))
    make_request(group, title="Garden help", **at("RH2"), outcome=outcome, description="Weeds, and one fence to paint")
    make_request(group, title="Anywhere", remote=True, outcode=None, district=None, postcode="", kind="advice")
    make_request(group, title="Not public", live=False)


def test_newest_first_without_drafts(some):
    assert titles() == ["Anywhere", "Garden help", "Laptops", "Painting the hall"]


def test_each_filter_narrows(some):
    district = Outcode.objects.get(code="GU1").district_id
    assert titles(kind="goods") == ["Laptops"]
    assert titles(district=str(district)) == ["Laptops"]
    assert titles(outcome=str(Outcome.objects.first().pk)) == ["Garden help"]
    assert titles(needed_by=timezone.localdate() + timedelta(days=6)) == ["Laptops"]
    assert titles(kind="volunteers", q="paint") == ["Garden help", "Painting the hall"]


def test_stems_are_found_and_every_word_counts(some):
    assert titles(q="painted") == ["Garden help", "Painting the hall"]
    assert titles(q="paint halls") == ["Painting the hall"]
    assert titles(q="redhill") == ["Painting the hall"]


@pytest.mark.parametrize("text", ['"', "'", "a AND (", "paint\0", "🎨", "*", "x" * 5000, "ﬁ NEAR/2", "-", "the and"])
def test_whatever_is_typed_gives_a_page(some, client, text):
    page = client.get("/requests/", {"q": text})
    assert page.status_code == 200
    assert page.context["found"].number == 1
    assert "request" in page.content.decode()


def test_distance_filters_and_sorts(some):
    assert titles(outcode="RH2", miles=5) == ["Garden help", "Painting the hall"]
    nearest = titles(outcode="GU1", sort="nearest")
    assert nearest[0] == "Laptops"
    assert nearest[-1] == "Anywhere"


def test_soonest_first(some):
    assert titles(sort="soonest")[0] == "Laptops"


def test_a_request_leaves_the_list_when_its_day_has_passed(group):
    make_request(group, title="Yesterday", needed_by=timezone.localdate() - timedelta(days=1))
    assert titles() == []
    assert titles(show="all") == ["Yesterday"]


def test_pages_meet_without_gap_or_repeat_from_both_ends(group):
    wanted = [make_request(group, title=f"R{n}").title for n in range(45)][::-1]
    pages = [[r.title for r in search.find({}, n).requests] for n in (1, 2, 3)]
    assert [len(page) for page in pages] == [20, 20, 5]
    assert sum(pages, []) == wanted
    assert search.find({}, 99).number == 3
    near = [[r.title for r in search.find({"outcode": "GU1", "sort": "nearest"}, n).requests] for n in (1, 2, 3)]
    assert sorted(sum(near, [])) == sorted(wanted)


def test_a_common_word_is_counted_no_further_than_it_must(group, monkeypatch):
    monkeypatch.setattr(search, "COMMON_WORD", 3)
    for n in range(6):
        make_request(group, title=f"Paint {n}")
    found = search.find({"q": "paint"})
    assert (found.count_words, found.requests[0].title) == ("More than 3 requests", "Paint 5")


def test_changed_words_are_found_and_old_ones_are_not(group, people):
    request = make_request(group, title="Chairs")
    request.title = "Tables"
    request.save_revision(user=people["mo"]).publish()
    assert titles(q="table") == ["Tables"]
    assert titles(q="chairs") == []


def test_an_edited_live_request_stays_public_in_its_old_form(group, people, client):
    request = make_request(group, title="Old words")
    client.force_login(people["alice"])
    form = {"title": "New words", "description": "d", "beneficiaries": ""}
    client.post(f"/requests/{request.pk}/edit/need/", form)
    assert "New words" in client.get(f"/requests/{request.pk}/check/").content.decode()
    client.post(f"/requests/{request.pk}/check/")
    client.logout()
    assert "Old words" in client.get(f"/requests/{request.pk}/").content.decode()
    request.refresh_from_db()
    task = request.current_workflow_task_state
    task.task.specific.on_action(task, people["mo"], "approve")
    assert "New words" in client.get(f"/requests/{request.pk}/").content.decode()


def test_a_change_of_quantity_never_falls_below_what_was_accepted(group, people, supplier):
    request = Request.objects.for_page().get(pk=make_request(group, 10).pk)
    pledges.accept(pledges.offer(request, supplier, 8, by=people["sam"]), by=people["alice"])
    request.quantity = 5
    request.save_revision(user=people["mo"]).publish()
    row = RequestTotals.objects.get(request=request)
    assert (row.asked, row.accepted) == (8, 8)


def test_a_stale_request_pauses_and_opens_again(group, people, client):
    request = make_request(group)
    RequestTotals.objects.update(checked_at=timezone.now() - timedelta(days=91))
    assert moderation.pause_stale(timezone.now() - timedelta(days=90)) == 1
    assert titles() == []
    client.force_login(people["alice"])
    client.post(f"/requests/{request.pk}/reopen/")
    assert titles() == ["Paint our hall"]


@pytest.mark.parametrize("many", [1, 25])
def test_the_list_asks_the_database_as_often_for_one_as_for_many(group, client, django_assert_max_num_queries, many):
    for n in range(many):
        make_request(make_organisation(f"G{n}", "vcse", make_user(f"u{n}")), title=f"R{n}")
    client.get("/requests/")
    with django_assert_max_num_queries(2):
        client.get("/requests/")


def test_the_index_forgets_nothing_on_rewriting(group):
    request = make_request(group, title="Piano")
    index.write(request)
    totals.place(request)
    assert titles(q="piano") == ["Piano"]
