"""Delivery against a real mail server on this machine: once each, patiently, and never one for another."""

import time
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from mail import again, delivery
from mail.models import Message
from tests.mail.sink import Sink

pytestmark = pytest.mark.django_db


@pytest.fixture
def sink(settings):
    made = Sink()
    settings.MAIL_DELIVERY_BACKEND = "mail.smtp.SmtpBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", made.port
    settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = False, 0.5
    yield made
    made.close()


def write(address, subject="Subject", body="Words", **fields):
    EmailMessage(subject, body, to=[address], **fields).send()
    return Message.objects.order_by("pk").last()


def deliver():
    return delivery.deliver_due("worker")


def state(message):
    message.refresh_from_db()
    return message.state


def test_a_message_is_a_row_of_the_transaction_that_wrote_it(sink):
    with pytest.raises(RuntimeError), transaction.atomic():
        write("a@example.org")
        raise RuntimeError
    assert not Message.objects.exists()
    assert deliver() == (0, True)
    assert sink.taken == []


def test_it_is_handed_over_with_its_headers_and_then_forgets_its_text(sink):
    message = write("a@example.org", "£5 für Käse", "Grüße\n", headers={"List-Unsubscribe": "<http://x/>"})
    assert deliver() == (1, True)
    ((to, taken),) = sink.taken
    assert (to, taken["Subject"], taken["To"]) == ("a@example.org", "£5 für Käse", "a@example.org")
    assert taken["Auto-Submitted"] == "auto-generated"
    assert taken["List-Unsubscribe"] == "<http://x/>"
    assert taken["Message-ID"] == message.message_id
    assert taken.get_content().strip() == "Grüße"
    assert state(message) == "sent"
    assert message.content is None
    assert deliver() == (0, True)


def test_pictures_of_words_and_files_come_along(sink):
    email = EmailMultiAlternatives("Subject", "Words", to=["a@example.org"])
    email.attach_alternative("<p>Words</p>", "text/html")
    email.attach("day.ics", b"BEGIN:VCALENDAR", "text/calendar")
    email.send()
    assert deliver() == (1, True)
    kinds = [part.get_content_type() for part in sink.taken[0][1].walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "text/calendar"]


def test_each_address_gets_a_message_of_its_own_and_sees_no_other(sink):
    EmailMessage(
        "Subject", "Words", to=["a@example.org", "b@example.org"], cc=["c@example.org"], bcc=["d@x.org"]
    ).send()
    assert deliver() == (4, True)
    assert [(to, taken["To"], taken["Cc"]) for to, taken in sorted(sink.taken, key=lambda pair: pair[0])] == [
        (to, to, None) for to in ("a@example.org", "b@example.org", "c@example.org", "d@x.org")
    ]


@pytest.mark.parametrize(
    ("bad", "ends"),
    [("refused@x.org", "failed"), ("later@x.org", "waiting"), ("dropped@x.org", "waiting"), ("silent@x.org", "unsure")],
)
def test_a_poisoned_message_holds_up_nobody_behind_it(bad, ends, sink):
    poisoned, good = write(bad), write("good@example.org")
    delivery.deliver_due("worker")
    assert state(poisoned) == ends
    assert poisoned.error
    assert state(good) == "sent"


def test_what_can_never_be_sent_fails_with_its_reason_and_nothing_behind_it_waits(sink):
    rows = [write("no address"), write("a@example.org", subject="\u202e\n"), write("b@example.org", body="\n")]
    broken = write("c@example.org")
    Message.objects.filter(pk=broken.pk).update(content={"body": "no sender"})
    good = write("good@example.org")
    deliver()
    assert [state(row) for row in rows] == ["failed"] * 3
    assert state(broken) == "failed"
    assert state(good) == "sent"


def test_header_values_are_cleaned_at_the_edge(sink):
    write("a@example.org", "One\r\nBcc: all@example.org\u202e", headers={"X-Kind": "a\r\nBcc: all@example.org"})
    deliver()
    ((_, taken),) = sink.taken
    assert taken["Subject"] == "One Bcc: all@example.org"
    assert taken["Bcc"] is None
    assert sink.tried == ["a@example.org"]


