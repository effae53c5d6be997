"""Questions: public with their answer once a moderator agreed, and no word leaks before."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from requests_app.models import Request
from talking import questions
from talking.models import Question
from tests.conftest import make_organisation, make_request, make_user

pytestmark = pytest.mark.django_db
CONTACTS = ["Ring 01483 222333", "ring +44 7700 900123", "me@example.org", "see www.example.org/x", "https://x.org"]


def again(request):
    return Request.objects.for_page().get(pk=request.pk)


@pytest.fixture
def asked(wanted, supplier, people):
    return questions.ask(again(wanted), supplier, "Is there parking?", by=people["sam"])


def page(client, request):
    return client.get(f"{request.get_absolute_url()}?anew=1").content.decode()  # past what is kept for a moment


def test_a_question_travels_to_the_public(asked, wanted, people, client):
    assert [m.to for m in mail.outbox] == [[person.email] for person in wanted.organisation.people]
    assert "Is there parking?" not in page(client, wanted)
    client.force_login(people["alice"])
    assert "Answer a question about" in client.get("/account/").content.decode()
    client.post(asked.get_absolute_url(), {"answer": "Yes, behind the hall"})
    client.logout()
    assert "behind the hall" not in page(client, wanted)
    client.force_login(people["mo"])
    address = reverse("question_decide", args=[asked.pk])
    assert "behind the hall" in client.get(address).content.decode()
    client.post(address, {"publish": "", "stop": ""})
    client.logout()
    assert "Is there parking?" in page(client, wanted) and "behind the hall" in page(client, wanted)


def test_a_moderator_keeps_it_between_the_two_with_a_reason(asked, wanted, people, client):
    questions.answer(asked, "Yes", by=people["alice"])
    client.force_login(people["mo"])
    address = reverse("question_decide", args=[asked.pk])
    assert "Say why" in client.post(address, {"withhold": "", "reason": " "}).content.decode()
    client.post(address, {"withhold": "", "reason": "It names a child"})
    assert Question.objects.get().state == "withheld"
    client.force_login(people["sam"])
    assert "It names a child" in client.get(asked.get_absolute_url()).content.decode()


@pytest.mark.parametrize("text", CONTACTS)
def test_no_way_to_reach_somebody_stands_in_a_question_or_an_answer(text, asked, wanted, supplier, people):
    with pytest.raises(ValidationError, match="everybody can read it"):
        questions.ask(again(wanted), supplier, f"Hello, {text}", by=people["sam"])
    with pytest.raises(ValidationError, match="everybody can read it"):
        questions.answer(asked, f"Hello, {text}", by=people["alice"])


@pytest.mark.parametrize(
    "text", ["Can 20 of us come on 12 December 2026 at 10.30?", "It costs £1,200.50 for 3", "R12345"]
)
def test_numbers_that_reach_nobody_pass(text, wanted, supplier, people):
    assert questions.ask(again(wanted), supplier, text, by=people["sam"]).pk


def test_who_may_ask(wanted, group, supplier, people):
    waiting = make_organisation("New Ltd", "business", people["charlie"], state="waiting")
    for organisation, words in ((waiting, "as soon as the council"), (group, "own organisation")):
        with pytest.raises(ValidationError, match=words):
            questions.ask(again(wanted), organisation, "Is it dry?", by=people["charlie"])


def test_the_same_words_twice_are_one_question_and_four_on_a_day_are_too_many(wanted, supplier, people):
    for number in (1, 1, 2, 3):
        questions.ask(again(wanted), supplier, f"Question {number}?", by=people["sam"])
    assert Question.objects.count() == 3
    with pytest.raises(ValidationError, match="three times today"):
        questions.ask(again(wanted), supplier, "Question 4?", by=people["sam"])


def test_an_answer_counts_once_and_is_not_empty(asked, people):
    stale = Question.objects.get(pk=asked.pk)
    with pytest.raises(ValidationError, match="Write your answer"):
        questions.answer(asked, " \u200b", by=people["alice"])
    questions.answer(asked, "Yes", by=people["alice"])
    with pytest.raises(ValidationError, match="dealt with"):
        questions.answer(stale, "No", by=people["bob"])


def test_a_moderator_of_one_side_does_not_decide(asked, group, people, client):
    from organisations.models import Membership

    questions.answer(asked, "Yes", by=people["alice"])
    Membership.objects.create(organisation=group, user=people["mo"], admitted_at=asked.asked_at)
    client.force_login(people["mo"])
    assert client.get(reverse("question_decide", args=[asked.pk])).url == "/admin/"


def test_not_yours_is_not_found(asked, people, client):
    client.force_login(make_user("stranger"))
    assert client.get(asked.get_absolute_url()).status_code == 404
    client.force_login(people["sam"])
    assert client.post(asked.get_absolute_url(), {"answer": "My own"}).status_code == 403


def test_the_database_knows_no_public_question_without_an_answer(asked):
    for fields in ({"state": "public"}, {"state": "withheld", "reason": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Question.objects.filter(pk=asked.pk).update(**fields)


def test_whoever_acts_for_several_says_for_which(wanted, supplier, people, client):
    other = make_organisation("Other Ltd", "business", people["sam"])
    client.force_login(people["sam"])
    address = reverse("question_new", args=[wanted.pk])
    assert "For which organisation?" in client.get(address).content.decode()
    client.post(address, {"organisation": other.pk, "text": "Is it dry?"})
    assert Question.objects.get().organisation == other
    foreign = make_organisation("Foreign Ltd", "business", make_user("foreign"))
    client.post(address, {"organisation": foreign.pk, "text": "Is it wet?"})
    assert Question.objects.count() == 1


def test_a_closed_or_hidden_request_takes_no_question(group, supplier, people, client):
    draft = make_request(group, live=False)
    client.force_login(people["sam"])
    assert client.get(reverse("question_new", args=[draft.pk])).status_code == 404
