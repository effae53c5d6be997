"""Rule 11: on 1 April 2027 what was Surrey's passes to East or West Surrey, and every figure adds up exactly."""

import json
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from marketplace import checks, succession
from places.models import Council, District, Passing
from records import figures
from requests_app import deliveries, pledges
from requests_app.models import Request, RequestTotals
from suppliers.models import Contract, LedgerEntry
from tests.conftest import make_commitment, make_request
from tests.marketplace.test_figures import County

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2027, 3, 31), date(2027, 4, 1)


@pytest.fixture
def county(group, supplier, people):
    with time_machine.travel("2027-02-01 12:00"):
        yield County(group, supplier, people)


def council(name):
    return Council.objects.get(name=name)


@pytest.fixture
def surrey(county):
    """Contracts in the east, in the west and county-wide, requests in both halves, and a delivery at every stage."""
    east = county.promise(100, reference="E-1", wording="East")
    east.delivery_area = "Redhill (RH1)"
    east.save()
    west = county.promise(80, reference="W-1", wording="West")
    west.delivery_area = "Woking and Guildford"
    west.save()
    county.promise(60, reference="X-1", wording="Everywhere")
    decided = county.promise(40, reference="D-1", wording="Decided")
    Contract.objects.filter(pk=decided.contract_id).update(passes_to=council("West Surrey Council"))
    over = county.promise(20, reference="O-1", wording="Over")
    Contract.objects.filter(pk=over.contract_id).update(end=date(2027, 3, 1))
    for name in ("Reigate and Banstead", "Woking"):
        county.request(10, district=District.objects.get(name=name), needed_by=date(2027, 9, 1))
    wanted = county.request(30, district=District.objects.get(name="Woking"), needed_by=date(2027, 9, 1))
    pledge = county.pledge(wanted, 20, west)
    county.deliver(pledge, 5, verify=True)
    county.deliver(pledge, 9, confirm=False)
    return county


def amounts(name, unit="hours"):
    """What a figure comes to for each council and for all."""
    of = {row.name.split()[0]: figures.value(name, unit=unit, council=row.pk) for row in Council.objects.all()}
    return {key: int(amount) for key, amount in of.items() if amount} | {"all": int(figures.value(name, unit=unit))}


def test_the_rehearsal_says_what_passes_where_proves_the_sums_and_changes_nothing(surrey):
    before = LedgerEntry.objects.count(), Passing.objects.count()
    out = StringIO()
    call_command("rehearse_succession", "--on", "2027-04-01", "--json", stdout=out)
    report = json.loads(out.getvalue())
    assert report["passes"]["contracts"] == {
        "East Surrey Council": 1, "West Surrey Council": 2, "to be decided": 1,
    }  # fmt: skip
    assert report["passes"]["requests"] == {"East Surrey Council": 1, "West Surrey Council": 2}
    assert report["undecided"] == ["contract X-1"]
    assert all(row["adds_up"] for row in report["sums"])
    (promised,) = [row for row in report["sums"] if row["figure"] == "promised"]
    assert promised["by_council"] == {
        "Surrey County Council": "80.00", "East Surrey Council": "100.00", "West Surrey Council": "120.00",
    }  # fmt: skip
    assert (LedgerEntry.objects.count(), Passing.objects.count()) == before


def test_nothing_passes_a_day_early_and_everything_on_the_day_and_once(surrey, client):
    with time_machine.travel("2027-03-31 23:30"):
        assert succession.today() == ""
        assert amounts("promised") == {"Surrey": 300, "all": 300}
    with time_machine.travel("2027-04-01 00:30"):
        assert "wait for a decision" in succession.today()
        entries = LedgerEntry.objects.count()
        assert succession.today() == ""
        assert LedgerEntry.objects.count() == entries
        assert amounts("promised") == {"Surrey": 80, "East": 100, "West": 120, "all": 300}
        assert amounts("claimed") == {"West": 14, "all": 14}
        assert amounts("verified") == {"West": 5, "all": 5}
        assert checks.differences()[1] == []
        contract = Contract.objects.get(reference="W-1")
        assert contract.council.name == "West Surrey Council"
        passing = Passing.objects.get(what="contract", number=contract.pk)
        assert (passing.on, passing.from_council.name) == (AFTER, "Surrey County Council")


def test_what_is_delivered_after_it_is_the_new_councils_and_what_came_before_stays_the_old_ones(surrey):
    west = council("West Surrey Council").pk
    old = council("Surrey County Council").pk
    with time_machine.travel("2027-04-02 12:00"):
        succession.today()
        pledge = RequestTotals.objects.get(request__quantity=30).request.pledges.get()
        delivery = deliveries.claim(pledge, Decimal(3), AFTER, by=surrey.sam)
        deliveries.confirm(delivery, by=surrey.alice)
        assert figures.value("arrived", unit="hours", council=old) == 5
        assert figures.value("arrived", unit="hours", council=west) == 3
        in_april = {"unit": "hours", "since": AFTER, "council": west}
        assert figures.value("claimed", **in_april) == 3
        assert checks.differences()[1] == []


def test_a_contract_that_somebody_decides_about_later_passes_then(surrey):
    with time_machine.travel("2027-04-03 12:00"):
        succession.today()
        assert Contract.objects.get(reference="X-1").council.name == "Surrey County Council"
        Contract.objects.filter(reference="X-1").update(passes_to=council("East Surrey Council"))
        succession.today()
        assert Contract.objects.get(reference="X-1").council.name == "East Surrey Council"
        assert amounts("promised") == {"Surrey": 20, "East": 160, "West": 120, "all": 300}


def test_a_request_made_after_the_day_is_the_new_councils_from_the_start(surrey, group):
    with time_machine.travel("2027-04-05 12:00"):
        made = make_request(group, district=District.objects.get(name="Woking"))
        assert RequestTotals.objects.get(request=made).council == council("West Surrey Council").pk


def test_addresses_stay(surrey, client, people):
    request = Request.objects.filter(live=True).first()
    contract = Contract.objects.get(reference="W-1")
    with time_machine.travel("2027-04-05 12:00"):
        succession.today()
        client.force_login(people["cara"])
        for address in (request.get_absolute_url(), contract.get_absolute_url()):
            assert client.get(address).status_code == 200
        page = client.get(reverse("figure", args=["promised"]), {"unit": "hours", "council": contract.council_id})
        assert "100 hours" in page.content.decode() or "120 hours" in page.content.decode()


def test_a_partner_authority_is_another_council_on_the_same_site(county):
    sussex = Council.objects.create(name="East Sussex County Council")
    commitment = make_commitment(county.supplier, 50, by=county.cara, reference="S-1")
    assert commitment.contract.council.name == "Surrey County Council"
    contract = Contract.objects.create(reference="S-2", title="Roads", supplier=county.supplier, council=sussex)
    assert contract.council == sussex
    made = make_commitment(county.supplier, 70, by=county.cara, reference="S-2")
    assert made.entries.get().council == sussex
    assert amounts("promised") == {"Surrey": 50, "East": 70, "all": 120}
    assert pledges.may_pledge(county.supplier, county.request()) == ""
