"""What hosting costs: covered by one supplier, for the amount that was said, and said to have arrived once."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from mail.models import Message
from requests_app import hosting, pledges
from requests_app.forms.pledges import PledgeForm
from requests_app.models import Pledge, Request
from tests.conftest import make_organisation, make_request, make_user, markup

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outbox(settings):
    settings.EMAIL_BACKEND = "mail.outbox.OutboxBackend"


@pytest.fixture
def wanted(group):
    return make_request(group, 20, hosting_cost=Decimal("120.50"))


def offer(wanted, supplier, by, **options):
    return pledges.offer(Request.objects.for_page().get(pk=wanted.pk), supplier, 4, by=by, **options)


@pytest.fixture
def other():
    person = make_user("olga")
    return make_organisation("Other Ltd", "business", person), person


def body(kind):
    return " ".join(Message.objects.filter(kind=kind).latest("pk").content["body"].split())


def test_the_amount_stays_as_it_was_offered_and_arrives_once(client, wanted, supplier, people):
    made = offer(wanted, supplier, people["sam"], covers_hosting=True)
    assert "They cover what hosting costs too: £120.50" in body("pledge_offered")
    Request.objects.filter(pk=wanted.pk).update(hosting_cost=500)
    client.force_login(people["alice"])
    address = reverse("hosting_received", args=[made.pk])
    assert "no money was promised" in markup(client.post(address, follow=True))  # not accepted yet
    pledges.accept(made, by=people["alice"])
    assert "£120.50 by which you cover" in body("pledge_accepted")
    assert "It has arrived" in markup(client.get(made.get_absolute_url()))
    assert client.get(address).status_code == 405
    client.post(address)
    made.refresh_from_db()
    assert (made.hosting_amount, made.hosting_received_by) == (Decimal("120.50"), people["alice"])
    assert "£120.50" in body("hosting_received")
    with pytest.raises(ValidationError, match="said already"):
        hosting.received(made, by=people["bob"])
    client.force_login(people["sam"])
    assert "It arrived by" in markup(client.get(made.get_absolute_url()))
    client.logout()
    assert "which a supplier covers" in markup(client.get(wanted.get_absolute_url()))


def test_a_second_supplier_is_not_asked_for_it(wanted, supplier, people, other):
    firm, olga = other
    waiting = offer(wanted, firm, olga, covers_hosting=True)
    pledges.accept(offer(wanted, supplier, people["sam"], covers_hosting=True), by=people["alice"])
    pledges.accept(waiting, by=people["alice"])
    waiting.refresh_from_db()
    assert waiting.is_accepted and not waiting.covers_hosting
    assert "you owe them your help, and no money" in body("pledge_accepted")
    third = make_organisation("Third Ltd", "business", olga)
    with pytest.raises(ValidationError, match="covers this already"):
        offer(wanted, third, olga, covers_hosting=True)
    shown = Request.objects.for_page().get(pk=wanted.pk)
    assert "covers_hosting" not in PledgeForm(request=shown, supplier=third).fields
    with pytest.raises(IntegrityError), transaction.atomic():
        Pledge.objects.filter(pk=waiting.pk).update(hosting_amount=1)


def test_taken_back_it_is_open_to_others(wanted, supplier, people, other):
    made = offer(wanted, supplier, people["sam"], covers_hosting=True)
    pledges.accept(made, by=people["alice"])
    pledges.withdraw(made, "We moved", by=people["sam"])
    firm, olga = other
    assert offer(wanted, firm, olga, covers_hosting=True).covers_hosting


def test_a_request_without_such_a_cost_takes_none(group, supplier, people):
    with pytest.raises(ValidationError, match="no cost of hosting"):
        offer(make_request(group, 10), supplier, people["sam"], covers_hosting=True)


def test_only_the_group_says_that_it_arrived(client, wanted, supplier, people):
    made = offer(wanted, supplier, people["sam"], covers_hosting=True)
    pledges.accept(made, by=people["alice"])
    address = reverse("hosting_received", args=[made.pk])
    for key, status in (("sam", 403), ("tess", 404), ("charlie", 404)):
        client.force_login(people[key])
        assert client.post(address).status_code == status
    made.refresh_from_db()
    assert made.hosting_received_at is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Pledge.objects.filter(pk=made.pk).update(hosting_received_at=made.offered_at)
