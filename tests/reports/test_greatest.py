"""The greatest contracts: the same whether reckoned from entries or kept totals, narrowed, and safe to export."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from guidance.models import Outcome, PriorityMark, SocialValueModel
from marketplace.roles import apply_roles
from places.models import District
from reports import charts, sums
from returns import lines
from suppliers import commitments, pace, plans, top
from suppliers.models import Commitment, Contract
from suppliers.pace import AMOUNTS, Pace
from tests.conftest import make_commitment, markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(supplier, people):
    """Three contracts with plans of 400 days, begun 200 days ago; one commitment is withdrawn."""
    today, made = timezone.localdate(), {}
    for n, (unit, quantity) in enumerate([("hours", 100), ("hours", 300), ("people", 5), ("hours", 40)]):
        commitment = make_commitment(
            supplier, quantity, unit, by=people["cara"], wording=f"Promise {n}", reference=f"G-{min(n, 2)}"
        )
        Contract.objects.filter(pk=commitment.contract_id).update(
            start=today - timedelta(days=200), end=today + timedelta(days=200), directorate=f"Directorate {n % 2}"
        )
        commitment.contract.refresh_from_db()
        plans.write(commitment, [(today + timedelta(days=199), Decimal(quantity))], by=people["cara"], reason="Agreed")
        made[n] = commitment
    lines.record(made[0], Decimal(60), today - timedelta(days=3), "Sheet", by=people["cara"])
    lines.claim(made[1], Decimal(20), today - timedelta(days=3), "Sheet", by=people["sam"])
    commitments.withdraw(made[3], "Not theirs", by=people["cara"])
    return made


def said(ranked, day):
    names = (*AMOUNTS, "unit", "pace")
    lines_of = {row.contract.reference: row.standings(day) for row in ranked}
    return [(reference, [[getattr(line, name) for name in names] for line in of]) for reference, of in lines_of.items()]


def test_kept_totals_and_entries_say_the_same(planned):
    today = timezone.localdate()
    in_all, current = top.current(today)
    assert in_all == 3
    assert said(current, today) == said(top.contracts(today), today)
    assert said(top.current(today, 2)[1], today) == said(top.contracts(today, limit=2), today)


def test_what_is_kept_of_the_order_follows_every_promise(planned, supplier, people):
    today = timezone.localdate()
    for change in (
        lambda: commitments.vary(planned[0], Decimal(900), by=people["cara"], reason="Longer"),
        lambda: commitments.withdraw(planned[2], "Not theirs", by=people["cara"]),
        lambda: commitments.reinstate(planned[2], "Theirs", by=people["cara"]),
        lambda: plans.write(
            make_commitment(supplier, 5000, by=people["cara"], reference="G-9"),
            [(today + timedelta(days=9), Decimal(5000))], by=people["cara"], reason="New",
        ),
    ):  # fmt: skip
        change()
        assert said(top.current(today)[1], today) == said(top.contracts(today), today)
    narrowed = Commitment.objects.filter(contract=planned[0].contract)
    assert [row.contract.reference for row in top.current(today, narrowed=narrowed)[1]] == ["G-0"]


def test_the_greatest_holds_most_of_each_unit_and_units_are_not_added(planned):
    ranked = top.contracts(timezone.localdate())
    assert [row.contract.reference for row in ranked] == ["G-2", "G-1", "G-0"]  # all people, 3/4 and 1/4 of the hours


def test_what_was_withdrawn_is_no_promise_any_more_and_was_one_before(planned):
    today = timezone.localdate()
    (line,) = [row.lines["hours"].committed for row in top.contracts(today) if row.contract.reference == "G-0"]
    assert line == 100
    assert "hours" not in next(row for row in top.contracts(today) if row.contract.reference == "G-2").lines


def test_the_sums_add_up_the_lines_and_count_their_paces(planned):
    known = sums.as_known(timezone.localdate())
    hours = next(row for row in known.standings if row.unit == "hours")
    assert (hours.committed, hours.claimed, hours.confirmed, hours.verified) == (400, 80, 60, 0)
    assert known.paces[Pace.BEHIND] == 2 and known.paces[Pace.AHEAD] == 1
    assert sum(known.paces.values()) == 3


def test_a_bar_shows_shares_of_the_promise_and_says_so():
    bar = charts.pace_bar(pace.Standing("hours", 200, 100, 50, 20, 10, pace.Pace.BEHIND))
    assert (bar.promised, bar.expected, bar.claimed, bar.confirmed, bar.verified) == (100, 50, 25, 10, 5)
    assert bar.words.endswith("expected by now: behind")
    more = charts.pace_bar(pace.Standing("hours", 100, 0, 200, 0, 0, pace.Pace.AHEAD))
    assert (more.promised, more.claimed) == (50, 100)
    none = charts.pace_bar(pace.Standing("hours", 0, 0, 0, 0, 0, pace.Pace.NOT_DUE))
    assert none.promised == 0


def test_the_page_narrows_and_links_every_contract(client, planned, people):
    client.force_login(people["dee"])
    page = markup(client.get(reverse("greatest_contracts")))
    assert "3 of 3 shown" in page
    assert page.index("G-2") < page.index("G-1") < page.index("G-0")
    every = {"G-0", "G-1", "G-2"}
    for query, shown in (
        ("?directorate=Directorate+1", {"G-1", "G-2"}), ("?unit=people", {"G-2"}), ("?supplier=builder", every),
        ("?supplier=nobody", set()), ("?limit=1", {"G-2"}), ("?area=woking", set()),
    ):  # fmt: skip
        page = markup(client.get(reverse("greatest_contracts") + query))
        assert {reference for reference in every if reference in page} == shown, query
    assert "Enter a whole number" in markup(client.get(reverse("greatest_contracts") + "?limit=many"))


def test_exports_hold_numbers_and_no_formula(client, planned, people):
    Contract.objects.filter(reference="G-1").update(title="=HYPERLINK(1)")
    client.force_login(people["dee"])
    text = client.get(reverse("greatest_contracts") + "?export=csv").content.decode("utf-8-sig")
    assert text.splitlines()[0].startswith("Contract,Title,Supplier")
    assert "'=HYPERLINK(1)" in text and "300.0" in text
    answer = client.get(reverse("greatest_contracts") + "?export=xlsx&unit=people")
    sheet = load_workbook(BytesIO(answer.content)).active
    cells = [[cell.value for cell in row][5:7] for row in sheet.iter_rows()]
    assert cells == [["Counted in", "Committed"], ["people", 5]]
    assert answer["Content-Disposition"].endswith('.xlsx"')


def test_the_public_page_says_what_came_of_the_promises(client, planned):
    page = markup(client.get(reverse("delivered")))
    assert "400 hours" in page and "Behind" in page and "No sample has been wholly checked yet." in page
    assert "G-1" not in page and "Builder" not in page


def test_roles_see_what_is_theirs(client, planned, people):
    apply_roles()
    for who, name, may in (("dee", "leaders", True), ("cara", "leaders", False), ("cara", "greatest_contracts", True)):
        client.force_login(people[who])
        assert (client.get(reverse(name)).status_code == 200) == may


def test_a_priority_takes_what_serves_it_and_a_district_what_names_it(client, planned, people):
    model = SocialValueModel.objects.create(
        slug="ours", name="Ours", state="published", valid_from=timezone.localdate()
    )
    priority, served, other = (Outcome.objects.create(model=model, code=f"O{n}", title=f"Line {n}") for n in range(3))
    PriorityMark.objects.create(priority=priority, outcome=served)
    Commitment.objects.filter(pk=planned[0].pk).update(outcome=served, delivery_area="Woking or near it")
    Commitment.objects.filter(pk=planned[1].pk).update(outcome=other, delivery_area="All of Surrey")
    client.force_login(people["dee"])
    woking = District.objects.get(name="Woking")
    every = {"G-0", "G-1", "G-2"}
    for query, found in (
        (f"?outcome={priority.pk}", {"G-0"}), (f"?outcome={served.pk}", {"G-0"}), (f"?outcome={other.pk}", {"G-1"}),
        (f"?district={woking.pk}", {"G-0"}), (f"?district={woking.pk + 1}", set()),
        (f"?district={woking.pk}&outcome={other.pk}", set()),
    ):  # fmt: skip
        page = markup(client.get(reverse("greatest_contracts") + query))
        assert {reference for reference in every if reference in page} == found, query
    assert "O0 Line 0" in page


def test_the_trend_is_what_was_known_a_quarter_before(client, planned, supplier, people):
    today = timezone.localdate()
    early = make_commitment(supplier, 100, by=people["cara"], reference="G-7")
    days = {"starts_on": today - timedelta(days=200), "agreed_on": today - timedelta(days=190)}
    plans.write(early, [(today + timedelta(days=199), Decimal(100))], by=people["cara"], reason="Agreed", **days)

    def said_of(reference):
        ranked = top.contracts(today)
        (number,) = (row.contract.pk for row in ranked if row.contract.reference == reference)
        return top.trends(ranked, today)[number, "hours"].words

    assert said_of("G-7") == "As before: 0% to 0%"
    assert said_of("G-0") == "New: 119%"  # its plan was agreed today
    with time_machine.travel(today - timedelta(days=100)):
        lines.record(early, Decimal(22), timezone.localdate(), "Sheet", by=people["cara"])
    cache.clear()  # nobody travels on a real site
    assert said_of("G-7") == "Worse: 80% to 44%"
    lines.record(early, Decimal(23), today - timedelta(days=100), "A late sheet", by=people["cara"])
    assert said_of("G-7") == "Better: 80% to 90%", "what is written late was not known then"
    client.force_login(people["dee"])
    assert "Better: 80% to 90%" in markup(client.get(reverse("greatest_contracts")))
    assert "Better: 80% to 90%" in client.get(reverse("greatest_contracts") + "?export=csv").content.decode()


def test_a_trend_is_worked_out_once_for_what_is_shown(planned, django_assert_num_queries):
    ranked = top.contracts(timezone.localdate())
    top.trends(ranked, timezone.localdate())
    with django_assert_num_queries(2):  # the mark of promises and plans
        top.trends(ranked, timezone.localdate())
