"""What a cell means: the ways councils were seen to write days, amounts and yes or no."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importing.cells import read_date, read_flag, read_money, read_text


def outcome(read, cell):
    value, problem = read(cell)
    return value, problem and problem[:2]


@pytest.mark.parametrize(
    ("cell", "value", "problem"),
    [
        ("31/03/2026", date(2026, 3, 31), None),
        ("2026-03-31", date(2026, 3, 31), None),
        ("2026-03-31T00:00:00", date(2026, 3, 31), None),
        ("1 April 2025", date(2025, 4, 1), None),
        ("1st Apr 2025", date(2025, 4, 1), None),
        (datetime(2025, 4, 1, 0, 0), date(2025, 4, 1), None),
        (None, None, None),
        ("  ", None, None),
        (45747, date(2025, 3, 31), ("warning", "excel_serial_as_number")),
        ("45747", date(2025, 3, 31), ("warning", "excel_serial_as_number")),
        ("01.01.25", date(2025, 1, 1), ("warning", "two_digit_year_dots")),
        ("12/31/2025", date(2025, 12, 31), ("warning", "month_before_day")),
        ("Rolling", None, ("warning", "not_a_date")),
        ("TBC", None, ("warning", "not_a_date")),
        ("31/02/2025", None, ("error", "impossible_date")),
        ("29/02/2025", None, ("error", "impossible_date")),
        ("soon", None, ("error", "not_a_date")),
        ("99999999", None, ("error", "not_a_date")),
    ],
)
def test_days(cell, value, problem):
    assert outcome(read_date, cell) == (value, problem)


@pytest.mark.parametrize(
    ("cell", "value", "problem"),
    [
        ("£18,848,731.00", Decimal("18848731"), None),
        ("GBP 75 000", Decimal("75000"), None),
        (48172.8, Decimal("48172.80"), None),
        ("0", Decimal(0), None),
        ("", None, None),
        ("£ 75,000 p.a.", Decimal(75000), ("warning", "number_with_suffix")),
        ("75000 per annum", Decimal(75000), ("warning", "number_with_suffix")),
        ("£1.400m", Decimal(1400000), ("warning", "abbreviated_millions")),
        ("250k", Decimal(250000), ("warning", "abbreviated_millions")),
        ("1.234.567,50", Decimal("1234567.50"), ("warning", "continental_number")),
        ("See notes", None, ("warning", "not_a_number")),
        ("TBC", None, ("warning", "not_a_number")),
        ("31376-", None, ("error", "trailing_minus")),
        ("-5", None, ("error", "negative_number")),
        ("(1,000)", None, ("error", "negative_number")),
        (-5, None, ("error", "negative_number")),
        ("100,000 - 200,000", None, ("error", "not_a_number")),
        (True, None, ("error", "not_a_number")),
        (float("inf"), None, ("error", "not_a_number")),
        (float("nan"), None, ("error", "not_a_number")),
    ],
)
def test_amounts(cell, value, problem):
    assert outcome(read_money, cell) == (value, problem)


@pytest.mark.parametrize(
    ("cell", "value"), [("Yes", True), ("n", False), ("", None), ("N/A", None), (True, True), ("1", True)]
)
def test_yes_and_no(cell, value):
    assert read_flag(cell) == (value, None)


def test_text_keeps_what_the_source_has_between_its_ends():
    assert read_text("  HBC0524  2024\xa0") == ("HBC0524  2024", None)
    assert read_text(123.0) == ("123", None)


CELL = st.one_of(st.none(), st.text(max_size=40), st.integers(), st.floats(), st.booleans(), st.datetimes())


@given(CELL)
def test_no_cell_breaks_a_reader(cell):
    for read in (read_text, read_date, read_money, read_flag):
        value, problem = read(cell)
        assert problem is None or (problem[0] in ("error", "warning") and len(problem) == 3)
        if read is read_money and value is not None:
            assert value >= 0
