"""Pages for readers without a session: kept, never stale after a publication, never somebody else's."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from guidance import publications
from guidance.governance import roles
from guidance.models import PageReads, ReviewRhythm, Role
from guidance.pages.types import GuidancePage
from guidance.upkeep import reads
from marketplace import page_cache
from marketplace.models import HomePage
from organisations.models import Organisation
from requests_app import pledges
from requests_app.models import Request
from talking import questions
from tests.conftest import make_page, make_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def advice(keeper):
    page = make_page("Advice", keeper, body=[{"type": "text", "value": "<p>First words</p>"}])
    ReviewRhythm.load()  # the setting's row is made at its first use, which counts as a change
    publications.grow()
    return page


def queries(client, path):
    with CaptureQueriesContext(connection) as found:
        response = client.get(path)
    assert response.status_code == 200
    return len(found)


def test_a_kept_page_asks_the_database_once(advice, client):
    assert queries(client, advice.url) > 5
    assert queries(client, advice.url) == 1


def test_publishing_is_seen_at_once(advice, client):
    client.get(advice.url)
    advice.body = '[{"type": "text", "value": "<p>Second words</p>"}]'
    advice.save_revision().publish()
    assert "Second words" in client.get(advice.url).content.decode()


def test_taking_down_is_seen_at_once(advice, client):
    client.get(advice.url)
    advice.unpublish()
    gone = client.get(advice.url)
    assert gone.status_code == 404
    assert advice.introduction not in gone.content.decode()


@pytest.mark.parametrize("change", ["role", "holder", "review", "delete"])
def test_whatever_a_page_shows_ends_its_keeping(change, advice, keeper, people, client):
    from guidance.models import Review
    from guidance.upkeep import reviews

    client.get(advice.url)
    before = publications.number()
    if change == "role":
        keeper.title = "Keeper of wisdom"
        keeper.save()
    elif change == "holder":
        roles.leave(keeper, by=people["dee"])
    elif change == "review":
        reviews.record(advice, Review.Result.NO_CHANGE, "Read", by=people["cara"])
    else:
        advice.delete()
    assert publications.number() > before
    if change == "role":
        assert "Keeper of wisdom" in client.get(advice.url).content.decode()


def test_a_rolled_back_publication_keeps_the_old_page(advice, client):
    from django.db import transaction

    client.get(advice.url)
    before = publications.number()
    with transaction.atomic():
        Role.objects.first().save()
        assert publications.number() == before + 1
        transaction.set_rollback(True)
    assert publications.number() == before


def test_somebody_signed_in_sees_their_own_page_and_leaves_none_behind(advice, people, client):
    client.force_login(people["alice"])
    assert "Sign out" in client.get(advice.url).content.decode()
    assert queries(client, advice.url) > 5
    client.logout()
    assert "Sign out" not in client.get(advice.url).content.decode()


def test_a_query_a_form_or_an_error_is_never_kept(advice, client):
    client.get(advice.url)
    for words in ("Changed once", "Changed twice"):
        GuidancePage.objects.filter(pk=advice.pk).update(introduction=words)  # behind the back of every signal
        assert words in client.get(f"{advice.url}?a=1").content.decode()
        assert words not in client.get(advice.url).content.decode()
    assert client.get("/nothing/").status_code == 404
    advice.save_revision()
    make_page("Nothing", slug="later")
    assert client.get(f"{advice.url}x/").status_code == 404


def test_a_restriction_on_a_shelf_closes_its_pages_at_once(advice, client):
    client.get(f"{advice.url}?a=1")
    shelf = advice.get_parent()
    restriction = PageViewRestriction.objects.create(page=shelf, restriction_type=PageViewRestriction.LOGIN)
    for address in (advice.url, f"{advice.url}?a=1"):
        assert client.get(address).status_code == 302
    restriction.delete()
    for address in (advice.url, f"{advice.url}?a=1"):
        assert advice.introduction in client.get(address).content.decode()


def test_the_front_page_is_never_an_old_one(advice, client):
    home = HomePage.objects.get()
    home.owner_role = advice.owner_role
    for address in ("/", "/?a=1"):
        assert client.get(address).status_code == 200
    home.introduction = "Said anew"
    home.save_revision().publish()
    for address in ("/", "/?a=1"):
        assert "Said anew" in client.get(address).content.decode()
    home.unpublish()
    for address in ("/", "/?a=1"):
        assert client.get(address).status_code == 404


def test_a_kept_page_carries_the_same_policy(advice, client):
    first, second = client.get(advice.url), client.get(advice.url)
    for name in ("Content-Security-Policy", "X-Frame-Options", "Content-Type", "Referrer-Policy"):
        assert first[name] == second[name]
    assert not second.cookies


def test_figures_in_a_page_are_never_older_than_a_minute(keeper, group, client):
    page = make_page("Figures", keeper, body=[{"type": "figure", "value": "posted"}])
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        publications.grow()
        assert '<span class="app-figure__number">0</span>' in client.get(page.url).content.decode()
        make_request(group)
        clock.shift(timedelta(seconds=24))
        client.get(page.url)
        clock.shift(timedelta(seconds=35))
        assert '<span class="app-figure__number">1</span>' in client.get(page.url).content.decode()


def test_plain_pages_are_kept_until_midnight_at_most():
    with time_machine.travel("2026-11-23 23:50:00", tick=False):
        assert page_cache.seconds_to_keep(False) == 600
        assert page_cache.seconds_to_keep(True) == 25
    with time_machine.travel("2026-11-23 12:00:00", tick=False):
        assert page_cache.seconds_to_keep(False) == 3600


def test_reads_are_counted_for_kept_pages_too(advice, client):
    reads.flush()
    for _ in range(3):
        client.get(advice.url, HTTP_USER_AGENT="Mozilla/5.0")
    reads.flush()
    assert PageReads.objects.get(page_id=advice.pk).reads == 3


def test_other_addresses_are_not_asked_about(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(0):
        client.get("/robots.txt")


def test_a_requests_page_is_kept_under_what_it_stands_at(wanted, supplier, people, client):
    address = f"/requests/{wanted.pk}/"
    assert queries(client, address) > 1
    assert queries(client, address) == 1
    first = client.get(address)
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    pledge = pledges.offer(Request.objects.for_page().get(pk=wanted.pk), supplier, Decimal(4), by=people["sam"])
    pledges.accept(pledge, by=people["alice"])
    assert queries(client, address) > 1, "a new figure is seen at once"
    assert "6 hours" in client.get(address).content.decode()
    Organisation.objects.filter(pk=wanted.organisation_id).update(name="Renamed club")
    assert "Renamed club" in client.get(address).content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert queries(client, address) > 1, "days on it turn at midnight"


def test_other_words_of_a_request_and_taking_it_down_are_seen_at_once(wanted, people, client):
    address = f"/requests/{wanted.pk}/"
    client.get(address)
    wanted.title = "Other words"
    wanted.save_revision(user=people["mo"]).publish()
    assert "Other words" in client.get(address).content.decode()
    wanted.unpublish()
    assert client.get(address).status_code == 404


def test_what_a_request_does_not_stand_at_is_seen_within_half_a_minute(wanted, supplier, people, client):
    address = f"/requests/{wanted.pk}/"
    client.get(address)
    question = questions.ask(wanted, supplier, "Is there a lift?", by=people["sam"])
    questions.answer(question, "Yes, there is", by=people["alice"])
    questions.publish(question, by=people["mo"])
    with time_machine.travel(timezone.now() + timedelta(seconds=page_cache.LIVE_SECONDS + 1)):
        assert "Yes, there is" in client.get(address).content.decode()


def test_a_requests_page_is_made_anew_for_whoever_is_signed_in_and_for_another_host(wanted, people, client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    address = f"/requests/{wanted.pk}/"
    client.get(address)
    assert len(client.get(address, headers={"host": "other.example"}).content) > 0
    client.force_login(people["alice"])
    assert queries(client, address) > 5 and "Copy" in client.get(address).content.decode()
    client.logout()
    assert queries(client, address) == 1
    assert queries(client, f"{address}?utm=1") > 1
