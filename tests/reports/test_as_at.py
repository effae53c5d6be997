"""What was quoted is made again: lists as they were known on a day, and every number opens to what adds up to it."""

import re
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from io import BytesIO

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from records import figures
from reports import papers
from returns import lines
from suppliers import commitments, planned, plans, top
from suppliers.models import Contract
from tests.conftest import make_commitment, markup

pytestmark = pytest.mark.django_db
MARCH, JUNE = date(2026, 3, 31), date(2026, 6, 30)
OPENED = re.compile(r'<a class="govuk-link" href="(/figures/planned_[^"]*unit=[^"]*)">([^<]*)</a>')


@pytest.fixture
def story(supplier, people):
    """Two contracts with plans from January; 30 hours known by March, 20 more of February written in May."""
    made = []
    with time_machine.travel("2026-01-02 12:00", tick=False):
        for n, (unit, quantity) in enumerate((("hours", 90), ("people", 7))):
            commitment = make_commitment(supplier, quantity, unit, by=people["cara"], reference=f"A-{n}")
            Contract.objects.filter(pk=commitment.contract_id).update(start=date(2026, 1, 1), end=date(2026, 12, 31))
            commitment.contract.refresh_from_db()
            points = [(date(2026, 6, 30), Decimal(quantity // 2)), (date(2026, 12, 31), Decimal(quantity))]
            plans.write(commitment, points, by=people["cara"], reason="Agreed")
            made.append(commitment)
    with time_machine.travel("2026-03-15 12:00", tick=False):
        lines.record(made[0], Decimal(30), date(2026, 3, 10), "Seen", by=people["cara"])
    with time_machine.travel("2026-05-15 12:00", tick=False):
        lines.record(made[0], Decimal(20), date(2026, 2, 10), "Seen late", by=people["cara"])
        commitments.vary(made[0], Decimal(120), by=people["cara"], reason="Longer")
    return made


def confirmed_on(client, query):
    page = markup(client.get(reverse("greatest_contracts") + query))
    return dict(re.findall(r'figures/planned_(committed|confirmed)/\?unit=hours[^"]*">([^<]*)<', page)), page


@time_machine.travel("2026-06-30 12:00", tick=False)
def test_what_was_quoted_in_march_is_made_again_in_june(client, story, people):
    client.force_login(people["dee"])
    assert confirmed_on(client, "")[0] == {"committed": "120 hours", "confirmed": "50 hours"}
    said, page = confirmed_on(client, "?as_at=2026-03-31")
    assert said == {"committed": "90 hours", "confirmed": "30 hours"} and "as known on 31 March 2026" in page
    assert confirmed_on(client, "?as_at=2026-03-31&restated=on")[0] == {
        "committed": "90 hours",
        "confirmed": "50 hours",
    }
    assert confirmed_on(client, "?as_at=2026-03-31&unit=people")[0] == {}
    assert "A-0" not in markup(client.get(reverse("greatest_contracts") + "?as_at=2025-12-31"))
    page = confirmed_on(client, "?as_at=2026-07-01&export=csv")[1]
    assert "Choose today or a day before." in page


@time_machine.travel("2026-06-30 12:00", tick=False)
def test_an_export_says_how_it_was_made(client, story, people):
    client.force_login(people["dee"])
    query = "?as_at=2026-03-31&unit=hours&supplier=build&export=xlsx"
    answer = client.get(reverse("greatest_contracts") + query)
    book = load_workbook(BytesIO(answer.content))
    about = {row[0].value: row[1].value for row in book["How it was made"].iter_rows(min_row=2)}
    assert about["With what was entered later"] == "no" and about["Narrowed to"] == "Supplier: build; Counted in: hours"
    assert about["Made from"] == planned.version(MARCH) != planned.version(JUNE)
    assert str(about["As known on"])[:10] == "2026-03-31"
    assert 'filename="contracts-2026-03-31.xlsx"' in answer["Content-Disposition"]


def every_number_opens(client, page):
    """How many numbers a page holds as links; each must open to a figure that says the same."""
    found = OPENED.findall(page)
    for address, words in found:
        opened = client.get(unescape(address)).content.decode()
        assert f'<h1 class="govuk-heading-l">{words}</h1>' in opened, (address, words)
    return len(found)


@time_machine.travel("2026-06-30 12:00", tick=False)
def test_every_number_of_every_report_opens_to_itself(client, story, people):
    cache.clear()
    people["dee"].groups.add(Group.objects.get(name="Programme team"))
    client.force_login(people["dee"])
    earlier, _ = papers.make(MARCH, by=people["dee"])
    pages = {
        reverse("greatest_contracts"): 10,
        reverse("greatest_contracts") + "?as_at=2026-03-31": 10,
        reverse("greatest_contracts") + "?as_at=2026-03-31&restated=on": 10,
        reverse("delivered"): 10,
        reverse("leaders"): 20,
        reverse("paper", args=[earlier.pk]): 20,
        story[0].contract.get_absolute_url(): 5,
    }
    for address, numbers in pages.items():
        assert every_number_opens(client, client.get(address).content.decode()) == numbers, address


@time_machine.travel("2026-06-30 12:00", tick=False)
def test_the_entries_of_a_plan_figure_add_up_on_every_day(client, story):
    for day in (MARCH, JUNE, date(2026, 2, 3), date(2025, 12, 31)):
        for name in planned.FIGURES:
            for restated in (False, True):
                scope = {"unit": "hours", "as_at": day, "restated": restated, "contract": story[0].contract_id}
                figure = figures.get(name)
                amount = figure.value(**scope)
                assert sum(entry.amount for entry in figure.entries(**scope)) == amount
                line = next((row.lines["hours"] for row in top.contracts(day, restated=restated)
                             if "hours" in row.lines), planned.Line("hours"))  # fmt: skip
                assert line.amount(name.removeprefix("planned_")) == amount
    address = reverse("figure", args=["planned_expected"])
    asked = {"unit": "hours", "as_at": "2026-02-03", "contract": story[0].contract_id}
    text = client.get(address, asked | {"as": "csv"}).content.decode()
    assert "8.453039" in text.splitlines()[1], "45 hours over 181 days, after 34"
    for wrong in ({"as_at": "2026-07-01"}, {"contract": "x"}, {"contract": 0}, {"unit": "weight"}):
        assert client.get(address, asked | wrong).status_code == 404, wrong


def test_a_figure_without_a_plan_is_nothing(commitment):
    assert figures.value("planned_committed", unit="hours", as_at=timezone.localdate() - timedelta(days=1)) == 0


@time_machine.travel("2026-06-30 12:00", tick=False)
def test_pages_for_leaders_and_the_public_leave_the_site_as_tables(client, story, people):
    cache.clear()
    Contract.objects.filter(reference="A-0").update(title="=HYPERLINK(1)", buyer="Roads")
    client.force_login(people["dee"])
    for name, sheets in (
        ("leaders", ["Delivery", "Contracts", "Golden thread", "Returns", "Governance", "How it was made"]),
        ("delivered", ["Delivery", "Where help arrived", "How contracts perform", "Returns", "How it was made"]),
    ):
        answer = client.get(reverse(name), {"as": "xlsx"})
        book = load_workbook(BytesIO(answer.content))
        assert book.sheetnames == sheets and 'filename="' in answer["Content-Disposition"]
        cells = [[cell.value for cell in row] for row in book["Delivery"].iter_rows()]
        assert cells[1] == ["hours", 120, 60, 50, 50, 0, "Behind"]
        text = client.get(reverse(name), {"as": "csv"}).content.decode("utf-8-sig")
        assert "hours,120.0,60.0,50.0,50.0,0.0,Behind" in text and "As known on,2026-06-30" in text
        assert "\r\n=" not in text and ",=" not in text
    assert "'=HYPERLINK(1)" in client.get(reverse("leaders"), {"as": "csv"}).content.decode()


@time_machine.travel("2026-06-30 12:00", tick=False)
def test_a_list_of_some_of_a_contracts_promises_has_no_links_and_its_own_trend(client, story, supplier, people):
    more = make_commitment(supplier, 50, by=people["cara"], reference="A-0", wording="In Woking")
    plans.write(more, [(date(2026, 12, 31), Decimal(50))], by=people["cara"], reason="Agreed")
    type(more).objects.filter(pk=more.pk).update(delivery_area="Woking")
    client.force_login(people["dee"])
    page = client.get(reverse("greatest_contracts") + "?area=woking").content.decode()
    assert ">50 hours</td>" in page and "planned_committed" not in page
    page = client.get(reverse("greatest_contracts") + "?supplier=build").content.decode()
    assert every_number_opens(client, page) == 10


@time_machine.travel("2026-06-30 12:00", tick=False)
def test_a_restated_list_has_a_restated_trend_and_says_what_it_was_made_from(story):
    ranked = top.contracts(MARCH, restated=True)
    hours = next(row for row in ranked if "hours" in row.lines)
    told = top.trends(ranked, MARCH, restated=True)[hours.contract.pk, "hours"]
    assert (
        told.now == hours.lines["hours"].pace
        and told.now > top.trends(top.contracts(MARCH), MARCH)[hours.contract.pk, "hours"].now
    )
    assert planned.version(MARCH, restated=True) != planned.version(MARCH)
    assert planned.version(MARCH, restated=True).split(",")[0] == planned.version(JUNE).split(",")[0]


def test_the_list_of_figures_reads_plans_once_a_figure(client, story, django_assert_max_num_queries):
    with django_assert_max_num_queries(170):
        client.get(reverse("figures"))


@time_machine.travel("2026-06-30 12:00", tick=False)
def test_a_pace_is_counted_and_opens_to_the_lines_that_are_counted(client, story, people):
    cache.clear()
    people["dee"].groups.add(Group.objects.get(name="Programme team"))
    client.force_login(people["dee"])
    page = markup(client.get(reverse("leaders")))
    counts = re.findall(r'(\d+)\s*<a href="([^"]*pace=[^"]*)">', page)
    assert sum(int(count) for count, _ in counts) == 2
    for count, address in counts:
        rows = markup(client.get(unescape(address))).count("app-pace__promised")
        assert rows - 1 == int(count), address  # one stands in the key
    assert client.get(reverse("greatest_contracts") + "?pace=nonsense").status_code == 200


def test_a_paper_stays_as_it_was_tabled_once_the_meeting_was_held(people):
    today = timezone.localdate()
    paper, _ = papers.make(today, by=people["edie"])
    papers.finish(paper, by=people["edie"], meeting_on=today, recommendation="Note it.")
    papers.finish(paper, by=people["edie"], meeting_on=today, recommendation="Note it well.")
    with (
        time_machine.travel(timezone.now() + timedelta(days=1)),
        pytest.raises(ValidationError, match="as it was tabled"),
    ):
        papers.finish(paper, by=people["edie"], meeting_on=None, recommendation="Changed")
    paper.refresh_from_db()
    assert (paper.recommendation, paper.meeting_on) == ("Note it well.", today)


@time_machine.travel("2026-06-30 12:00", tick=False)
def test_what_was_withdrawn_on_a_day_and_is_a_promise_again_was_none_then(story, people):
    with time_machine.travel("2026-02-10 12:00", tick=False):
        commitments.withdraw(story[0], "Sold", by=people["cara"])
    with time_machine.travel("2026-05-10 12:00", tick=False):
        commitments.reinstate(story[0], "Not sold", by=people["cara"])
    listed = {day: {row.contract.reference for row in top.contracts(day)} for day in (date(2026, 2, 9), MARCH, JUNE)}
    assert listed == {date(2026, 2, 9): {"A-0", "A-1"}, MARCH: {"A-1"}, JUNE: {"A-0", "A-1"}}
