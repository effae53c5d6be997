"""Ratings are suggested and set by a person; the log has its clocks; the notice draws on what groups confirmed."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core import mail
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from marketplace import staff_duties
from organisations.models import Membership
from performance import assessing, improving, notice
from performance.models import Assessment, Improvement, Rating
from requests_app import deliveries, pledges
from returns import lines
from suppliers import commitments, plans
from suppliers.models import Binding, Commitment, Contract
from tests.conftest import make_commitment, markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator(commitment, people):
    """A material indicator of 100 hours over 400 days, 200 of which are over."""
    today = timezone.localdate()
    Contract.objects.update(start=today - timedelta(days=200), end=today + timedelta(days=199))
    Commitment.objects.update(binding=Binding.MATERIAL)
    kept = Commitment.objects.select_related("contract").get(pk=commitment.pk)
    plans.write(kept, [(today + timedelta(days=199), Decimal(100))], by=people["cara"], reason="Agreed")
    return kept


def one():
    return assessing.indicators(Commitment.objects.all(), timezone.localdate())[0]


@pytest.mark.parametrize(
    ("confirmed", "rating"),
    [(48, "good"), (47, "approaching_target"), (38, "approaching_target"), (37, "requires_improvement"),
     (26, "requires_improvement"), (25, "inadequate"), (None, "inadequate")],
)  # fmt: skip
def test_a_rating_is_suggested_by_what_is_confirmed_of_what_was_expected(indicator, people, confirmed, rating):
    if confirmed:
        lines.record(indicator, Decimal(confirmed), timezone.localdate(), "Sheet", by=people["cara"])
    assert one().suggested == rating  # 50.25 hours were expected


def test_nothing_is_suggested_without_a_plan_or_before_anything_is_due(commitment):
    Commitment.objects.update(binding=Binding.KPI)
    assert one().suggested == Rating.OTHER


def test_a_person_rates_with_a_reason_and_the_clock_starts_again(indicator, people, supplier):
    today = timezone.localdate()
    assert one().due_on == indicator.contract.start.replace(year=indicator.contract.start.year + 1)
    for rating, reason, words in (("good", " ", "Say why"), ("fine", "Because", "Choose one of the Act")):
        with pytest.raises(ValidationError, match=words):
            assessing.assess(indicator, rating, reason, by=people["cara"])
    made = assessing.assess(indicator, "requires_improvement", "The school closed", by=people["cara"])
    assert (made.suggested, made.rating, one().newest) == ("inadequate", "requires_improvement", made)
    assert one().due_on == min(today.replace(year=today.year + 1), indicator.contract.end)
    with pytest.raises(DatabaseError), transaction.atomic():
        Assessment._base_manager.update(rating="good")
    Membership.objects.create(organisation=supplier, user=people["cara"], admitted_at=timezone.now())
    with pytest.raises(ValidationError, match="You belong to Builder Ltd"):
        assessing.assess(indicator, "good", "Well done", by=people["cara"])


def test_only_indicators_are_rated_and_three_are_the_most_material(indicator, people, supplier):
    other = make_commitment(supplier, by=people["cara"], wording="Another")
    with pytest.raises(ValidationError, match="no key performance indicator"):
        assessing.assess(other, "good", "Well done", by=people["cara"])
    for n in range(3):
        new = Commitment(contract=indicator.contract, wording=f"K{n}", unit="hours", binding=Binding.MATERIAL)
        if n < 2:
            commitments.make(new, Decimal(1), by=people["cara"])
        else:
            with pytest.raises(ValidationError, match="most material indicators already"):
                commitments.make(new, Decimal(1), by=people["cara"])
    other.binding = Binding.MATERIAL
    with pytest.raises(ValidationError, match="most material indicators already"):
        commitments.change(other)


def test_the_log_gives_a_chance_and_then_thirty_days(indicator, people):
    today = timezone.localdate()
    with pytest.raises(ValidationError, match="a day to come"):
        improving.ask(indicator, "Start", today, by=people["cara"])
    with pytest.raises(ValidationError, match="Say what has to improve"):
        improving.ask(indicator, " ", today + timedelta(days=9), by=people["cara"])
    asked = improving.ask(indicator, "Start the visits", today + timedelta(days=30), by=people["cara"])
    improving.answer(asked, "We begin in May", by=people["cara"])
    with pytest.raises(ValidationError, match="It has until"):
        improving.settle(asked, False, "Nobody came", by=people["cara"])
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        failed = improving.settle(asked, False, "Nobody came", by=people["cara"])
        assert improving.notice_due_on(failed) == today + timedelta(days=61)
        with pytest.raises(ValidationError, match="moved on"):
            improving.settle(asked, True, "They came", by=people["cara"])
    better = improving.ask(indicator, "Send sheets", today + timedelta(days=9), by=people["cara"])
    assert improving.notice_due_on(improving.settle(better, True, "Came", by=people["cara"])) is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Improvement.objects.filter(pk=asked.pk).update(outcome="")


def test_a_supplier_is_told_answers_and_hears_what_came_of_it(indicator, people, client):
    today = timezone.localdate()
    asked = improving.ask(indicator, "Start the visits", today + timedelta(days=30), by=people["cara"])
    path = reverse("improvement_answer", args=[asked.pk])
    assert [message.to for message in mail.outbox] == [["sam@example.org"]] and path in mail.outbox[0].body
    for stranger in ("alice", "cara"):
        client.force_login(people[stranger])
        assert client.get(path).status_code == 404
    client.force_login(people["sam"])
    assert "Say what you are doing about what has to improve" in client.get("/account/").content.decode()
    assert "Start the visits" in client.get(indicator.contract.get_absolute_url()).content.decode()
    assert "Write what you are doing" in client.post(path, {"words": " "}).content.decode()
    client.post(path, {"words": "We begin in May"})
    asked.refresh_from_db()
    assert (asked.state, asked.answer) == ("answered", "We begin in May")
    assert mail.outbox[-1].to == ["cara@example.org"] and "We begin in May" in mail.outbox[-1].body
    assert "Send your answer" not in client.get(path).content.decode()
    improving.settle(asked, True, "They came", by=people["cara"])
    assert mail.outbox[-1].to == ["sam@example.org"] and "They came" in mail.outbox[-1].body


def test_a_notice_that_is_published_is_owed_no_more(indicator, people, client):
    today = timezone.localdate()
    Contract.objects.update(manager=people["cara"])
    asked = improving.ask(indicator, "Start the visits", today + timedelta(days=1), by=people["cara"])
    with pytest.raises(ValidationError):
        improving.publish(asked, "2026/S 000-012345", today, by=people["cara"])
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        client.force_login(people["cara"])
        assert "Say whether it improved" in client.get("/account/").content.decode()
        improving.settle(asked, False, "Nobody came", by=people["cara"])
        assert "Publish a notice of poor performance" in client.get("/account/").content.decode()
        page = client.get(reverse("improvement", args=[asked.pk])).content.decode()
        assert "The notice is published" in page
        then = timezone.localdate()
        with pytest.raises(ValidationError, match="to today"):
            improving.publish(asked, "x", then + timedelta(days=1), by=people["cara"])
        data = {"where": "2026/S 000-012345", "day": then.isoformat(), "publish": ""}
        client.post(reverse("improvement", args=[asked.pk]), data)
        asked.refresh_from_db()
        assert (asked.notice, asked.notice_on) == ("2026/S 000-012345", then)
        assert improving.notice_due_on(asked) is None
        assert "Publish a notice" not in client.get("/account/").content.decode()
        with pytest.raises(ValidationError, match="already"):
            improving.publish(asked, "again", then, by=people["cara"])


def test_indicators_to_rate_are_named_by_contract_and_no_more_than_three(indicator, people, supplier, client):
    today = timezone.localdate()
    for number in range(5):
        for wording in ("Hours", "Days"):
            make_commitment(supplier, by=people["cara"], wording=wording, reference=f"K-{number}")
    Commitment.objects.update(binding=Binding.KPI)
    Contract.objects.update(start=today - timedelta(days=400), end=None, manager=people["cara"])
    named = staff_duties.to_rate(people["cara"], today)
    assert [thing.words for thing in named] == [
        "Rate a key performance indicator", *["Rate 2 key performance indicators"] * 2,
        "3 more contracts have indicators to rate",
    ]  # fmt: skip
    assert not staff_duties.to_rate(people["pat"], today)


def test_a_stale_page_of_what_has_to_improve_says_so_and_keeps_what_was_typed(indicator, people, client):
    asked = improving.ask(indicator, "Start", timezone.localdate() + timedelta(days=9), by=people["cara"])
    client.force_login(people["cara"])
    path = reverse("improvement", args=[asked.pk])
    improving.settle(asked, True, "They came", by=people["cara"])
    page = client.post(path, {"words": "They did come", "improved": ""}).content.decode()
    assert "has moved on since" in page and "They did come" in page


def test_a_notice_stands_only_with_what_did_not_improve(indicator, people):
    asked = improving.ask(indicator, "Start", timezone.localdate() + timedelta(days=9), by=people["cara"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Improvement.objects.filter(pk=asked.pk).update(notice="x", notice_on=timezone.localdate())


def test_ratings_are_public_with_their_reasons(indicator, people, client):
    assessing.assess(indicator, Rating.IMPROVE, "Half of the hours came", by=people["cara"])
    caches["local"].clear()
    page = markup(client.get(reverse("delivered")))
    assert "How contracts perform" in page and "Half of the hours came" in page
    Contract.objects.update(end=timezone.localdate() - timedelta(days=1))
    assert not assessing.published(timezone.localdate())


def test_the_notice_tells_what_groups_confirmed_apart_from_the_manager(indicator, wanted, supplier, people):
    pledge = pledges.offer(wanted, supplier, Decimal(8), by=people["sam"], commitment=indicator)
    pledges.accept(pledge, by=people["alice"])
    today = timezone.localdate()
    deliveries.confirm(deliveries.claim(pledge, Decimal(8), today, by=people["sam"]), by=people["alice"])
    lines.record(indicator, Decimal(5), today, "Sheet", by=people["cara"])
    assessing.assess(indicator, "inadequate", "Little came", by=people["cara"])
    asked = improving.ask(indicator, "Start the visits", today + timedelta(days=1), by=people["cara"])
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        improving.settle(asked, False, "Nobody came", by=people["cara"])
    said = notice.draft(indicator.contract, today)
    (told,) = said["indicators"]
    assert told["confirmed_by_groups_in_the_period"] == "8 hours"
    assert told["confirmed_by_the_contract_manager_in_the_period"] == "5 hours"
    assert (told["rating"], told["reason"], told["is_one_of_the_most_material"]) == ("Inadequate", "Little came", True)
    assert said["poor_performance"][0]["publish_by"] == (today + timedelta(days=32)).isoformat()
    text = notice.as_text(said)
    assert "8 hours by the groups that received it, 5 hours by the contract manager" in text
    assert "Not improved: Nobody came" in text and "(one of the three most material)" in text
    assert (
        told["confirmed_by_groups"][0]["quantity"]
        == "8 hours"
        == said["poor_performance"][0]["confirmed_by_groups"][0]["quantity"]
    )
    assert f"of {today.isoformat()}: 8 hours, confirmed by its group" in text
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        improving.publish(asked, "UK9-2026-1", timezone.localdate(), by=people["cara"])
        text = notice.as_text(notice.draft(indicator.contract, timezone.localdate()))
    assert "UK9-2026-1" in text and "None" not in text


def test_the_screens(client, indicator, people):
    client.force_login(people["cara"])
    address = reverse("contract_performance", args=[indicator.contract_id])
    assert "Inadequate" in markup(client.get(address))
    data = {"assess-commitment": indicator.pk, "assess-rating": "inadequate", "assess-reason": "Little", "assess": ""}
    client.post(address, data)
    assert Assessment.objects.get().reason == "Little"
    until = timezone.localdate() + timedelta(days=9)
    client.post(address, {"ask-commitment": indicator.pk, "ask-what": "Start", "ask-until": until, "ask": ""})
    row = Improvement.objects.get()
    assert "Start" in markup(client.get(reverse("clocks")))
    client.post(reverse("improvement", args=[row.pk]), {"words": "In May", "answer": ""})
    assert "In May" in markup(client.get(address))
    answer = markup(client.post(reverse("improvement", args=[row.pk]), {"words": "No", "failed": ""}))
    assert "It has until" in answer
    client.post(reverse("improvement", args=[row.pk]), {"words": "They came", "improved": ""})
    assert Improvement.objects.get().state == "improved"
    notice_at = reverse("performance_notice", args=[indicator.contract_id])
    assert "No poor performance is recorded." in client.get(notice_at).content.decode()
    assert client.get(notice_at + "?format=json").json()["contract"]["reference"] == "C-1"
