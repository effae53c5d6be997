"""The course of a promise: the plan is a line, deliveries are steps, and the table says what the drawing shows."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine

from returns import lines
from suppliers import commitments, course, plans
from suppliers.models import Commitment, Contract
from tests.conftest import make_commitment, markup

pytestmark = pytest.mark.django_db
TODAY = date(2026, 7, 1)


@pytest.fixture
def planned(supplier, people):
    """100 hours over the 200 days from 1 January: 30 by the hundredth, 40 confirmed in two steps, 10 more claimed."""
    with time_machine.travel("2026-01-01 12:00", tick=False):
        commitment = make_commitment(supplier, 100, by=people["cara"])
        first = date(2026, 1, 1)
        Contract.objects.update(start=first, end=first + timedelta(days=199))
        commitment.contract.refresh_from_db()
        points = [(first + timedelta(days=99), Decimal(30)), (first + timedelta(days=199), Decimal(100))]
        plans.write(commitment, points, by=people["cara"], reason="Agreed")
    with time_machine.travel("2026-06-01 12:00", tick=False):
        lines.record(commitment, Decimal(25), first + timedelta(days=49), "Seen", by=people["cara"])
        lines.record(commitment, Decimal(15), first + timedelta(days=149), "Seen", by=people["cara"])
        lines.claim(commitment, Decimal(10), first + timedelta(days=150), "Sheet", by=people["sam"])
    return commitment


def courses(day=TODAY):
    rows = list(Commitment.objects.with_balance().order_by("pk"))
    return course.of_commitments(rows, plans.in_force(row.pk for row in rows), day)


@time_machine.travel("2026-07-01 12:00", tick=False)
def test_a_plan_is_a_line_and_deliveries_are_steps(planned):
    (drawn,) = courses()
    points = dict(drawn.lines)
    assert points["expected"] == "0.0,100.0 500.0,70.0 1000.0,0.0"
    assert points["confirmed"] == "0,100.0 250.0,100.0 250.0,75.0 750.0,75.0 750.0,60.0 910.0,60.0"
    assert points["claimed"].endswith("755.0,60.0 755.0,50.0 910.0,50.0")
    assert points["verified"] == "0,100.0 910.0,100.0"
    assert drawn.today == 910.0
    assert drawn.finding == "Behind: 40 hours confirmed of 87.4 hours expected by now, 100 hours in all"


@time_machine.travel("2026-07-01 12:00", tick=False)
def test_the_moments_lie_at_equal_distances_and_what_is_to_come_is_not_told(planned):
    (drawn,) = courses()
    days = [moment.day for moment in drawn.moments]
    assert days == [date(2026, 3, 8), date(2026, 5, 13), date(2026, 7, 19)]
    first, second, last = (moment.words for moment in drawn.moments)
    assert first == {"expected": "20.1 hours", "claimed": "25 hours", "confirmed": "25 hours", "verified": "0 hours"}
    assert (second["confirmed"], last["confirmed"], last["expected"]) == ("25 hours", "", "100 hours")


@time_machine.travel("2026-07-01 12:00", tick=False)
def test_more_than_was_promised_fits_and_what_is_withdrawn_has_no_course(planned, supplier, people):
    lines.claim(planned, Decimal(90), date(2026, 6, 1), "Sheet", by=people["sam"])
    (drawn,) = courses()
    downs = [float(point.split(",")[1]) for _, points in drawn.lines for point in points.split()]
    assert min(downs) == 0 and max(downs) == 100
    other = make_commitment(supplier, 5, "people", by=people["cara"], wording="Apprentices")
    plans.write(other, [(date(2026, 12, 1), Decimal(5))], by=people["cara"], reason="Agreed")
    assert [drawn.standing.unit for drawn in courses()] == ["hours", "people"]
    commitments.withdraw(other, "Not theirs", by=people["cara"])
    assert [drawn.standing.unit for drawn in courses()] == ["hours"]


@time_machine.travel("2026-07-01 12:00", tick=False)
def test_a_plan_to_come_and_one_of_one_day_are_drawn(planned, supplier, people):
    day = date(2026, 8, 1)
    one = make_commitment(supplier, 3, "events", by=people["cara"], wording="Fairs", reference="C-9")
    plans.write(one, [(day, Decimal(3))], by=people["cara"], reason="Agreed", starts_on=day)
    drawn = next(found for found in courses() if found.standing.unit == "events")
    assert (drawn.today, len(drawn.moments)) == (None, 1)
    assert drawn.finding == "Nothing is due yet of 3 events"


@time_machine.travel("2026-07-01 12:00", tick=False)
def test_both_pages_draw_it_with_its_table(planned, people, client):
    client.force_login(people["sam"])
    for address in (planned.get_absolute_url(), planned.contract.get_absolute_url()):
        page = markup(client.get(address))
        assert "Behind: 40 hours confirmed of 87.4 hours expected by now, 100 hours in all" in page
        assert 'class="app-chart__line app-course__line--confirmed"' in page
        assert "The same as a table: hours" in page and "To come" in page


@time_machine.travel("2026-07-01 12:00", tick=False)
def test_a_promise_that_begins_later_bends_the_line_where_it_begins(planned, supplier, people):
    later = make_commitment(supplier, 100, by=people["cara"], wording="Later")
    begins = date(2026, 6, 30)
    plans.write(later, [(date(2026, 7, 19), Decimal(100))], by=people["cara"], reason="Agreed", starts_on=begins)
    (drawn,) = courses()
    assert dict(drawn.lines)["expected"] == "0.0,100.0 500.0,85.0 900.0,57.0 1000.0,0.0"
