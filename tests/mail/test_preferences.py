"""How people hear of things: together if they wish, each thing once, and nothing lost whoever wishes what."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mail import composing, preferences, rounds
from mail.models import Held, Message
from mail.topics import TOPICS
from tests.conftest import make_user

pytestmark = pytest.mark.django_db


def tell(group, *people, template="organisation_waiting"):
    composing.send(template, people, organisation=group)


def told():
    return sorted(Message.objects.values_list("address", "kind"))


def test_what_was_chosen_is_held_and_sent_together_in_the_morning(group, people):
    preferences.choose("mo@example.org", "deciding", "daily")
    for _ in range(3):
        tell(group, people["mo"], people["cara"])
    assert told() == [("cara@example.org", "organisation_waiting")] * 3
    assert rounds.send_due() == 0
    tomorrow = timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=1), datetime.min.time()))
    assert rounds.send_due(tomorrow + timedelta(hours=8)) == 1
    assert rounds.send_due(tomorrow + timedelta(hours=8)) == 0
    sent = Message.objects.get(address="mo@example.org")
    assert sent.kind == "round" and sent.subject.startswith("3 things since last time")
    assert sent.content["body"].count(reverse("organisation_decide", args=[group.pk])) == 3
    assert not Held.objects.exists()


@pytest.mark.parametrize(
    ("how", "now", "due"),
    [
        ("daily", (2026, 11, 27, 6), (2026, 11, 28, 7)), ("daily", (2026, 11, 27, 23), (2026, 11, 28, 7)),
        ("weekly", (2026, 11, 27, 9), (2026, 11, 30, 7)), ("weekly", (2026, 11, 30, 9), (2026, 12, 7, 7)),
        ("daily", (2027, 3, 27, 9), (2027, 3, 28, 7)),
    ],
)  # fmt: skip
def test_a_round_is_at_seven_by_the_clock(how, now, due):
    assert preferences.next_round(how, timezone.make_aware(datetime(*now))) == timezone.make_aware(datetime(*due))


def test_where_nobody_wants_it_all_get_it(group, people):
    for name in ("mo", "cara"):
        preferences.choose(f"{name}@example.org", "deciding", "never")
    tell(group, people["mo"], people["cara"])
    assert [address for address, _ in told()] == ["cara@example.org", "mo@example.org"]
    preferences.choose("cara@example.org", "deciding", "at_once")
    Message.objects.all().delete()
    tell(group, people["mo"], people["cara"])
    assert [address for address, _ in told()] == ["cara@example.org"]


def test_what_runs_out_and_what_concerns_an_account_is_always_at_once(group, people):
    for topic in TOPICS:
        preferences.choose("alice@example.org", topic, "weekly")
    tell(group, people["alice"], template="organisation_received")
    assert [address for address, _ in told()] == ["alice@example.org"]
    reminders = {"pledge_waits", "still_needed", "delivery_waits", "return_late", "day_is_near"}
    assert not reminders & {template for _, templates in TOPICS.values() for template in templates}


def test_a_round_that_fails_is_kept_whole(group, people, monkeypatch):
    preferences.choose("mo@example.org", "deciding", "daily")
    tell(group, people["mo"])

    def break_down(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(rounds, "compose", break_down)
    with pytest.raises(RuntimeError):
        rounds.send_due(timezone.now() + timedelta(days=2))
    assert Held.objects.count() == 1 and not Message.objects.exists()


def test_the_page_keeps_what_was_chosen_and_staff_alone_choose_about_deciding(client, people):
    client.force_login(people["alice"])
    page = client.get(reverse("my_notices")).content.decode()
    assert "Your requests" in page and "waits for a decision" not in page
    answers = dict.fromkeys(set(TOPICS) - {"deciding"}, "at_once")
    client.post(reverse("my_notices"), answers | {"pledges": "weekly"})
    assert preferences.chosen("ALICE@example.org") == {"pledges": "weekly"}
    assert (
        "Choose one of the answers" in client.post(reverse("my_notices"), answers | {"pledges": "x"}).content.decode()
    )
    client.post(reverse("my_notices"), answers)
    assert preferences.chosen("alice@example.org") == {}


def test_who_goes_takes_their_wishes_along(group):
    nora = make_user("nora")
    preferences.choose(nora.email, "deciding", "daily")
    tell(group, nora)
    nora.delete()
    assert not Held.objects.exists() and preferences.chosen("nora@example.org") == {}
