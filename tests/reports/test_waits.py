"""How long requests wait: held against plain counting, known laws of waits, and what leaks of small groups."""

import json
import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache, caches
from django.utils import timezone

from mail import composing
from reports import honesty, waits
from requests_app import deliveries, moderation, pledges
from requests_app.models import Request, RequestTotals
from tests.conftest import make_request

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def forget():
    cache.delete(honesty.KEY)


def history(pk, published=0, pledged=None, ended=None, kind="goods", **more):
    """A History, in days from DAY."""

    def day(number):
        return None if number is None else DAY + timedelta(days=number)

    fields = {"district": "", "small": False, "accepted_on": None, "arrived_on": None, "met": False, "state": "open"}
    return waits.History(
        pk=pk, kind=kind, published_on=day(published), pledged_on=day(pledged), ended_on=day(ended), **fields | more
    )


@pytest.mark.parametrize("share", [0.1, 0.5, 0.8])
def test_where_nobody_waits_it_is_plain_counting(share):
    for seed in range(200):
        dice = random.Random(seed)
        days = [dice.randrange(40) for _ in range(dice.randrange(1, 60))]
        found = waits.quantile([(number, True) for number in days], share)
        assert found == min(d for d in days if sum(o <= d for o in days) / len(days) >= share - 1e-9)


def test_those_that_still_wait_make_it_longer_never_shorter():
    for seed in range(200):
        dice = random.Random(seed)
        came = [(dice.randrange(40), True) for _ in range(30)]
        waiting = [(dice.randrange(40), False) for _ in range(dice.randrange(30))]
        with_all, alone = waits.quantile(came + waiting, 0.5), waits.quantile(came, 0.5)
        assert with_all is None or with_all >= min(alone, min((d for d, _ in waiting), default=alone))
    assert waits.quantile([(5, True)] * 4 + [(9, False)] * 6, 0.5) is None  # fewer than half got there


def test_an_example_of_the_method_as_it_is_taught():
    """Six with events at 1, 3, 4 (twice), one left at 2 and at 5: staying is 5/6, 5/6 * 3/4, 5/6 * 3/4 * 1/3."""
    rows = [(1, True), (2, False), (3, True), (4, True), (4, True), (5, False)]
    assert [waits.quantile(rows, share) for share in (0.16, 0.2, 0.37, 0.5, 0.79, 0.8)] == [1, 3, 3, 4, 4, None]


def test_little_is_known_and_nothing_said():
    rows = [history(n, pledged=3) for n in range(waits.LEAST - 1)]
    assert waits.estimate(rows, DAY + timedelta(days=90)) is None
    rows.append(history(99, pledged=3))
    assert waits.estimate(rows, DAY + timedelta(days=90)).words == "in about 3 days, 4 of 5 within 3"


def test_a_kind_of_which_little_is_known_is_told_of_all():
    rows = [history(n, pledged=3) for n in range(30)] + [history(99, pledged=40, kind="money")]
    today = DAY + timedelta(days=90)
    assert waits.estimate(rows, today, "money") == waits.estimate(rows, today)


def test_what_was_not_known_yet_is_not_used():
    row = history(1, published=0, pledged=10, ended=20)
    assert row.as_of(DAY - timedelta(days=1)) is None
    assert (row.as_of(DAY + timedelta(days=9)).pledged_on, row.as_of(DAY + timedelta(days=9)).ended_on) == (None, None)
    assert row.as_of(DAY + timedelta(days=10)).pledged_on == DAY + timedelta(days=10)


def test_a_true_forecast_is_right_in_four_of_five():
    """Requests that wait by one law all year: what was said before of four in five holds for about four in five."""
    dice, rows = random.Random(7), []
    for number in range(2400):
        published = dice.randrange(0, 600)
        rows.append(history(number, published, published + int(dice.expovariate(1 / 12))))
    found = waits.record(rows, DAY + timedelta(days=600))
    assert found.checked > 1000 and 0.76 < found.kept / found.checked < 0.86


def test_the_page_counts_what_happened(wanted, group, supplier, people, client):
    other = make_request(group, 5, title="Chairs")
    pledge = pledges.offer(Request.objects.for_page().get(pk=wanted.pk), supplier, Decimal(10), by=people["sam"])
    pledges.accept(pledge, by=people["alice"])
    delivery = deliveries.claim(pledge, Decimal(10), timezone.localdate(), by=people["sam"])
    deliveries.dispute(delivery, "Nine", by=people["alice"])
    deliveries.amend(delivery, Decimal(10), "Ten, see the list", by=people["sam"])
    deliveries.confirm(delivery, by=people["alice"])
    moderation.close(other, "We have chairs", by=people["alice"])
    found = honesty.refresh()[0]
    assert (found.all.requests, found.all.pledged, found.all.met) == (2, 1, 1)
    fates = found.fates
    assert (fates["Met"], fates["Closed by its group"], fates["Open, with a pledge"]) == (honesty.FEW, honesty.FEW, 0)
    assert found.disputes == {"Agreed, and confirmed": honesty.FEW}
    assert found.where_disputed == {}
    page = client.get("/how-it-goes/").content.decode()
    assert "How requests are answered" in page and "Fewer than 5" in page


