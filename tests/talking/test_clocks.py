"""Nobody waits for an answer that never comes: questions, days proposed and accepted pledges, through time."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from mail.models import Reminder
from requests_app import clocks as clocks_of_requests
from requests_app import deliveries, pledges
from requests_app.models import Pledge, Request, RequestTotals
from suppliers.models import CommitmentBalance
from talking import clocks, meetings, questions
from talking.models import Question
from talking.staff import question_cases
from tests.conftest import make_request
from tests.requests_app.test_clocks import offer

pytestmark = pytest.mark.django_db


def told():
    return [reminder.what for reminder in Reminder.objects.order_by("pk")]


@pytest.fixture
def accepted(wanted, supplier, people, now):
    now(0)
    Request.objects.filter(pk=wanted.pk).update(needed_by=None)
    pledge = offer(wanted, supplier, people)
    pledges.accept(pledge, by=people["alice"])
    return Pledge.objects.with_both_sides().get(pk=pledge.pk)


def test_a_question_is_reminded_of_then_told_to_the_council_and_can_be_taken_back(
    wanted, supplier, people, now, client
):  # fmt: skip
    now(0)
    question = questions.ask(wanted, supplier, "Is there a plug?", by=people["sam"])
    for day, said in ((2, []), (3, ["question_waits"]), (9, ["question_waits"]),
                      (14, ["question_waits", "question_unanswered"])):  # fmt: skip
        now(day)
        clocks.remind()
        clocks.remind()
        assert told() == said, day
    asked_of = {message.to[0] for message in mail.outbox if "No answer to a question" in message.subject}
    assert "mo@example.org" in asked_of
    assert [case.words for case in question_cases(people["mo"])] == [f"No answer to a question about “{wanted}”"]
    client.force_login(people["sam"])
    page = client.get(question.get_absolute_url()).content.decode()
    assert "Take the question back" in page
    client.post(reverse("question_take_back", args=[question.pk]))
    question.refresh_from_db()
    assert question.state == Question.State.WITHDRAWN
    assert not question_cases(people["mo"])
    with pytest.raises(ValidationError):
        questions.answer(question, "Yes", by=people["alice"])


def test_an_answered_question_is_not_taken_back(wanted, supplier, people):
    question = questions.ask(wanted, supplier, "Is there a plug?", by=people["sam"])
    questions.answer(question, "Yes", by=people["alice"])
    with pytest.raises(ValidationError):
        questions.take_back(question, by=people["sam"])


def test_days_that_nobody_chooses_are_reminded_of_once(accepted, people, now):
    meetings.propose(accepted, [timezone.now() + timedelta(days=30)], 90, by=people["sam"], bring="x")
    now(3)
    clocks.remind()
    clocks.remind()
    assert told() == ["day_waits"]
    assert [message.to for message in mail.outbox if "waits for your choice" in message.subject] == [
        ["alice@example.org"], ["bob@example.org"],
    ]  # fmt: skip


def test_an_accepted_pledge_of_which_nothing_comes_is_reminded_of_and_can_be_let_go(
    accepted, wanted, people, now, client
):  # fmt: skip
    for day, said in ((13, []), (14, ["pledge_silent"]), (27, ["pledge_silent"]),
                      (30, ["pledge_silent", "pledge_silent_group"])):  # fmt: skip
        now(day)
        clocks.remind()
        assert told() == said, day
    client.force_login(people["alice"])
    assert "Let this pledge go" in client.get(accepted.get_absolute_url()).content.decode()
    path = reverse("pledge_let_go", args=[accepted.pk])
    assert client.post(path, {"reason": " "}).status_code == 200
    accepted.refresh_from_db()
    assert accepted.state == Pledge.State.ACCEPTED
    client.post(path, {"reason": "We could not wait"})
    accepted.refresh_from_db()
    assert (accepted.state, accepted.end_reason) == (Pledge.State.WITHDRAWN, "We could not wait")
    assert RequestTotals.objects.get(request=wanted).accepted == 0


def test_what_arrived_stays_where_the_rest_is_let_go(wanted, supplier, commitment, people):
    pledge = offer(wanted, supplier, people, commitment=commitment)
    pledges.accept(pledge, by=people["alice"])
    delivery = deliveries.claim(pledge, Decimal(1), timezone.localdate(), by=people["sam"])
    with pytest.raises(ValidationError, match="waits for confirmation"):
        pledges.let_go(pledge, "Too slow", by=people["alice"])
    deliveries.confirm(delivery, by=people["alice"])
    pledges.let_go(pledge, "Too slow", by=people["alice"])
    pledge.refresh_from_db()
    assert pledge.state == Pledge.State.COMPLETED
    assert RequestTotals.objects.get(request=wanted).accepted == 1
    balance = CommitmentBalance.objects.get(commitment=commitment)
    assert (balance.confirmed, balance.reserved) == (1, 0)


def test_a_day_ahead_or_a_need_in_the_future_is_no_silence(group, supplier, people, now):
    now(0)
    later = make_request(group, title="Later", needed_by=timezone.localdate() + timedelta(days=200))
    agreed = make_request(group, title="Agreed", needed_by=None)
    for request in (later, agreed):
        pledge = offer(request, supplier, people)
        pledges.accept(pledge, by=people["alice"])
    pledge = Pledge.objects.with_both_sides().get(pk=pledge.pk)
    day = meetings.propose(pledge, [timezone.now() + timedelta(days=100)], 90, by=people["sam"], bring="x")
    meetings.accept(day, day.times.get(), by=people["alice"])
    now(60)
    clocks.remind()
    assert told() == []
    now(116)
    clocks.remind()
    assert told() == ["pledge_silent"]
    now(132)
    clocks.remind()
    assert told() == ["pledge_silent", "pledge_silent_group"]


def test_the_supplier_is_reminded_before_the_group_is_told_however_long_ago_it_was_accepted(accepted, people, now):
    now(50)
    Request.objects.update(needed_by=timezone.localdate())
    now(51)
    clocks.remind()
    assert told() == []
    now(65)
    clocks.remind()
    assert told() == ["pledge_silent"]
    now(80)
    clocks.remind()
    assert told() == ["pledge_silent", "pledge_silent_group"]


def test_neither_an_old_proposal_nor_what_was_taken_back_hides_a_silence(accepted, people, now):
    meetings.propose(accepted, [timezone.now() + timedelta(days=2)], 90, by=people["sam"], bring="x")
    delivery = deliveries.claim(accepted, Decimal(2), timezone.localdate(), by=people["sam"])
    deliveries.withdraw(delivery, "By mistake", by=people["sam"])
    now(40)
    clocks.remind()
    assert told() == ["pledge_silent", "pledge_silent_group"]  # and nobody is asked to choose a day that is over


def test_on_the_day_of_a_visit_nobody_is_called_silent(accepted, people, now):
    day = meetings.propose(accepted, [timezone.now() + timedelta(days=60)], 90, by=people["sam"], bring="x")
    meetings.accept(day, day.times.get(), by=people["alice"])
    now(61)
    clocks.remind()
    assert told() == []


def test_the_log_says_who_let_a_pledge_go(accepted, people):
    pledges.let_go(accepted, "Too slow", by=people["alice"])
    entry = ModelLogEntry.objects.filter(object_id=str(accepted.pk)).latest("pk")
    assert entry.action == "requests_app.let_go" and entry.message == "Let the accepted pledge go"


def test_the_same_question_may_be_asked_after_it_was_taken_back(wanted, supplier, people):
    first = questions.ask(wanted, supplier, "Is there a plug?", by=people["sam"])
    questions.take_back(first, by=people["sam"])
    again = questions.ask(wanted, supplier, "Is there a plug?", by=people["sam"])
    assert again.pk != first.pk and again.state == Question.State.ASKED


def test_a_disputed_delivery_is_reminded_of(accepted, people, now):
    delivery = deliveries.claim(accepted, Decimal(2), timezone.localdate(), by=people["sam"])
    deliveries.dispute(delivery, "One only", by=people["alice"])
    now(6)
    clocks_of_requests.tick()
    assert "delivery_troubled" not in told()
    now(7)
    clocks_of_requests.tick()
    clocks_of_requests.tick()
    assert told().count("delivery_troubled") == 1
