"""Where help arrived: what groups confirmed in each district, on a map with its table beside it."""

from decimal import Decimal

import pytest
from django.core.cache import caches
from django.utils import timezone

from reports import districts
from requests_app import deliveries, pledges
from requests_app.models import Request
from tests.conftest import make_request, markup

pytestmark = pytest.mark.django_db


def deliver(request, supplier, people, quantity, confirms=True):
    request = Request.objects.for_page().get(pk=request.pk)
    pledge = pledges.offer(request, supplier, Decimal(quantity), by=people["sam"])
    pledges.accept(pledge, by=people["alice"])
    delivery = deliveries.claim(pledge, Decimal(quantity), timezone.localdate(), by=people["sam"])
    if confirms:
        deliveries.confirm(delivery, by=people["alice"])
    return delivery


def test_what_arrived_is_told_by_district_and_unit(group, supplier, people, client):
    here = make_request(group, 9)
    deliver(here, supplier, people, 3)
    deliver(here, supplier, people, 2, confirms=False)  # claimed alone
    deliver(make_request(group, 4, title="Chairs", unit="items", kind="goods"), supplier, people, 4)
    deliver(make_request(group, 5, title="By telephone", remote=True, outcode=None, district=None), supplier, people, 5)
    verified = deliver(make_request(group, 6, title="Once more"), supplier, people, 6)
    deliveries.verify(verified, by=people["cara"], quantity=Decimal(1), reason="One sheet")
    nothing = deliver(make_request(group, 6, title="Twice"), supplier, people, 6)
    deliveries.verify(nothing, by=people["cara"], quantity=Decimal(0), reason="No sheet")
    delivered = districts.delivered()
    found = {each.name: (each.deliveries, tuple(one.words for one in each.amounts)) for each in delivered}
    assert found == {
        "Reigate and Banstead": (3, ("4 hours", "4 items")),
        districts.ANYWHERE: (1, ("5 hours",)),
    }
    caches["local"].clear()
    page = markup(client.get("/delivered/"))
    assert "Where help arrived" in page and "3 confirmed deliveries" in page
    for one in (one for each in delivered for one in each.amounts):
        assert f'<h1 class="govuk-heading-l">{one.words}</h1>' in markup(client.get(one.address)), one
    assert client.get("/figures/arrived/?unit=hours&district=999999").status_code == 404


def test_nothing_is_drawn_where_nothing_arrived(wanted, client):
    caches["local"].clear()
    assert "Where help arrived" not in markup(client.get("/delivered/"))
