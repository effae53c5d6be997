"""Each figure has one definition, opens to what adds up to it, and comes to the same a second way (rule 19)."""

import json
from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from guidance.models import Outcome
from marketplace import checks, figures, outcomes
from marketplace.feeds import whole
from organisations.models import User
from records import figures as registry
from requests_app import conversions, deliveries, pledges
from requests_app.models import Request, RequestTotals
from suppliers import commitments, plans, sums
from suppliers.models import Commitment, CommitmentBalance, Contract
from tests.conftest import collapsed, make_commitment, make_request
from vocabulary.models import Need
from vocabulary.quantities import rounded_in
from vocabulary.units import Unit, say_quantity

pytestmark = pytest.mark.django_db

STORY = {"promised": "1 described in words", "left": "1 described in words"}


class County:
    """Requests, pledges and deliveries of every kind that a figure could count wrongly."""

    def __init__(self, group, supplier, people):
        self.group, self.supplier, self.people = group, supplier, people
        self.alice, self.sam, self.cara = (people[name] for name in ("alice", "sam", "cara"))

    def request(self, quantity=10, **fields):
        return Request.objects.for_page().get(pk=make_request(self.group, quantity, **fields).pk)

    def promise(self, quantity=100, reference="C-1", **fields):
        made = make_commitment(self.supplier, quantity, by=self.cara, reference=reference, **fields)
        return Commitment.objects.select_related("contract", "balance").get(pk=made.pk)

    def pledge(self, request, quantity, commitment=None, **fields):
        pledge = pledges.offer(request, self.supplier, Decimal(quantity), by=self.sam, commitment=commitment, **fields)
        pledges.accept(pledge, by=self.alice)
        return pledge

    def deliver(self, pledge, quantity, verify=False, confirm=True, **fields):
        delivery = deliveries.claim(pledge, Decimal(quantity), timezone.localdate(), by=self.sam, **fields)
        if confirm:
            deliveries.confirm(delivery, by=self.alice)
        if verify:
            deliveries.verify(delivery, by=self.cara)
        return delivery


@pytest.fixture
def county(group, supplier, people):
    return County(group, supplier, people)


@pytest.fixture
def busy(county):
    """A county in which every account holds something."""
    hours, small = county.promise(), county.promise(5, wording="Small")
    Commitment.objects.filter(pk=small.pk).update(need=Need.objects.first())
    county.deliver(county.pledge(county.request(), 8, hours), 3, verify=True)
    county.deliver(county.pledge(county.request(), 5, small), 9, verify=True)
    county.deliver(county.pledge(county.request(4), 4), 4)
    county.deliver(county.pledge(county.request(), 6, hours), 2, confirm=False)
    today = timezone.localdate()
    lines = [(today + timedelta(days=10), Decimal(40)), (today + timedelta(days=99), Decimal(100))]
    plans.write(hours, lines, by=county.cara, reason="Agreed", starts_on=today - timedelta(days=30))
    days = county.request(5, unit="days")
    county.pledge(days, 2, hours, counts=Decimal(14))
    withdrawn = county.promise(30, wording="Given up")
    county.deliver(county.pledge(county.request(), 4, withdrawn), 1)
    commitments.withdraw(withdrawn, "Sold", by=county.cara)
    over = county.promise(20, reference="C-2", wording="Over")
    Contract.objects.filter(pk=over.contract_id).update(end=timezone.localdate() - timedelta(days=1))
    to_come = county.promise(7, reference="C-3", wording="To come")
    Contract.objects.filter(pk=to_come.contract_id).update(start=timezone.localdate() + timedelta(days=1))
    county.promise(1, wording="A story", unit="narrative")
    return county


def test_every_figure_is_the_sum_of_the_entries_it_opens_to(busy, client):
    seen = set()
    for figure in registry.every():
        for unit in Unit.values if "unit" in figure.narrowed_by else [""]:
            scope = {"unit": unit} if unit else {}
            amount = figure.value(**scope)
            assert sum(entry.amount for entry in figure.entries(**scope)[:]) == amount, (figure.name, unit)
            if not amount:
                continue
            seen.add(figure.name)
            client.force_login(User.objects.get(pk=busy.cara.pk))
            page = client.get(reverse("figure", args=[figure.name]), scope).content.decode()
            said = say_quantity(rounded_in(Unit.HOURS, amount), unit) if unit else str(amount)
            said = STORY[figure.name] if unit == Unit.NARRATIVE else said
            assert f'<h1 class="govuk-heading-l">{said}</h1>' in page, figure.name
    assert seen == {figure.name for figure in registry.every()}, "the county leaves a figure at nothing"


