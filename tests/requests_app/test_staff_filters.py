"""What staff narrow their lists to: where a request stands, whose a delivery is, with or without evidence."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from requests_app import deliveries, moderation, pledges
from requests_app.models import Request
from suppliers.models import Contract
from tests.conftest import make_request

pytestmark = pytest.mark.django_db


def listed(client, address, **chosen):
    return client.get(address, chosen).content.decode()


@pytest.fixture
def standing(group, supplier, people):
    """Requests by where they stand, the word in their title."""
    private = make_request(group, live=False, title="A private draft of ours")
    moderation.submit(make_request(group, live=False, title="A waiting one of ours"), by=people["alice"])
    make_request(group, title="An open one of ours")
    met, ended = make_request(group, 4, title="A met one of ours"), make_request(group, title="An ended one of ours")
    moderation.close(ended, "Not needed", by=people["alice"])
    shown = Request.objects.for_page().get(pk=met.pk)
    pledge = pledges.offer(shown, supplier, Decimal(4), by=people["sam"])
    pledges.accept(pledge, by=people["alice"])
    delivery = deliveries.claim(pledge, Decimal(4), timezone.localdate(), by=people["sam"], note="In one day")
    deliveries.confirm(delivery, by=people["alice"])
    return private


@pytest.mark.parametrize(
    ("chosen", "titles"),
    [("waits", {"waiting"}), ("open", {"open"}), ("met", {"met"}), ("ended", {"ended"})],
)
def test_requests_by_where_they_stand(chosen, titles, standing, people, client):
    client.force_login(people["mo"])
    page = listed(client, reverse(Request.snippet_viewset.get_url_name("list")), stands=chosen)
    seen = {word for word in ("private", "waiting", "open", "met", "ended") if f"{word} one of ours" in page}
    assert seen == titles and "private draft of ours" not in page


def test_what_is_not_public_is_what_a_moderator_may_read_of_it(standing, people, client):
    client.force_login(people["mo"])
    page = listed(client, reverse(Request.snippet_viewset.get_url_name("list")), stands="private")
    assert "waiting one of ours" in page and "open one of ours" not in page


def test_deliveries_by_contract_and_by_evidence(wanted, supplier, commitment, people, client):
    pledge = pledges.offer(wanted, supplier, Decimal(4), by=people["sam"], commitment=commitment)
    pledges.accept(pledge, by=people["alice"])
    deliveries.claim(pledge, Decimal(2), timezone.localdate(), by=people["sam"], note="Bare words")
    client.force_login(people["cara"])
    address = "/admin/deliveries/"
    assert "Paint our hall" in listed(client, address, contract=commitment.contract.reference.lower())
    assert "Paint our hall" not in listed(client, address, contract="no such contract")
    assert "Paint our hall" in listed(client, address, evidence="no")
    assert "Paint our hall" not in listed(client, address, evidence="yes")
    assert "Paint our hall" not in listed(client, address, manager="me")
    Contract.objects.update(manager=people["cara"])
    assert "Paint our hall" in listed(client, address, manager="me")
    assert "Paint our hall" in listed(client, address, manager=people["cara"].pk)
    assert "Paint our hall" not in listed(client, address, manager="nobody")
