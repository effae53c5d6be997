"""Deciding: one page a case, the next one after it, who has which, and what a moderator is shown."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from desk import deciding, queues
from desk.models import Holding
from requests_app import judging, moderation
from requests_app.models import Request
from tests.conftest import make_organisation, make_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(group, people):
    """Three requests that wait, the second since before the first."""
    found = [make_request(group, live=False, title=title) for title in ("Paint", "Chairs", "Advice")]
    for request, days in zip(found, (1, 9, 0), strict=True):
        moderation.submit(request, by=people["alice"])
        state = moderation.state_of(request)
        TaskState.objects.filter(pk=state.pk).update(started_at=timezone.now() - timedelta(days=days))
    return found


@pytest.fixture
def mo(people, client):
    client.force_login(people["mo"])
    return people["mo"]


def decide(client, request, verb, **more):
    seen = moderation.state_of(request).revision_id
    return client.post(reverse("request_decide", args=[request.pk]), {"verb": verb, "seen": seen, **more})


def test_the_queue_runs_by_what_is_due_first(waiting, mo):
    assert [case.words for case in queues.QUEUES["requests"].of(mo)] == ["Chairs", "Paint", "Advice"]


def test_after_a_decision_comes_the_next_and_after_the_last_the_list(waiting, mo, client):
    paint, chairs, advice = waiting
    answer = decide(client, chairs, "approve")
    assert answer.url == reverse("request_decide", args=[paint.pk])
    assert Request.objects.get(pk=chairs.pk).live
    answer = decide(client, advice, "approve")  # the last of the queue: what was left out before it comes next
    assert answer.url == reverse("request_decide", args=[paint.pk])
    assert decide(client, paint, "approve").url == reverse("request_queue")


def test_whoever_stops_is_led_to_the_list(waiting, mo, client):
    assert decide(client, waiting[0], "approve", stop="on").url == reverse("request_queue")


def test_a_return_says_why_in_ready_sentences_or_own_words(waiting, mo, client):
    paint = waiting[0]
    answer = decide(client, paint, "reject")
    assert answer.status_code == 422 and "the group will read it" in answer.content.decode()
    assert moderation.state_of(paint)
    mail.outbox.clear()
    decide(client, paint, "reject", ready=["contact"], own="Otherwise fine.")
    assert not moderation.state_of(paint)
    body = mail.outbox[0].body
    assert "Take telephone numbers" in body and "Otherwise fine." in body


def test_approving_while_asking_for_a_change_is_refused(waiting, mo, client):
    answer = decide(client, waiting[0], "approve", ready=["more"])
    assert answer.status_code == 422 and not Request.objects.get(pk=waiting[0].pk).live


def test_nothing_is_chosen_for_the_moderator(waiting, mo, client):
    assert decide(client, waiting[0], "").status_code == 422
    page = client.get(reverse("request_decide", args=[waiting[0].pk])).content.decode()
    assert not re.search(r'type="radio"[^>]*checked', page)


def test_what_changed_meanwhile_is_read_again(waiting, mo, people, client):
    paint = waiting[0]
    seen = moderation.state_of(paint).revision_id
    moderation.take_back(paint, by=people["alice"])
    paint = Request.objects.get(pk=paint.pk)
    paint.title = "Paint, and a porch"
    paint.save()
    moderation.submit(paint, by=people["alice"])
    answer = client.post(reverse("request_decide", args=[paint.pk]), {"verb": "approve", "seen": seen})
    assert answer.status_code == 422 and "changed while you read it" in answer.content.decode()
    assert not Request.objects.get(pk=paint.pk).live


def test_two_moderators_decide_once(waiting, mo, client):
    paint = waiting[0]
    seen = moderation.state_of(paint).revision_id
    decide(client, paint, "approve")
    answer = client.post(
        reverse("request_decide", args=[paint.pk]), {"verb": "reject", "own": "No", "seen": seen}
    )  # fmt: skip
    assert answer.status_code == 422 and "answered this already" in answer.content.decode()
    assert Request.objects.get(pk=paint.pk).live


def test_nobody_decides_for_an_organisation_of_their_own(waiting, people, client):
    people["alice"].groups.set(people["mo"].groups.all())
    client.force_login(people["alice"])
    assert queues.QUEUES["requests"].of(people["alice"]) == []
    assert client.get(reverse("request_decide", args=[waiting[0].pk])).status_code in (302, 403)


def test_what_changed_since_it_was_returned_is_marked(waiting, mo, people, client):
    paint = waiting[0]
    decide(client, paint, "reject", own="Say how many.")
    paint = Request.objects.get(pk=paint.pk)
    paint.title = "Paint for our hall"
    paint.save()
    moderation.submit(paint, by=people["alice"])
    page = client.get(reverse("request_decide", args=[paint.pk])).content.decode()
    assert "<ins> for our hall</ins>" in page


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ring 01483 555 0142 after six", "telephone"), ("Ring +44 (0)7700 900123", "telephone"),
        ("07700.900.123", "telephone"), ("Write to brenda@hall.example", "e-mail"), ("brenda @ hall.example", "e-mail"),
        ("See www.hall.example", "link"), ("HTTPS://hall.example/x", "link"),
        ("Since 1998 we have met 10,000 people; £1,200 is left", ""), ("SC123456 and 01234567 are our numbers", ""),
        ("On 12 01 2027 at 10.30", ""), ("A ratio of 1@2", ""),
    ],
)  # fmt: skip
def test_ways_round_the_site_are_pointed_out(text, found, group):
    request = make_request(group, description=text)
    looked = [check.words for check in judging.checks(request) if check.look]
    assert [words for words in looked if "In the text stands" in words] == [
        words for words in looked if found and found in words
    ]
    assert bool(found) == any("In the text" in words for words in looked)


def test_who_asks_for_the_first_time_is_said(waiting, mo, people, client):
    other = make_organisation("Newcomers", "vcse", people["charlie"])
    request = make_request(other, live=False, title="Ours")
    moderation.submit(request, by=people["charlie"])
    assert "This is its first request" in client.get(reverse("request_decide", args=[request.pk])).content.decode()
    make_request(other, title="Another")
    assert "first request" not in client.get(reverse("request_decide", args=[request.pk])).content.decode()


def hold(client, request, button, **more):
    return client.post(reverse("case_hold", args=["requests", request.pk]), {button: "", **more})


def test_who_takes_a_case_has_it_until_they_give_it_back(waiting, mo, client):
    hold(client, waiting[0], "take")
    assert deciding.held("requests") == {waiting[0].pk: mo}
    assert "You have it" in client.get(reverse("request_decide", args=[waiting[0].pk])).content.decode()
    hold(client, waiting[0], "give_back")
    assert not Holding.objects.exists()


def test_a_decided_case_is_nobodys(waiting, mo, client):
    hold(client, waiting[0], "take")
    decide(client, waiting[0], "reject", own="Say how many.")
    assert not Holding.objects.exists()


def test_a_case_is_handed_to_somebody_who_may_decide_it(waiting, mo, people, client):
    people["edie"].groups.add(*people["mo"].groups.all())
    hold(client, waiting[0], "pass_on", to=people["edie"].pk)
    assert deciding.held("requests") == {waiting[0].pk: people["edie"]}
    hold(client, waiting[0], "pass_on", to=people["pat"].pk)
    assert deciding.held("requests") == {waiting[0].pk: people["edie"]}
    assert "Paint" not in client.get("/account/").content.decode()  # it is left to her
    client.force_login(people["edie"])
    assert "Paint" in client.get("/account/").content.decode()


def test_a_queue_that_one_may_not_decide_is_not_held(waiting, people, client):
    client.force_login(people["pat"])
    assert hold(client, waiting[0], "take").status_code in (302, 403)
    assert not Holding.objects.exists()


def test_others_who_look_at_it_are_named(waiting, mo, people, client):
    people["edie"].groups.add(*people["mo"].groups.all())
    address = reverse("request_decide", args=[waiting[0].pk])
    assert "in the last minutes" not in client.get(address).content.decode()
    client.force_login(people["edie"])
    assert f"{mo} opened this in the last minutes" in client.get(address).content.decode()
