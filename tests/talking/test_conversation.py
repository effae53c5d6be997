"""Messages within a pledge: both sides, by the site and by a link, nothing personal before acceptance."""

from decimal import Decimal

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse

from organisations.models import Membership
from requests_app import pledges
from requests_app.models import Request
from talking import conversation, reporting
from talking.models import PledgeMessage, Report
from tests.conftest import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def pledge(wanted, supplier, people):
    made = pledges.offer(Request.objects.for_page().get(pk=wanted.pk), supplier, Decimal(4), by=people["sam"])
    mail.outbox.clear()
    return made


def link_in(message):
    return next(line for line in message.body.split("\n") if "/answer/" in line).split("testserver")[-1].strip()


def path_of(link):
    return "/answer/" + link.split("/answer/")[1]


def test_what_one_side_writes_is_in_the_mail_and_on_the_page_of_the_other(pledge, people, client):
    client.force_login(people["sam"])
    client.post(reverse("message_new", args=[pledge.pk]), {"text": "Shall we bring ladders?"})
    assert all("Shall we bring ladders?" in message.body for message in mail.outbox) and mail.outbox
    client.force_login(people["alice"])
    assert "Shall we bring ladders?" in client.get(pledge.get_absolute_url()).content.decode()


def test_the_link_of_the_mail_answers_without_signing_in(pledge, people, client):
    conversation.write(pledge, "Shall we bring ladders?", by=people["sam"])
    to_alice = next(message for message in mail.outbox if message.to == ["alice@example.org"])
    path = path_of(link_in(to_alice))
    assert "Answer as" in client.get(path).content.decode()
    assert PledgeMessage.objects.count() == 1  # a scanner that follows it writes nothing
    assert "Sent" in client.post(path, {"text": "Yes please"}).content.decode()
    written = PledgeMessage.objects.last()
    assert (written.side, written.by, written.by_link) == ("requestor", people["alice"], True)
    Membership.objects.filter(user=people["alice"]).delete()
    assert client.get(path).status_code == 404


def test_contact_details_wait_for_acceptance(pledge, people):
    with pytest.raises(ValidationError, match="open once the pledge is accepted"):
        conversation.write(pledge, "Ring me: 01483 222333", by=people["sam"])
    pledges.accept(pledge, by=people["alice"])
    assert conversation.write(pledge, "Ring me: 01483 222333", by=people["sam"]).pk


def test_nobody_else_writes_or_reads(pledge, people, client):
    stranger = make_user("stranger")
    with pytest.raises(ValidationError):
        conversation.write(pledge, "Hello", by=stranger)
    client.force_login(stranger)
    assert client.get(reverse("message_new", args=[pledge.pk])).status_code == 404
    client.force_login(people["cara"])
    assert client.get(reverse("message_new", args=[pledge.pk])).status_code == 403
    for token in ("forged", conversation.link_for(pledge, stranger)):
        assert client.get(reverse("message_by_link", args=[token])).status_code == 404


def test_messages_are_kept_as_they_were_written(pledge, people):
    written = conversation.write(pledge, "Hello", by=people["sam"])
    with pytest.raises(TypeError):
        written.save()


def test_anybody_reports_a_page_and_hears_what_was_done(people, client):
    address = reverse("report_new") + "?page=/requests/1/"
    assert client.get(address).status_code == 200
    client.post(address, {"why": "false", "text": "It is a fraud", "email": "reader@example.org"})
    made = Report.objects.get()
    assert {message.to[0] for message in mail.outbox} == {"mo@example.org"}
    client.force_login(people["mo"])
    decide = reverse("report_decide", args=[made.pk])
    assert "It is a fraud" in client.get(decide).content.decode()
    client.post(decide, {"outcome": "We took it down"})
    made.refresh_from_db()
    assert made.state == "settled" and mail.outbox[-1].to == ["reader@example.org"]
    assert "We took it down" in mail.outbox[-1].body
    with pytest.raises(ValidationError, match="settled"):
        reporting.settle(Report(pk=made.pk, state="open", why="false"), "Again", by=people["mo"])


@pytest.mark.parametrize("page", ["", "https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_only_pages_of_the_site_are_reported(page, client):
    assert client.get(reverse("report_new"), {"page": page}).status_code == 404


def test_an_eleventh_report_on_a_day_is_one_too_many(client):
    address = reverse("report_new") + "?page=/requests/1/"
    for _ in range(12):
        client.post(address, {"why": "other", "text": "x"})
    assert Report.objects.count() == 10