def test_it_is_tried_again_more_and_more_seldom_and_then_given_up(sink):
    message = write("later@example.org")
    pauses = []
    for _ in delivery.PAUSES:
        before = timezone.now()
        deliver()
        assert state(message) == "waiting"
        assert "450 not now" in message.error
        pauses.append(round((message.due_at - before).total_seconds() / 60))
        assert deliver() == (0, True)
        Message.objects.update(due_at=before)
    assert pauses == [1, 5, 15, 60, 180, 360, 720, 1440, 1440]
    deliver()
    assert state(message) == "failed"
    assert "Given up after 10 tries" in message.error


def test_while_the_server_is_away_nothing_is_lost_and_the_round_ends_at_once(sink, settings):
    first, second = write("a@example.org"), write("b@example.org")
    sink.close()
    assert deliver() == (0, False)
    assert (state(first), state(second)) == ("waiting", "waiting")
    assert "could not be reached" in first.error
    back = Sink()
    settings.EMAIL_PORT = back.port
    Message.objects.update(due_at=timezone.now())
    assert deliver() == (2, True)
    back.close()


def test_a_server_that_never_answers_costs_one_time_limit(settings):
    silent = Sink(never_greets=True)
    settings.MAIL_DELIVERY_BACKEND = "mail.smtp.SmtpBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", silent.port
    settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = False, 0.5
    rows = [write(f"{number}@example.org") for number in range(5)]
    began = time.monotonic()
    assert deliver() == (0, False)
    assert time.monotonic() - began < 10
    assert {state(row) for row in rows} == {"waiting"}
    silent.close()


def test_the_real_site_gives_up_on_a_silent_server_after_seconds():
    from marketplace import settings as real

    assert 0 < real.EMAIL_TIMEOUT <= 10


def test_a_code_goes_before_a_digest(sink):
    write("slow@example.org")
    write("fast@example.org", headers={"X-Marketplace-Urgent": "yes"})
    deliver()
    assert [to for to, _ in sink.taken] == ["fast@example.org", "slow@example.org"]
    assert "X-Marketplace-Urgent" not in sink.taken[0][1]


def test_what_a_dead_worker_had_waits_again_or_is_unsure_by_how_far_it_had_come(sink):
    taken, handing, alive = (write(f"{name}@example.org") for name in ("taken", "handing", "alive"))
    now = timezone.now()
    Message.objects.filter(pk=taken.pk).update(state="taken", taken_by="dead", taken_at=now, tries=1)
    Message.objects.filter(pk=handing.pk).update(state="handing", taken_by="dead", taken_at=now, tries=1)
    Message.objects.filter(pk=alive.pk).update(state="handing", taken_by="living", taken_at=now, tries=1)
    assert delivery.take_up({"living"}) == 2
    assert (state(taken), state(handing), state(alive)) == ("waiting", "unsure", "handing")
    deliver()
    assert sink.addresses() == ["taken@example.org"]
    assert delivery.take_up({"living"}, now + timedelta(minutes=11)) == 1  # its worker lives, and forgot it
    assert state(alive) == "unsure"


def test_a_message_that_kills_its_worker_again_and_again_is_given_up():
    message = write("a@example.org")
    Message.objects.update(state="taken", taken_by="dead", taken_at=timezone.now(), tries=10)
    delivery.take_up(set())
    assert state(message) == "failed"


def test_a_worker_that_was_taken_for_dead_hands_nothing_over_when_it_wakes(sink):
    message = delivery.take("sleeper") if write("a@example.org") else None
    delivery.take_up({"other"})
    connection = delivery.get_connection("mail.smtp.SmtpBackend")
    connection.open()
    assert delivery.hand_over(message, connection) is False
    assert sink.taken == []
    assert deliver() == (1, True)
    assert sink.addresses() == ["a@example.org"]


def test_what_failed_is_sent_again_by_a_person_and_logged(sink, people):
    message = write("refused@example.org")
    deliver()
    again.send_again(message, by=people["edie"])
    assert state(message) == "waiting"
    with pytest.raises(ValidationError):
        again.send_again(message, by=people["edie"])
    Message.objects.update(address="b@example.org")
    assert deliver() == (1, True)
    with pytest.raises(ValidationError):
        again.send_again(message, by=people["edie"])


def test_old_messages_are_forgotten_and_waiting_ones_never(sink):
    sent, waiting = write("a@example.org"), write("later@example.org")
    deliver()
    long_ago = timezone.now() - timedelta(days=400)
    Message.objects.update(created_at=long_ago)
    Message.objects.filter(pk=sent.pk).update(settled_at=long_ago)
    delivery.prune()
    assert list(Message.objects.all()) == [waiting]
