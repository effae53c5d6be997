"""Working days: weekends and England's bank holidays do not count, whichever way and however far one reckons."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk import clocks

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@given(DAYS, st.integers(-400, 400))
def test_days_between_are_those_that_one_counts(first, distance):
    last = first + timedelta(days=distance)
    early, late = min(first, last), max(first, last)
    counted = sum(clocks.is_working(early + timedelta(days=n)) for n in range(1, (late - early).days + 1))
    assert clocks.working_days_between(first, last) == (counted if last >= first else -counted)


@given(DAYS, st.integers(0, 60))
def test_a_day_so_many_working_days_later_is_that_far_away(day, count):
    later = clocks.working_days_after(day, count)
    assert clocks.working_days_between(day, later) == count
    assert count == 0 or clocks.is_working(later)


@pytest.mark.parametrize(
    ("today", "words", "is_late"),
    [
        (date(2026, 12, 23), "3 days left", False),  # Christmas Day and the weekend with its Monday off in between
        (date(2026, 12, 24), "2 days left", False),
        (date(2026, 12, 29), "1 day left", False),
        (date(2026, 12, 30), "Due today", False),
        (date(2026, 12, 31), "Late by 1 day", True),
        (date(2027, 1, 1), "Late by 1 day", True),
        (date(2027, 1, 4), "Late by 2 days", True),
    ],
)
def test_a_clock_over_christmas(today, words, is_late):
    clock = clocks.allowing(date(2026, 12, 23), 3, today)
    assert clock.due == date(2026, 12, 30)
    assert (clock.words, clock.is_late) == (words, is_late)


def test_what_was_due_on_a_saturday_is_late_on_the_sunday():
    assert clocks.until(date(2026, 11, 2), date(2026, 11, 21), date(2026, 11, 22)).is_late
    assert clocks.until(date(2026, 11, 2), date(2026, 11, 21), date(2026, 11, 21)).words == "Due today"


@given(DAYS, st.integers(0, 20), st.integers(-30, 60))
def test_a_block_a_day_and_never_a_long_row(since, allowed, passed):
    clock = clocks.allowing(since, allowed, since + timedelta(days=passed))
    blocks = clock.blocks
    assert len(blocks) <= 2 * clocks.MOST_BLOCKS
    if allowed <= clocks.MOST_BLOCKS and clock.left >= 0:
        assert blocks.count("left") == min(clock.left, allowed)
    assert ("late" in blocks) == (clock.is_late and allowed <= clocks.MOST_BLOCKS)
