"""An offer of the supplier, public, from which the group asks."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from offers import offering
from offers.models import Offer


def make_offer(supplier, by, moderator=None, **said):
    """An Offer as a supplier writes it; public where a moderator is given."""
    said = {
        "kind": "goods", "title": "Twenty office chairs", "description": "Hardly used, to be fetched in Woking",
        "quantity": Decimal(20), "unit": "items", "unit_words": "chairs", "postcode": "GU21 6XR",
        "until": timezone.localdate() + timedelta(days=60), **said,
    }  # fmt: skip
    offer = Offer(supplier=supplier, **said)
    offer.clean()
    offering.keep(offer, by=by)
    if moderator:
        offering.submit(offer, by=by)
        offering.publish(offer, by=moderator)
    return Offer.objects.for_page().get(pk=offer.pk)


@pytest.fixture
def draft(supplier, people):
    return make_offer(supplier, people["sam"])


@pytest.fixture
def offer(supplier, people):
    return make_offer(supplier, people["sam"], people["mo"])
