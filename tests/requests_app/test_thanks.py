"""Thanks: its supplier reads them always, everybody only with consent, and never with a way to reach somebody."""

import io
from decimal import Decimal

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from organisations.models import User
from requests_app import deliveries, links, pledges
from requests_app.models import Delivery, Request, Thanks
from tests.conftest import make_user

pytestmark = pytest.mark.django_db
WORDS = "The hall is dry at last"


def photo():
    out = io.BytesIO()
    Image.new("RGB", (800, 600), "green").save(out, "JPEG")
    return SimpleUploadedFile("hall.jpg", out.getvalue(), "image/jpeg")


@pytest.fixture
def delivery(wanted, supplier, people):
    pledge = pledges.offer(Request.objects.for_page().get(pk=wanted.pk), supplier, Decimal(4), by=people["sam"])
    pledges.accept(pledge, by=people["alice"])
    return deliveries.claim(pledge, Decimal(4), timezone.localdate(), by=people["sam"])


def answer(client, delivery, **more):
    address = reverse("delivery_confirm", args=[delivery.pk])
    return client.post(address, {"answer": "yes", "seen": "4.00", "thanks": WORDS, **more})


def page(client, delivery):
    return client.get(delivery.pledge.request.get_absolute_url()).content.decode()


def test_its_supplier_reads_it_and_nobody_else_without_consent(delivery, people, client):
    client.force_login(people["alice"])
    answer(client, delivery)
    assert WORDS in mail.outbox[-1].body or any(WORDS in message.body for message in mail.outbox)
    assert WORDS not in page(client, delivery)
    client.force_login(people["sam"])
    assert WORDS in client.get(delivery.get_absolute_url()).content.decode()


def test_with_consent_everybody_reads_and_sees_it_until_it_is_taken_back(delivery, people, client):
    client.force_login(people["alice"])
    answer(client, delivery, may_be_shown="on", photo=photo())
    given = Thanks.objects.get()
    picture = reverse("picture", args=[given.photo_id])
    client.logout()
    assert WORDS in page(client, delivery) and picture in page(client, delivery)
    assert client.get(picture)["Content-Type"] == "image/jpeg"
    assert WORDS in client.get("/").content.decode()
    client.force_login(people["alice"])
    client.post(reverse("thanks_hide", args=[delivery.pk]))
    client.force_login(make_user("stranger"))
    assert WORDS not in page(client, delivery) and client.get(picture).status_code == 404
    client.force_login(people["sam"])
    assert client.get(picture).status_code == 200


def test_the_link_of_the_mail_takes_thanks_too(delivery, client):
    path = reverse("delivery_by_link", args=[links.make(delivery, User.objects.get(email="alice@example.org"))])
    client.post(path, {"answer": "yes", "seen": "4.00", "thanks": WORDS, "photo": photo()})
    given = Thanks.objects.get()
    assert (given.words, given.may_be_shown, given.photo.is_picture) == (WORDS, False, True)


@pytest.mark.parametrize(
    "more",
    [
        {"thanks": "Ring 01483 222333", "may_be_shown": "on"},
        {"thanks": "x" * 301},
        {"photo": SimpleUploadedFile("a.jpg", b"#!/bin/sh")},
        {"photo": SimpleUploadedFile("a.svg", b"<svg onload=alert(1)>")},
    ],
)
def test_what_is_refused_confirms_nothing_and_keeps_what_was_typed(more, delivery, people, client):
    client.force_login(people["alice"])
    page = answer(client, delivery, **more).content.decode()
    assert "There is a problem" in page and more.get("thanks", WORDS) in page
    assert Delivery.objects.get().state == "claimed" and not Thanks.objects.exists()


def test_a_dispute_thanks_nobody(delivery, people, client):
    client.force_login(people["alice"])
    address = reverse("delivery_confirm", args=[delivery.pk])
    client.post(address, {"answer": "no", "reason": "Nothing came", "seen": "4.00", "thanks": WORDS})
    assert Delivery.objects.get().state == "disputed" and not Thanks.objects.exists()


def test_thanks_say_something(delivery):
    with pytest.raises(IntegrityError), transaction.atomic():
        Thanks.objects.create(delivery=delivery, at=timezone.now())


def test_the_supplier_can_not_hide_it(delivery, people, client):
    client.force_login(people["alice"])
    answer(client, delivery, may_be_shown="on")
    client.force_login(people["sam"])
    assert client.post(reverse("thanks_hide", args=[delivery.pk])).status_code == 403
