"""The list's copy of a request: whose council it stands with, and when a change asks for less than was accepted."""

from decimal import Decimal

import pytest

from places.models import Council, District
from requests_app import pledges, totals
from requests_app.models import Request, RequestTotals
from tests.conftest import make_request

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("before", "after", "accepted", "is_lowered"),
    [(10, 7, 8, True), (10, 8, 8, False), (10, 9, 8, False), (8, 8, 8, False), (7, 7, 8, False), (6, 7, 8, False),
     (10, 12, 8, False)],
)  # fmt: skip
def test_a_change_that_asks_for_less_than_was_accepted_says_so(wanted, before, after, accepted, is_lowered):
    RequestTotals.objects.filter(request=wanted).update(quantity=before, asked=max(before, accepted), accepted=accepted)
    request = Request.objects.get(pk=wanted.pk)
    request.quantity = Decimal(after)
    assert totals.place(request) is is_lowered


def test_a_request_stands_with_the_council_of_its_place_or_of_its_group(group):
    own = District.objects.exclude(pk=group.district_id).first()
    here = make_request(group, live=False, title="Here", district=own)
    totals.place(here)
    elsewhere = make_request(group, live=False, title="Anywhere", district=None, outcode=None)
    totals.place(elsewhere)
    councils = dict(RequestTotals.objects.values_list("request", "council"))
    assert councils[here.pk] == councils[elsewhere.pk] == Council.objects.get(name__startswith="Surrey").pk


def test_without_a_place_it_stands_with_the_council_of_its_groups_district(group):
    other = Council.objects.create(name="Another Council")
    District.objects.filter(pk=group.district_id).update(council=other)
    request = make_request(group, live=False, title="Anywhere", district=None, outcode=None)
    totals.place(Request.objects.get(pk=request.pk))
    assert RequestTotals.objects.get(request=request).council == other.pk


def test_a_kept_quantity_of_a_public_request_is_compared_with_the_request_itself(wanted, group):
    assert totals.differences() == []
    Request.objects.filter(pk=wanted.pk).update(quantity=11)
    assert [row[1:] for row in totals.differences()] == [("quantity", 10, 11), ("asked", 10, 11)]
    Request.objects.filter(pk=wanted.pk).update(live=False)  # what is changed behind a request that is not public
    assert totals.differences() == []
    Request.objects.filter(pk=wanted.pk).update(live=True)
    RequestTotals.objects.filter(request=wanted).update(published_at=None)
    assert totals.differences() == []


def test_what_is_wanted_no_more_leaves_the_list_as_soon_as_it_is_accepted(wanted, supplier, people):
    pledge = pledges.offer(wanted, supplier, Decimal(10), by=people["sam"])
    assert RequestTotals.objects.get(request=wanted).listed
    pledges.accept(pledge, by=people["alice"])
    assert not RequestTotals.objects.get(request=wanted).listed
