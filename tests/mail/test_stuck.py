"""The outbox for staff: what is stuck and why, sent again one by one or together; never the text of a message."""

import pytest
from django.contrib.auth.models import Group
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from mail import delivery
from mail import stuck as outbox
from mail.models import Message

pytestmark = pytest.mark.django_db
SECRET = "Your code: ABC-DEF"


@pytest.fixture(autouse=True)
def real_outbox(settings):
    settings.EMAIL_BACKEND = "mail.outbox.OutboxBackend"


@pytest.fixture
def keeper(people, client):
    people["edie"].groups.add(Group.objects.get(name="Programme team"))
    client.force_login(people["edie"])
    return people["edie"]


@pytest.fixture
def stuck(db):
    for number in range(3):
        EmailMessage(f"Subject {number}", SECRET, to=[f"reader{number}@example.org"]).send()
    Message.objects.update(state="failed", error="550 no such person", settled_at=timezone.now(), tries=3)
    return list(Message.objects.order_by("pk"))


def test_it_shows_what_failed_and_why_and_never_the_text(keeper, stuck, client):
    for address in (reverse("mail_stuck"), reverse("outbox:index"), reverse("message", args=[stuck[0].pk])):
        page = client.get(address).content.decode()
        assert "Subject 0" in page and "reader0@example.org" in page and "550 no such person" in page
        assert "ABC-DEF" not in page
    assert "3 e-mails did not go out" in client.get(reverse("dashboard")).content.decode()


def test_the_chosen_ones_are_sent_again(keeper, stuck, client):
    page = client.post(reverse("mail_stuck"), {"message": [stuck[0].pk, stuck[2].pk, "x", "9" * 30]}, follow=True)
    assert "2 messages wait to be sent again" in page.content.decode()
    assert [m.state for m in Message.objects.order_by("pk")] == ["waiting", "failed", "waiting"]


def test_one_is_sent_again_once(keeper, stuck, client):
    address = reverse("message", args=[stuck[0].pk])
    assert "waits to be sent again" in client.post(address, follow=True).content.decode()
    assert "not stuck any more" in client.post(address, follow=True).content.decode()


def test_who_may_not_is_refused(stuck, people, client):
    client.force_login(people["edie"])
    for address in (reverse("mail_stuck"), reverse("message", args=[stuck[0].pk]), reverse("outbox:index")):
        assert client.get(address).status_code == 302
        assert client.post(address).status_code == 302
    assert {m.state for m in Message.objects.all()} == {"failed"}


def test_those_who_can_mend_it_are_told_once_a_day_while_something_new_is_stuck(keeper, stuck):
    assert outbox.tell_of_stuck_mail() == 3
    letter = Message.objects.get(kind="mail_stuck")
    assert letter.address == "edie@example.org"
    assert "Subject 0, to reader0@example.org" in letter.content["body"]
    Message.objects.filter(state="failed").update(settled_at=timezone.now() - timezone.timedelta(days=2))
    assert outbox.tell_of_stuck_mail() == 0


def test_a_letter_about_stuck_mail_that_is_stuck_itself_tells_nobody(keeper, stuck):
    outbox.tell_of_stuck_mail()
    Message.objects.exclude(kind="mail_stuck").delete()
    delivery.settle(delivery.take("worker"), "failed", error="no")
    assert outbox.tell_of_stuck_mail() == 0
