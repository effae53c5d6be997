"""Certificates: a buyer checks what stands today, by a code that nobody can guess."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from reports import certificates
from requests_app import deliveries, pledges
from requests_app.models import Request
from tests.conftest import make_organisation, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def delivery(wanted, supplier, people):
    pledge = pledges.offer(Request.objects.for_page().get(pk=wanted.pk), supplier, Decimal(4), by=people["sam"])
    pledges.accept(pledge, by=people["alice"])
    return deliveries.claim(pledge, Decimal(4), timezone.localdate(), by=people["sam"])


def test_the_paper_and_its_page_say_what_is_confirmed_today(delivery, people, client):
    client.force_login(people["sam"])
    file = reverse("certificate_file", args=[delivery.pk])
    assert client.get(file).status_code == 404  # nothing is confirmed yet
    deliveries.confirm(delivery, quantity=Decimal(3), reason="One was missing", by=people["alice"])
    answer = client.get(file)
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    client.logout()
    page = client.get(reverse("certificate", args=[certificates.code_of(delivery)])).content.decode()
    assert "3 hours" in page and "Not yet" in page and "@" not in page.split("<main")[1].split("</main")[0]
    deliveries.verify(delivery, by=people["cara"])
    page = client.get(reverse("certificate", args=[certificates.code_of(delivery)])).content.decode()
    assert "Not yet" not in page


def test_no_code_is_guessed(delivery, people, client):
    deliveries.confirm(delivery, by=people["alice"])
    code = certificates.code_of(delivery)
    number, digest = code.split("-")
    assert certificates.find(f" {code.lower()} ") == delivery
    for wrong in (number, f"{number}-", f"{number}-{'0' * 10}", f"{int(number) + 1}-{digest}", f"-{digest}", "x",
                  "9" * 40 + f"-{digest}", f"{number}-{digest}0", "²-" + digest):  # fmt: skip
        assert certificates.find(wrong) is None
        assert client.get(reverse("certificate", args=[wrong])).status_code == 404


def test_it_is_for_the_two_sides_and_the_council(delivery, people, client):
    deliveries.confirm(delivery, by=people["alice"])
    file = reverse("certificate_file", args=[delivery.pk])
    for who, status in (("sam", 200), ("alice", 200), ("cara", 200), ("charlie", 404)):
        client.force_login(people[who])
        assert client.get(file).status_code == status


def test_the_public_page_of_a_supplier_says_what_was_confirmed_and_shows_nobody(delivery, supplier, people, client):
    address = reverse("organisation_public", args=[supplier.pk])
    assert "4 hours" not in client.get(address).content.decode()
    deliveries.confirm(delivery, by=people["alice"])
    page = client.get(address).content.decode()
    assert "1 of its deliveries was confirmed by" in page and "4 hours" in page
    for secret in ("sam@example.org", supplier.contact_email, people["sam"].name):
        assert secret not in page.split("<main")[1]


@pytest.mark.parametrize("state", ["waiting", "refused", "closed"])
def test_only_an_approved_organisation_has_a_public_page(state, client):
    hidden = make_organisation("Hidden", "business", make_user("hidden"), state=state)
    assert client.get(reverse("organisation_public", args=[hidden.pk])).status_code == 404
