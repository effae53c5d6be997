"""The pledge form as each kind of supplier sees it: none can be chosen, and nobody is asked in vain."""

import pytest
from django.urls import reverse

from requests_app.models import Pledge, Request
from tests.conftest import make_commitment, make_organisation, make_request

pytestmark = pytest.mark.django_db
NONE, WHICH, COUNTS = "None: we simply wish to help", "Which commitment does it count against?", "should it count for"


@pytest.fixture
def sam(people, client):
    client.force_login(people["sam"])
    return people["sam"]


def address(wanted, supplier):
    return reverse("pledge_new_as", args=[wanted.pk, supplier.pk])


def offered(wanted):
    pledge = Pledge.objects.get(request=wanted)
    return pledge.quantity, pledge.commitment, pledge.counts


def test_a_business_without_contracts_sees_only_what_concerns_it(wanted, supplier, sam, client):
    page = client.get(address(wanted, supplier)).content.decode()
    assert WHICH not in page and COUNTS not in page and NONE not in page
    assert client.post(address(wanted, supplier), {"quantity": "4"}).status_code == 302
    assert offered(wanted) == (4, None, None)


def test_none_can_be_chosen_and_is_not_chosen_in_silence(wanted, supplier, commitment, sam, client):
    page = client.get(address(wanted, supplier)).content.decode()
    assert NONE in page and COUNTS not in page
    refused = client.post(address(wanted, supplier), {"quantity": "4"}).content.decode()
    assert "Choose a commitment that it counts against, or none" in refused
    assert client.post(address(wanted, supplier), {"quantity": "4", "commitment": ""}).status_code == 302
    assert offered(wanted) == (4, None, None)


def test_one_in_the_same_unit_counts_as_it_is(wanted, supplier, commitment, sam, client):
    client.post(address(wanted, supplier), {"quantity": "1,5", "commitment": commitment.pk})
    assert offered(wanted) == (1.5, commitment, 1.5)


def test_one_in_another_unit_is_asked_what_it_counts_for(group, supplier, commitment, sam, client):
    wanted = Request.objects.for_page().get(pk=make_request(group, 4, unit="days").pk)
    page = client.get(address(wanted, supplier)).content.decode()
    assert COUNTS in page
    refused = client.post(address(wanted, supplier), {"quantity": "2", "commitment": commitment.pk}).content.decode()
    assert "Say how much this counts for in hours" in refused
    client.post(address(wanted, supplier), {"quantity": "2", "commitment": commitment.pk, "counts": "14"})
    assert offered(wanted) == (2, commitment, 14)


def test_somebody_elses_commitment_is_no_choice(wanted, supplier, commitment, sam, client):
    other = make_organisation("Other Ltd", "business")
    theirs = make_commitment(other, reference="C-2")
    answer = client.post(address(wanted, supplier), {"quantity": "4", "commitment": theirs.pk})
    assert answer.status_code == 200
    assert not Pledge.objects.exists()


def test_a_delivery_may_be_shared_with_none(wanted, supplier, commitment, people, sam, client):
    from requests_app import pledges

    make_commitment(supplier, 50, reference="C-2")
    pledge = pledges.offer(wanted, supplier, 4, by=people["sam"], commitment=commitment)
    pledges.accept(pledge, by=people["alice"])
    page = client.get(reverse("delivery_new", args=[pledge.pk])).content.decode()
    assert "No, all of it counts against this one" in page
