"""Promised and confirmed by outcome: every figure opens, and says in which version it is read."""

from decimal import Decimal

import pytest
from django.urls import reverse

from guidance.models import Outcome, SocialValueModel
from marketplace import outcomes
from requests_app import deliveries, pledges
from tests.conftest import make_commitment, make_request, markup

pytestmark = pytest.mark.django_db


def own(code):
    return Outcome.objects.get(model__is_councils_own=True, code=code)


@pytest.fixture
def recorded(wanted, supplier, people):
    """100 hours promised under our first priority, 4 confirmed; 50 places under O2 of 2020."""
    commitment = make_commitment(supplier, by=people["cara"])
    commitment.outcome = own("1")
    commitment.save()
    old = make_commitment(supplier, 50, "places", by=people["cara"], wording="Apprentices", reference="C-2")
    old.outcome = Outcome.objects.get(model__slug="central-2020", code="O2")
    old.save()
    pledge = pledges.offer(wanted, supplier, Decimal(4), by=people["sam"], commitment=commitment)
    pledges.accept(pledge, by=people["alice"])
    from django.utils import timezone

    delivery = deliveries.claim(pledge, Decimal(4), timezone.localdate(), by=people["sam"])
    deliveries.confirm(delivery, by=people["alice"])
    return commitment


def test_the_council_s_own_figures_stand_in_its_own_words(recorded, client):
    page = markup(client.get("/outcomes/"))
    table, _, left_out = page.partition("Left out, and why")
    assert "Every figure in this table was recorded in this version" in table
    assert "100 hours" in table
    assert "4 hours" in table
    assert "places" not in table
    assert "50 places" in left_out
    assert "is not a version of this model" in left_out


def test_an_old_figure_is_read_in_a_newer_version_and_says_so(recorded, client):
    page = client.get("/outcomes/?model=central-2025").content.decode()
    assert "read here through the mapping" in page
    for words in ("17 places", "16.5 places"):
        assert words in page
    in_its_own = markup(client.get("/outcomes/?model=central-2020"))
    assert "50 places" in in_its_own
    assert "Every figure in this table was recorded in this version" in in_its_own


def test_what_cannot_be_read_is_listed_with_its_reason(recorded, client):
    recorded.outcome = Outcome.objects.get(model__slug="central-2020", code="O8")
    recorded.save()
    page = client.get("/outcomes/?model=central-2025").content.decode()
    assert "Left out, and why" in page
    assert "No line of the later version takes it up" in page
    assert "100 hours" in page


def test_a_line_opens_to_its_commitments(recorded, client):
    page = client.get(f"/outcomes/{own('1').pk}/").content.decode()
    assert "C-1" in page
    assert "100 hours" in page
    assert "C-2" not in page


def test_requests_are_counted_only_once_they_were_public(group, client):
    make_request(group, outcome=own("2"))
    make_request(group, outcome=own("2"), live=False)
    rows, _, _ = outcomes.table(own("2").model)
    assert {row.line.code: row.requests for row in rows} == {"1": 0, "2": 1, "3": 0, "4": 0}


@pytest.mark.parametrize("asked", ["", "nothing", "central-2026", "\0", "x" * 300])
def test_an_unknown_or_unpublished_version_shows_our_own(asked, client):
    page = client.get("/outcomes/", {"model": asked}).content.decode()
    assert str(SocialValueModel.objects.get(is_councils_own=True)) in page
    assert "Good Jobs" not in page


def test_a_promise_under_no_outcome_is_not_forgotten(supplier, people, client):
    make_commitment(supplier, 7, by=people["cara"])
    page = client.get("/outcomes/").content.decode()
    assert "Promised, but under no outcome yet" in page
    address = reverse("figure", args=["promised"]) + "?unit=hours&amp;outcome=none"
    assert f'<a class="govuk-link" href="{address}">7 hours</a> promised' in page
    assert "7 hours" in client.get(address.replace("&amp;", "&")).content.decode()
