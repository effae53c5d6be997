"""Many deliveries at once: what is odd is left out, what it changes is shown first, and each stands by itself."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from organisations.models import Membership
from requests_app import deliveries, pledges
from requests_app.models import Delivery
from requests_app.staff import verifying, waiting
from suppliers.models import Commitment, Contract
from tests import once
from tests.conftest import make_request

pytestmark = pytest.mark.django_db
module_db, people, group, supplier, commitment, wanted = once.FIXTURES  # made once for all tests here
ADDRESS = "deliveries_verify"


@pytest.fixture(scope="module")
def confirmed(group, supplier, commitment, people):
    """36 deliveries of an hour, all confirmed by the group."""
    found = []
    for number in range(36):
        wanted = make_request(group, title=f"Need {number}", quantity=Decimal(2))
        pledge = pledges.offer(wanted, supplier, Decimal(2), by=people["sam"], commitment=commitment)
        pledges.accept(pledge, by=people["alice"])
        delivery = deliveries.claim(pledge, Decimal(2), timezone.localdate(), by=people["sam"], note="Ours")
        deliveries.confirm(delivery, by=people["alice"])
        found.append(delivery)
    return found


def test_thirty_six_are_verified_in_three_posts_and_none_before_they_were_shown(confirmed, people, client):
    client.force_login(people["cara"])
    page = client.get(reverse(ADDRESS)).content.decode()
    assert page.count("checked>") == 36
    chosen = {"delivery": [delivery.pk for delivery in confirmed]}
    shown = client.post(reverse(ADDRESS), chosen | {"preview": ""}).content.decode()
    assert "36 deliveries will be verified" in shown and "72 hours more" in shown
    assert not Delivery.objects.verified().exists()
    client.post(reverse(ADDRESS), chosen | {"verify": ""})
    assert Delivery.objects.verified().count() == 36
    assert "No delivery waits for you" in client.get(reverse(ADDRESS)).content.decode()


def test_what_is_odd_is_not_ticked(confirmed, supplier, commitment, group, people, client):
    Commitment.objects.filter(pk=commitment.pk).update(evidence_asked="Sign-in sheets")
    client.force_login(people["cara"])
    page = client.get(reverse(ADDRESS)).content.decode()
    assert "checked>" not in page and page.count("asks for evidence: Sign-in sheets") == 36


@pytest.mark.parametrize("change", ["corrected", "queried", "old"])
def test_each_kind_of_oddness_has_its_words(change, group, supplier, commitment, people):
    wanted = make_request(group, title="Odd", quantity=Decimal(9))
    pledge = pledges.offer(wanted, supplier, Decimal(9), by=people["sam"], commitment=commitment)
    pledges.accept(pledge, by=people["alice"])
    day = timezone.localdate() - timedelta(days=200 if change == "old" else 0)
    delivery = deliveries.claim(pledge, Decimal(8), day, by=people["sam"], note="Ours")
    if change == "corrected":
        deliveries.confirm(delivery, by=people["alice"], quantity=Decimal(5), reason="Five came.")
    else:
        deliveries.confirm(delivery, by=people["alice"])
    if change == "queried":
        deliveries.query(delivery, "Who came?", by=people["cara"])
        deliveries.answer(delivery, "Eight people.", by=people["sam"])
    (row,) = [row for row in verifying.rows_of(people["cara"]) if row.delivery.pk == delivery.pk]
    said = {"corrected": "confirmed 5 hours of 8 hours", "queried": "asked about it", "old": "long after"}[change]
    assert [mark for mark in row.marks if said in mark]


def test_what_moved_meanwhile_is_said_and_the_others_are_done(confirmed, people, client):
    client.force_login(people["cara"])
    first, second, *_ = confirmed
    deliveries.verify(Delivery.objects.get(pk=first.pk), by=people["cara"])
    client.post(reverse(ADDRESS), {"delivery": [first.pk, second.pk, "x", "99999999999"], "verify": ""})
    assert Delivery.objects.verified().count() == 2


def test_nothing_ticked_and_no_button_do_nothing(confirmed, people, client):
    client.force_login(people["cara"])
    assert "Tick the deliveries" in client.post(reverse(ADDRESS), {"preview": ""}).content.decode()
    assert client.post(reverse(ADDRESS), {"delivery": confirmed[0].pk}).status_code == 400
    client.force_login(people["pat"])
    assert client.post(reverse(ADDRESS), {"delivery": confirmed[0].pk, "verify": ""}).status_code in (302, 403)
    assert not Delivery.objects.verified().exists()


def test_another_managers_are_theirs_until_they_are_late(confirmed, commitment, people):
    Contract.objects.filter(pk=commitment.contract_id).update(manager=people["mo"])
    assert waiting.deliveries_of(people["cara"]) == []
    with time_machine.travel(timezone.now() + timedelta(days=30)):
        assert len(waiting.deliveries_of(people["cara"])) == 36
    Contract.objects.filter(pk=commitment.contract_id).update(manager=None)
    assert len(waiting.deliveries_of(people["cara"])) == 36


def test_whoever_belongs_to_a_side_is_not_asked(confirmed, supplier, people, settings):
    Membership.objects.create(organisation=supplier, user=people["cara"], admitted_at=timezone.now())
    assert waiting.deliveries_of(people["cara"]) == []
    settings.OWN_SIDE_MAY_DECIDE = True
    assert len(waiting.deliveries_of(people["cara"])) == 36