def test_where_disputes_gather_is_told_from_five_on(group, supplier, people):
    for number in range(6):
        row = make_request(group, 2, title=f"Paint {number}", kind="volunteers" if number else "goods")
        pledge = pledges.offer(Request.objects.for_page().get(pk=row.pk), supplier, Decimal(2), by=people["sam"])
        pledges.accept(pledge, by=people["alice"])
        delivery = deliveries.claim(pledge, Decimal(2), timezone.localdate(), by=people["sam"])
        deliveries.dispute(delivery, "One", by=people["alice"])
    assert honesty.where_disputed() == {
        "Volunteers": honesty.KEPT_BACK, "Goods and equipment": honesty.FEW, "Reigate and Banstead": 6,
    }  # fmt: skip


def test_a_closed_request_was_open_until_that_day(wanted, people):
    RequestTotals.objects.filter(request=wanted).update(published_at=timezone.now() - timedelta(days=30))
    moderation.close(wanted, "", by=people["alice"])
    row = waits.histories()[0]
    today = timezone.localdate()
    assert row.is_open_on(today - timedelta(days=1)) and not row.is_open_on(today)


def test_no_file_tells_small_groups_apart(group, client):
    for number in range(4):
        make_request(group, 5, title=f"Few {number}", kind="money")
    for number in range(6):
        make_request(group, 5, title=f"Many {number}", kind="goods")
    data = json.loads(client.get("/how-it-goes/?as=json").content)
    kinds = {part["name"]: part for part in data["kinds"]}
    few = next(part for part in data["kinds"] if part.get("told") == "fewer than 5")
    assert set(few) == {"name", "told"} and not any("requests" in part for part in kinds.values())
    assert {part["told"] for part in kinds.values()} == {"fewer than 5", "not told apart"}  # 10 minus 6 would tell
    lines = client.get("/how-it-goes/?as=csv").content.decode("utf-8-sig").splitlines()
    assert any(line.startswith(few["name"]) and "fewer than 5" in line for line in lines)


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({"a": 4, "b": 6, "c": 9}, ["fewer than 5", "not told apart", 9]),
        ({"a": 4, "b": 3, "c": 9}, ["fewer than 5", "fewer than 5", 9]),
        ({"a": 1, "b": 1, "c": 9, "d": 7}, ["fewer than 5", "fewer than 5", 9, "not told apart"]),
        ({"a": 0, "b": 6, "c": 9}, [0, 6, 9]),
        ({"a": 4}, ["fewer than 5"]),
    ],
)
def test_what_is_few_is_not_told_by_what_is_left(counts, told):
    assert list(honesty.told(counts).values()) == told


def test_the_file_has_all_that_the_page_has(wanted, client):
    text = client.get("/how-it-goes/?as=csv").content.decode("utf-8-sig")
    for heading in (
        "Sunday",
        "What became of them",
        "How disputes ended",
        "Where disputes gather",
        "How right we were",
    ):
        assert any(line.startswith(heading) for line in text.splitlines()), heading
    weeks = json.loads(client.get("/how-it-goes/?as=json").content)["weeks"]
    assert len(weeks) == honesty.WEEKS and set(weeks[0]) == set(honesty.WEEK_KEYS)


def test_a_request_is_told_how_long_others_waited_and_no_page_waits_for_that(wanted, client, monkeypatch):
    page = client.get(f"{wanted.get_absolute_url()}?anew=1").content.decode()
    assert "had a first pledge" not in page  # nothing was reckoned yet
    told = waits.Estimate(9, 24, 40)
    cache.set(honesty.KEY, ({}, {wanted.kind: told}))
    caches["local"].clear()  # a minute later
    monkeypatch.setattr(waits, "histories", lambda: pytest.fail("a page reckons"))
    assert "had a first pledge in about 9 days, 4 of 5 within 24" in " ".join(
        client.get(f"{wanted.get_absolute_url()}?anew=1").content.decode().split()
    )


@pytest.mark.parametrize(("days", "words"), [(1, "one working day"), (5, "five working days"), (12, "12 working days")])
def test_what_a_page_says_of_a_clock_is_its_setting(days, words, wanted, supplier, people, client, settings):
    settings.PLEDGE_ANSWER_DAYS = settings.MODERATION_DAYS = days
    client.force_login(people["sam"])
    page = client.get(f"/requests/{wanted.pk}/pledge/{supplier.pk}/").content.decode()
    assert f"will answer within {words}" in " ".join(page.split())
    assert words in composing.words("request_submitted", request=wanted)[1]
