"""The chart of percentages: what is drawn is what is known, and a trend is only said where it is one."""

from datetime import date

import pytest
from django.template import Context, Template

from screens import charts

DAYS = [date(2025, month, 28) for month in range(1, 13)] + [date(2026, month, 28) for month in range(1, 13)]


def drawn(chart):
    return Template('{% line_chart "Month by month" chart %}').render(Context({"chart": chart}))


def test_a_month_that_is_not_known_is_neither_drawn_nor_said():
    found = charts.chart(DAYS[:3], {"Linked": [10, None, 30], "Never": [None, None, None]}, [80])
    assert [line.name for line in found.lines] == ["Linked"]
    assert [len(line.dots) for line in found.lines] == [2]
    assert [said for _, said in found.months] == [["Linked: 10.0%"], [], ["Linked: 30.0%"]]
    page = drawn(found)
    assert page.count('tabindex="0"') == 3 and "Not known" in page and "February 2025" in page


def test_only_so_many_are_drawn_as_the_keyboard_can_walk():
    found = charts.chart([*DAYS, date(2027, 1, 31)], {"Linked": range(25)})
    assert len(found.months) == charts.MOST and found.months[-1] == ("January 2027", ["Linked: 24.0%"])


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([40, 1, 1, 45], "Linked rose by 5.0 points in 3 months, to 45.0%"),
        ([45, 1, 1, 40], "Linked fell by 5.0 points in 3 months, to 40.0%"),
        ([40, 1, 1, 44.9], ""),
        ([40, 50, 60], ""),
        ([None, 1, 1, 45], ""),
        ([40, 1, 1, None], ""),
        ([90, 40, 1, 1, 45], "Linked rose by 5.0 points in 3 months, to 45.0%"),
    ],
)
def test_a_trend_is_said_where_a_figure_moved(values, words):
    assert charts.trend("Linked", values) == words


def test_weeks_are_called_weeks():
    found = charts.chart(DAYS[:4], {"Open": [40, 1, 1, 60]}, every="week")
    assert found.trends == ["Open rose by 20.0 points in 3 weeks, to 60.0%"]
    assert found.months[0][0] == "28 January 2025"


def test_heights_stay_within_the_box():
    assert [charts.height_of(value) for value in (0, 50, 100, 250, -3)] == [100.0, 50.0, 0.0, 0.0, 100.0]


def test_without_anything_known_nothing_is_drawn():
    assert drawn(charts.chart(DAYS[:2], {"Linked": [None, None]})).strip() == ""