def test_check_figures_agrees_and_says_what_was_tampered_with(busy):
    out = StringIO()
    call_command("check_figures", "--json", stdout=out)
    answer = json.loads(out.getvalue())
    assert answer["differences"] == []
    assert answer["checked"] > 20
    CommitmentBalance.objects.filter(claimed__gt=0).update(verified=0)
    out = StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("check_figures", "--json", stdout=out)
    assert stop.value.code == 1
    assert "verified" in {row["figure"] for row in json.loads(out.getvalue())["differences"]}


@pytest.mark.parametrize(("column", "value", "figure"), [("confirmed", 99, "met"), ("listed", False, "open")])
def test_check_figures_sees_a_request_that_was_tampered_with(county, column, value, figure):
    county.request()
    RequestTotals.objects.update(**{column: value})
    found = {row["figure"] for row in checks.differences()[1]}
    assert found & {figure, column}


def test_met_and_still_looking_is_never_true_of_one_request(county, client):
    request = county.request(10)
    county.deliver(county.pledge(request, 2), 10)
    totals = RequestTotals.objects.get(request=request)
    assert (totals.still_needs, totals.fulfilled, totals.listed) == (0, True, False)
    assert (figures.count().open, figures.count().met) == (0, 1)
    refusal = pledges.may_pledge(county.supplier, Request.objects.for_page().get(pk=request.pk))
    assert refusal.startswith("Enough has been accepted")
    for show, is_shown in (("", False), ("met", True), ("all", True)):
        page = client.get(reverse("requests"), {"show": show}).content.decode()
        assert (request.title in page) is is_shown


def test_what_was_asked_follows_the_request_and_never_sticks(county, people):
    request = county.request(20)
    pledge = county.pledge(request, 10)
    request.quantity = Decimal(8)
    request.save_revision(user=people["alice"]).publish()
    totals = RequestTotals.objects.get(request=request)
    assert (totals.asked, totals.quantity, totals.accepted, totals.still_needs) == (10, 8, 10, 0)
    pledges.withdraw(pledge, "Too much", by=county.sam)
    totals.refresh_from_db()
    assert (totals.asked, totals.still_needs, totals.listed) == (8, 8, True)


def test_a_withdrawn_commitment_is_said_to_be_so_and_what_came_counts_for_ever(county, client, people):
    commitment = county.promise()
    county.deliver(county.pledge(county.request(), 10, commitment), 10, verify=True)
    commitments.withdraw(commitment, "The firm was sold", by=county.cara)
    of_hours = {name: registry.value(name, unit="hours") for name in ("promised", "withdrawn", "left", "verified")}
    assert of_hours == {"promised": 100, "withdrawn": 90, "left": 0, "verified": 10}
    assert registry.value("arrived", unit="hours") == 10
    entry = commitment.entries.get(account="withdrawn")
    assert (entry.amount, entry.reason, entry.source) == (90, "The firm was sold", "withdrawal")
    said = f"Withdrawn on {timezone.localdate():%-d %B %Y}: The firm was sold"
    client.force_login(people["sam"])
    for address in (
        commitment.get_absolute_url(), commitment.contract.get_absolute_url(), reverse("commitments"),
        reverse("commitment_account", args=[commitment.pk]), reverse("dashboard"),
    ):  # fmt: skip
        assert said in collapsed(client.get(address).content.decode()), address
    commitment.refresh_from_db()
    commitments.reinstate(commitment, "Bought back", by=county.cara)
    assert registry.value("left", unit="hours") == 90
    assert sum(row.amount for row in commitment.entries.filter(account="withdrawn")) == 0


def test_the_rest_of_a_contract_that_is_over_is_not_left(county):
    commitment = county.promise(50)
    Contract.objects.update(end=timezone.localdate() - timedelta(days=1))
    assert (registry.value("left", unit="hours"), registry.value("ended", unit="hours")) == (0, 50)
    assert commitment.pk not in Commitment.objects.left_on(timezone.localdate()).values_list("pk", flat=True)


def test_what_groups_confirmed_counts_help_without_a_contract_and_surplus(county):
    county.deliver(county.pledge(county.request(), 10), 10)
    county.deliver(county.pledge(county.request(), 10, county.promise(10)), 14)
    assert registry.value("arrived", unit="hours") == 24
    assert registry.value("confirmed", unit="hours") == 10


def test_a_request_that_was_taken_down_counts_nowhere(county):
    outcome = Outcome.objects.filter(model__is_councils_own=True, level=Outcome.Level.OUTCOME).first()
    for _ in range(2):
        county.request(outcome=outcome)
    Request.objects.first().unpublish()
    assert figures.count().posted == 1
    rows, _, _ = outcomes.table(outcome.model)
    assert sum(row.requests for row in rows) == 1


