"""Kept cards: what is drawn from a row is what the request itself would give, and nothing that changed is shown old."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.template.loader import render_to_string
from django.utils import timezone

from organisations.models import Organisation
from requests_app import cards, deliveries, pledges, totals
from requests_app.models import Request
from tests.conftest import make_request

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("level", [2, 3])
@pytest.mark.parametrize("miles", [None, 0, 1.4])
@pytest.mark.parametrize(
    "fields",
    [
        {}, {"remote": True, "postcode": ""}, {"unit": "items", "unit_words": "chairs"}, {"unit": "pounds"},
        {"title": "<b>Chairs</b> & \u201ctables\u201d"}, {"kind": "money"}, {"outcode": None, "district": None},
        {"needed_by": timezone.localdate() + timedelta(days=3)},
    ],
)  # fmt: skip
def test_a_kept_card_is_the_card_of_its_request(fields, miles, level, group):
    request = make_request(group, **fields)
    shown = Request.objects.for_page().get(pk=request.pk)
    context = {"card": shown, "miles": miles, "level": level}
    found = cards.of([request.pk], {request.pk: miles} if miles is not None else {}, level)
    assert found == [render_to_string("requests_app/_card.html", context)]


def card(request):
    return " ".join(cards.of([request.pk])[0].split())


def test_every_change_makes_another_card(wanted, group, supplier, commitment, people):
    seen = [card(wanted)]
    Request.objects.filter(pk=wanted.pk).update(title="Another title")
    seen.append(card(wanted))
    pledge = pledges.offer(wanted, supplier, Decimal(4), by=people["sam"], commitment=commitment)
    pledges.accept(pledge, by=people["alice"])
    seen.append(card(wanted))
    assert "4 hours promised" in seen[-1]
    delivery = deliveries.claim(pledge, Decimal(3), timezone.localdate(), by=people["sam"], note="Ours")
    deliveries.confirm(delivery, by=people["alice"])
    seen.append(card(wanted))
    assert "3 hours arrived" in seen[-1]
    Organisation.objects.filter(pk=group.pk).update(name="Renamed")
    seen.append(card(wanted))
    Request.objects.filter(pk=wanted.pk).update(needed_by=timezone.localdate() + timedelta(days=20))
    totals.place(Request.objects.get(pk=wanted.pk))
    seen.append(card(wanted))
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        seen.append(card(wanted))
    assert len(set(seen)) == len(seen)


def test_cards_stand_in_the_order_asked_for_and_ask_once(group, django_assert_num_queries):
    numbers = [make_request(group, title=f"Need {n}").pk for n in range(5)]
    with django_assert_num_queries(1):
        found = cards.of([*reversed(numbers), 999999])
    assert ["Need 4" in found[0], "Need 0" in found[-1], len(found)] == [True, True, 5]


def test_the_search_form_keeps_nobodys_words(client, group):
    make_request(group, title="Chairs")
    first = client.get("/requests/?q=%3Cscript%3E1&postcode=XX").content.decode()
    assert "&lt;script&gt;1" in first and "Error:" in first
    again = client.get("/requests/?q=chairs").content.decode()
    assert "script&gt;1" not in again and 'value="chairs"' in again and "Error:" not in again


def test_a_new_district_is_offered_within_the_minute(client, group):
    from django.core.cache import caches

    from places.models import District

    assert "Newtown" not in client.get("/requests/").content.decode()
    District.objects.filter(pk=District.objects.first().pk).update(name="Newtown")
    caches["local"].clear()
    assert "Newtown" in client.get("/requests/").content.decode()
