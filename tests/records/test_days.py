"""Months, anniversaries and midnights, at the edges where they go wrong."""

from datetime import UTC, date, datetime

import pytest

from records.days import month_end, month_ends, months_after, seconds_to_midnight, year_before


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 1), -1, date(2025, 12, 1)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 5, 9), 0, date(2026, 5, 9)),
    ],
)
def test_months_after(day, months, expected):
    assert months_after(day, months) == expected


def test_a_year_before_a_leap_day():
    assert year_before(date(2024, 2, 29)) == date(2023, 2, 28)
    assert year_before(date(2025, 2, 28)) == date(2024, 2, 28)


def test_month_ends_over_the_turn_of_a_year():
    ends = month_ends(date(2025, 11, 30), date(2026, 2, 1))
    assert ends == [date(2025, 11, 30), date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28)]
    assert month_ends(date(2026, 2, 1), date(2026, 1, 31)) == []
    assert month_end(date(2024, 2, 1)) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("moment", "hours"),
    [
        (datetime(2026, 1, 10, 12, tzinfo=UTC), 12),
        (datetime(2026, 7, 10, 12, tzinfo=UTC), 11),  # summer time: it is one o'clock in London
        (datetime(2026, 3, 29, 0, tzinfo=UTC), 23),  # the day on which the clocks go forward
        (datetime(2026, 10, 24, 23, tzinfo=UTC), 25),  # the day on which they go back
    ],
)
def test_londons_midnight(moment, hours):
    assert seconds_to_midnight(moment) == hours * 3600
