"""The days that a figure counts: both ends belong to it, and what lies outside is named for what it is."""

from datetime import date
from types import SimpleNamespace

import pytest

from golden_thread import metrics

FIRST, LAST, AS_AT = date(2025, 4, 1), date(2026, 3, 31), date(2026, 4, 30)


def row(number, day, done=False):
    return SimpleNamespace(row=number, day=day, recorded=done, linked=done)


def measured(*days, go_live=date(2000, 1, 1)):
    """(Metric of projects, Metric of contracts) with one thing that these days belong to."""
    rows = [row(number, day, number == 2) for number, day in enumerate(days, start=1)]
    plan = SimpleNamespace(completions=rows, days=[day for day in days if day], meanings=())
    contract = SimpleNamespace(reference="C", signatures=rows, live=True, days=[day for day in days if day])
    rules = SimpleNamespace(go_live=go_live)
    thread = SimpleNamespace(plans={"P": plan}, unread_plans=[], signed={"C": contract}, rules=rules)
    return metrics.recorded(thread, FIRST, LAST, AS_AT), metrics.linked(thread, FIRST, LAST, AS_AT)


@pytest.mark.parametrize("day", [FIRST, date(2025, 10, 1), LAST])
def test_both_ends_belong_to_the_days(day):
    for metric in measured(day):
        assert (metric.denominator_ids != [], metric.excluded) == (True, {})


def test_the_first_row_inside_is_the_one_that_brought_it_in_and_any_of_them_says_yes():
    for metric in measured(FIRST, LAST):
        assert (list(metric.rows.values()), metric.percent) == ([1], 100.0)
    for metric in measured(date(2024, 1, 1), LAST):
        assert list(metric.rows.values()) == [2]


@pytest.mark.parametrize(
    ("days", "reason"),
    [((date(2025, 3, 31),), "before_the_window"), ((date(2026, 4, 1),), "after_the_window"),
     ((AS_AT,), "after_the_window"), ((date(2026, 5, 1),), "in_the_future"), ((None,), "no_usable_date")],
)  # fmt: skip
def test_what_lies_outside_is_named_for_what_it_is(days, reason):
    for metric in measured(*days):
        assert list(metric.excluded) == [reason]


def test_a_last_day_that_is_before_go_live_is_said_so():
    _, contracts = measured(LAST, go_live=date(2026, 4, 1))
    assert list(contracts.excluded) == ["before_go_live"]
    _, contracts = measured(LAST, go_live=LAST)
    assert contracts.excluded == {}
