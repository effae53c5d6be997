"""A contract's suppliers and its council change only where nothing in its ledger is left behind."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone

from places.models import Council
from records import figures
from requests_app import conversions, deliveries, pledges
from suppliers import commitments, contracts, ledger, succession
from suppliers.models import Commitment, Contract, ContractParty
from tests.conftest import make_organisation, markup

pytestmark = pytest.mark.django_db
HELD = "A pledge still holds part of what was promised here."


@pytest.fixture
def contract(commitment, supplier):
    return Contract.objects.get(pk=commitment.contract_id)


@pytest.fixture
def other(people):
    return make_organisation("Other Ltd", "business", people["charlie"])


@pytest.fixture
def pledge(commitment, wanted, supplier, people):
    return pledges.offer(wanted, supplier, Decimal(6), by=people["sam"], commitment=commitment)


def answers(contract, **changes):
    fields = {field.name: getattr(contract, field.attname) for field in Contract._meta.fields if field.editable}
    return {name: value for name, value in (fields | changes).items() if value not in (None, False)}


def test_a_supplier_stays_while_a_pledge_holds_something(contract, pledge, other, people, client):
    contract.supplier = other
    with pytest.raises(ValidationError, match=HELD):
        contracts.save(contract, by=people["cara"])
    client.force_login(people["cara"])
    address = reverse("contract:edit", args=[contract.pk])
    assert HELD in markup(client.post(address, answers(contract, supplier=other.pk)))
    assert Contract.objects.get(pk=contract.pk).supplier == pledge.supplier
    pledges.withdraw(pledge, "Not now", by=people["sam"])
    contracts.save(contract, by=people["cara"])
    assert Contract.objects.get(pk=contract.pk).supplier == other


def test_a_supplier_that_stays_as_one_of_several_may_be_named_second(contract, pledge, other, supplier):
    ContractParty.objects.create(contract=contract, organisation=supplier, name="Acme", role="lot")
    contract.supplier = other
    contracts.save(contract)
    assert Contract.objects.get(pk=contract.pk).supplier == other


def test_one_of_several_stays_while_a_pledge_holds_something(contract, commitment, wanted, other, people, client):
    party = ContractParty.objects.create(contract=contract, organisation=other, name="Other Ltd", role="lot")
    pledge = pledges.offer(wanted, other, Decimal(2), by=people["charlie"], commitment=commitment)
    with pytest.raises(ProtectedError), transaction.atomic():
        ContractParty.objects.filter(pk=party.pk).delete()
    client.force_login(people["cara"])
    client.post(reverse("contract_party:delete", args=[party.pk]))
    fields = {"contract": contract.pk, "name": "Other Ltd", "role": "lot", "lot": "", "organisation": ""}
    assert HELD in markup(client.post(reverse("contract_party:edit", args=[party.pk]), fields))
    assert ContractParty.objects.get().organisation == other
    pledges.withdraw(pledge, "Not now", by=people["charlie"])
    client.post(reverse("contract_party:delete", args=[party.pk]))
    assert not ContractParty.objects.exists()


def test_a_pledge_looks_at_the_suppliers_of_the_moment(contract, commitment, wanted, supplier, other, people):
    assert commitment.contract.supplier == supplier  # as a page read it a moment ago
    Contract.objects.filter(pk=contract.pk).update(supplier=other)
    with pytest.raises(ValidationError, match="one of your own"):
        pledges.offer(wanted, supplier, Decimal(1), by=people["sam"], commitment=commitment)


def test_a_council_entered_wrongly_is_corrected_with_its_accounts(contract, pledge, commitment, people, client):
    pledges.accept(pledge, by=people["alice"])
    delivery = deliveries.claim(pledge, Decimal(4), timezone.localdate(), by=people["sam"])
    deliveries.confirm(delivery, by=people["alice"])
    old, right = contract.council, Council.objects.exclude(pk=contract.council_id).first()
    client.force_login(people["cara"])
    client.post(reverse("contract:edit", args=[contract.pk]), answers(contract, council=right.pk))
    contract.refresh_from_db()
    assert contract.council == right
    today = {"since": timezone.localdate(), "until": timezone.localdate()}
    for name, amount in (("promised", 100), ("reserved", 2), ("claimed", 4), ("confirmed", 4)):
        for scope in ({}, today):
            scope = {"unit": "hours"} | scope
            assert figures.value(name, council=right.pk, **scope) == amount
            assert figures.value(name, council=old.pk if old else "none", **scope) == 0
            assert figures.value(name, **scope) == amount
    assert not ledger.differences()
    entry = commitment.entries.filter(account="confirmed").last()
    assert (entry.source, entry.confirmed_by, entry.by) == ("council", "group", people["cara"])


def test_a_council_is_corrected_after_a_count_was_refused_too(contract, pledge, commitment, people):
    pledges.accept(pledge, by=people["alice"])
    delivery = deliveries.claim(pledge, Decimal(4), timezone.localdate(), by=people["sam"])
    deliveries.confirm(delivery, by=people["alice"])
    conversions.refuse(pledge, by=people["cara"], reason="Another kind of help")
    contract.council = Council.objects.exclude(pk=contract.council_id).first()
    contracts.save(contract, by=people["cara"])
    assert figures.value("promised", unit="hours", council=contract.council_id) == 100
    assert figures.value("confirmed", unit="hours", council=contract.council_id) == 0
    assert not ledger.differences()


def test_what_an_earlier_council_had_stays_its_own_when_a_later_one_is_corrected(supplier, people):
    first, second, third = Council.objects.order_by("pk")[:3]
    award = timezone.localdate() - timedelta(days=400)
    contract = Contract.objects.create(
        reference="C-8", title="Roads", supplier=supplier, award_date=award, council=first, passes_to=second
    )
    commitments.make(Commitment(contract=contract, wording="x", unit="hours"), Decimal(50), by=people["cara"])
    passed_on = timezone.localdate() - timedelta(days=30)
    Council.objects.filter(pk=first.pk).update(valid_to=passed_on)
    contract = Contract.objects.select_related("council").get(pk=contract.pk)
    succession.pass_contract(contract, second, reason="Its council ended", by_words="The site")
    contract.council = third
    contracts.save(contract, by=people["cara"])

    def promised(day):
        return [figures.value("promised", unit="hours", council=c.pk, until=day) for c in (first, second, third)]

    assert promised(passed_on - timedelta(days=1)) == [50, 0, 0]
    assert promised(timezone.localdate()) == [0, 0, 50]


def test_a_page_opened_before_a_succession_does_not_take_the_contract_back(contract, commitment, people, client):
    old, new = contract.council, Council.objects.exclude(pk=contract.council_id).first()
    page = answers(contract, title="Roads and bridges")
    Council.objects.filter(pk=old.pk).update(valid_to=timezone.localdate() - timedelta(days=1))
    kept = Contract.objects.select_related("council").get(pk=contract.pk)
    succession.pass_contract(kept, new, reason="Its council ended", by_words="The site")
    client.force_login(people["cara"])
    client.post(reverse("contract:edit", args=[contract.pk]), page)
    contract.refresh_from_db()
    assert (contract.title, contract.council) == ("Roads and bridges", new)


def test_a_limit_that_was_read_follows_the_wording_and_one_that_was_entered_stays(contract, people):
    made = Commitment(contract=contract, wording="Awards of up to £500", unit="pounds")
    commitments.make(made, Decimal(5000), by=people["cara"])
    for wording, most in (("Awards of up to £1,000", 1000), ("A fund for groups", None), ("Awards of up to £50", 50)):
        made.wording = wording
        commitments.change(made)
        assert Commitment.objects.get(pk=made.pk).most_each == most
    made.most_each, made.wording = Decimal(70), "Awards of up to £90"
    commitments.change(made)
    assert Commitment.objects.get(pk=made.pk).most_each == 70