def test_narratives_are_counted_and_pounds_have_no_or_two_places(county, client):
    for _ in range(3):
        county.promise(1, unit="narrative")
    (row,) = [row for row in outcomes.unplaced() if row.unit == "narrative"]
    assert (row.promised, row.claimed) == ("3 described in words", "0 of 3 done")
    promise = Commitment.objects.filter(unit="narrative").first()
    commitments.withdraw(promise, "Given up", by=county.cara)
    (row,) = [row for row in sums.by_unit() if row.unit == "narrative"]
    assert {row.withdrawn, row.left, row.confirmed} == {
        "1 described in words", "2 described in words", "0 of 3 done"
    }  # fmt: skip
    page = client.get(reverse("figure", args=["withdrawn"]), {"unit": "narrative"}).content.decode()
    assert ">1 described in words</h1>" in page
    assert "?unit=narrative" in client.get(reverse("figures")).content.decode()
    said = [say_quantity(Decimal(amount), Unit.POUNDS) for amount in ("10.5", "1234.5", "1200", "-3.25")]
    assert said == ["£10.50", "£1,234.50", "£1,200", "-£3.25"]
    assert say_quantity(Decimal("1234.5"), Unit.POUNDS_IN_KIND) == "£1,234.50 in kind"


@pytest.mark.parametrize(("value", "said"), [("2.5", "3"), ("1.5", "2"), ("0.49", "0"), ("1234.5", "1,235")])
def test_live_hours_round_halves_up(value, said):
    assert whole(Decimal(value)) == said


@pytest.mark.parametrize("asked", [{"outcome": "999999"}, {"council": "x"}, {"since": "soon"}, {"unit": "miles"}])
def test_a_figure_narrowed_to_nothing_that_there_is_is_not_found(county, client, asked):
    county.promise()
    address = reverse("figure", args=["claimed"])
    assert client.get(address, {"unit": "hours"} | asked).status_code == 404
    assert client.get(address, {"unit": "hours", "outcome": "none"}).status_code == 200


def test_a_quarter_is_asked_for_in_the_address(county, client):
    county.deliver(county.pledge(county.request(), 10, county.promise()), 6)
    today = timezone.localdate()
    address = reverse("figure", args=["claimed"])
    inside = client.get(address, {"unit": "hours", "since": today, "until": today}).content.decode()
    assert ">6 hours</h1>" in inside
    before = client.get(address, {"unit": "hours", "until": today - timedelta(days=1)}).content.decode()
    assert ">0 hours</h1>" in before


def test_the_public_account_of_a_commitment_names_nobody_and_nothing_that_waits(county, client):
    commitment = county.promise()
    county.deliver(county.pledge(county.request(), 8, commitment), 3)
    waiting = pledges.offer(county.request(), county.supplier, Decimal(7), by=county.sam, commitment=commitment)
    page = client.get(reverse("commitment_account", args=[commitment.pk])).content.decode()
    assert "+3" in page
    for hidden in ("Reserved", "To be agreed", county.sam.name, county.cara.name, waiting.request.title, "Pledged"):
        assert hidden not in page


@pytest.mark.parametrize("given", [(300,), (1,) * 9 + (3,) * 97, (299, 1)])
def test_in_however_many_parts_a_pledge_counts_for_what_was_agreed(county, given):
    commitment, today = county.promise(10), timezone.localdate()
    pledge = county.pledge(county.request(300, unit="items", kind="goods"), 300, commitment, counts=Decimal(2))
    conversions.agree(pledge, Decimal(1), by=county.cara, reason="An hour in all")
    for number, amount in enumerate(given):
        day = today - timedelta(days=number)  # else the same quantity on the same day is a form sent twice
        deliveries.claim(pledge, Decimal(amount), day, by=county.sam, note="Chairs")
    balance = CommitmentBalance.objects.get(commitment=commitment)
    assert (balance.claimed, balance.reserved) == (1, 0)


def test_the_requests_of_a_line_that_is_not_in_force_any_more_are_found(county, client):
    old = Outcome.objects.exclude(model__state="draft").exclude(pk__in=Outcome.objects.choosable()).first()
    shown, other = county.request(title="Under the old line", outcome=old), county.request(title="Under none")
    page = client.get(reverse("requests"), {"outcome": old.pk, "show": "all"}).content.decode()
    assert "There is a problem" not in page
    assert shown.title in page
    assert other.title not in page
    draft = Outcome.objects.filter(model__state="draft").first()
    if draft:
        assert "There is a problem" in client.get(reverse("requests"), {"outcome": draft.pk}).content.decode()
