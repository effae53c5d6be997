"""Ways to reach somebody are noticed before they stand where others read, and before both sides are open."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from offers import asking
from organisations.models import Organisation
from requests_app import pledges
from requests_app.models import Pledge
from suppliers.models import SupplierProfile
from tests.offers.conftest import make_offer

pytestmark = pytest.mark.django_db
WAYS = ["Ring me: 01483 123456", "Write to me@example.org", "See www.example.org/me"]


@pytest.mark.parametrize("words", WAYS)
def test_nothing_personal_before_a_pledge_is_accepted(words, wanted, supplier, people):
    with pytest.raises(ValidationError, match="once the pledge is accepted"):
        pledges.offer(wanted, supplier, Decimal(1), by=people["sam"], message=words)
    assert not Pledge.objects.exists()
    pledges.offer(wanted, supplier, Decimal(1), by=people["sam"], message="We can come in May")


@pytest.mark.parametrize("words", WAYS)
def test_nothing_personal_while_somebody_asks_for_an_offer(words, group, supplier, people):
    offer = make_offer(supplier, people["sam"], people["mo"])
    with pytest.raises(ValidationError, match="once it is yours"):
        asking.ask(offer, group, Decimal(1), words, by=people["alice"])


@pytest.mark.parametrize("words", WAYS)
def test_what_an_organisation_and_a_supplier_say_of_themselves_holds_none(words, group, supplier, people, client):
    client.force_login(people["alice"])
    page = client.get(reverse("organisation_edit", args=[group.pk]))
    data = {name: value or "" for name, value in page.context["form"].initial.items()} | {"what_it_does": words}
    answer = client.post(reverse("organisation_edit", args=[group.pk]), data)
    assert "Take this out, as others will read it" in answer.content.decode()
    assert words not in Organisation.objects.get(pk=group.pk).what_it_does
    group.what_it_does = words
    with pytest.raises(ValidationError, match="as others will read it"):
        group.full_clean()  # so on the forms of staff too
    client.force_login(people["sam"])
    answer = client.post(reverse("supplier_profile", args=[supplier.pk]), {"can_offer": words})
    assert "Take this out, as others will read it" in answer.content.decode()
    assert not SupplierProfile.objects.filter(can_offer=words).exists()
