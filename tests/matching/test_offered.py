"""A business without contracts finds what is near it and what it offers."""

import pytest
from django.urls import reverse

from matching.ranking import offered
from requests_app import moderation
from suppliers.models import SupplierProfile
from tests.conftest import make_organisation, make_request, markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def requests(people):
    """Near Reigate: a hall to paint and books to keep; from anywhere: a website; in Farnham: a fence to paint."""
    near = make_organisation("Reigate Club", "vcse", people["alice"], outcode="RH2", charity_number="1234567")
    far = make_organisation("Farnham Club", "vcse", people["bob"], outcode="GU9", charity_number="7654321")
    return {
        "hall": make_request(near, title="Paint our hall", postcode="RH2", remote=False),
        "books": make_request(near, title="Keep our accounts", postcode="RH2", remote=False),
        "site": make_request(near, title="Make our website", remote=True),
        "fence": make_request(far, title="Paint our fence", postcode="GU9", remote=False),
    }


def found(supplier, requests):
    names = {request.pk: name for name, request in requests.items()}
    return [names[fit.request] for fit in offered.for_supplier(supplier)]


def test_what_it_says_it_offers_comes_first_and_what_is_too_far_not_at_all(supplier, requests):
    profile = SupplierProfile(organisation=supplier, can_offer="We paint, and run a website")
    profile.save()
    assert set(found(supplier, requests)) == {"hall", "site"}
    profile.travels_miles = 60
    profile.save()
    assert set(found(supplier, requests)) == {"hall", "site", "fence"}


def test_without_a_word_the_nearest_comes(supplier, requests):
    assert set(found(supplier, requests)) == {"hall", "books", "site"}


def test_what_is_closed_or_ones_own_is_not_shown(supplier, requests, people):
    moderation.close(requests["hall"], "Done", by=people["alice"])
    assert "hall" not in found(supplier, requests)
    assert offered.for_supplier(requests["books"].organisation) == [] or "books" not in found(
        requests["books"].organisation, requests
    )


def test_it_stands_on_the_page_of_matches(supplier, requests, people, client):
    SupplierProfile.objects.update_or_create(organisation=supplier, defaults={"can_offer": "Somebody to paint"})
    client.force_login(people["sam"])
    page = markup(client.get(reverse("matches")))
    assert "Paint our hall" in page
    assert "You both say: paint" in page
    assert "Keep our accounts" not in page
