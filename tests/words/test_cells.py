from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from words.cells import guard, is_formula, unguard


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r1", " =1", "\u200b=1", "＝1", "＋1", "－1", "＠x", "\n=1", "\ufeff=1"],
)
def test_what_a_spreadsheet_would_run_is_text(text):
    assert guard(text).startswith("'")


@pytest.mark.parametrize("value", [-5, 2.5, Decimal("-1.50"), "Lunch Club", "5 - 4", "", "é", "O'Neil"])
def test_all_else_stays(value):
    assert guard(value) == value


@given(st.text())
def test_no_text_leaves_as_a_formula_and_our_own_is_read_back(text):
    left = guard(text)
    assert not is_formula(left)
    if "\0" not in text and left.lstrip("'") and not text.startswith("'"):
        assert guard(unguard(left)) == left
