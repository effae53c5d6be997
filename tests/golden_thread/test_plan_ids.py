"""Plan IDs as people type them: the number where no doubt is left, and nothing else."""

import pytest

from golden_thread import plan_ids


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("PM3-00123", [123]),
        ("pm3 00123", [123]),
        ("PM3/00123", [123]),
        ("PM3_00123", [123]),
        ("PM3 - 00123", [123]),
        ("PM3–00123", [123]),
        ("PM300123", [123]),
        ("P.M.3 123", [123]),
        ("PM3 Plan: 123", [123]),
        ("PM3 ID 123", [123]),
        ("Plan 123", [123]),
        ("Plan No. 123", [123]),
        ("Project 123", [123]),
        ("#123", [123]),
        ("123", [123]),
        (123, [123]),
        (123.0, [123]),
        ("123.0", [123]),
        ("00123", [123]),
        ("  PM3-00123\u00a0 ", [123]),
        ("\u200bPM3-00123", [123]),
        ("PM3-００１２３", [123]),
        ("(PM3-00123)", [123]),
        ("PM3-00123;", [123]),
        ("PM3-00123; PM3-00124", [123, 124]),
        ("101; PM3-00295", [101, 295]),
        ("PM3-00123/PM3-00124", [123, 124]),
        ("PM3-00123 and 124", [123, 124]),
        ("PM3-00123, 00124", [123, 124]),
        ("PM3-00123\n00124", [123, 124]),
        ("PM3-00123 PM3-00124", [123, 124]),
        ("PM3-00123; PM3-00123", [123]),
        ("123456", [123456]),  # six digits are the most a project has
        ("PM3-000123456", [123456]),
    ],
)
def test_read_beyond_doubt(typed, numbers):
    assert plan_ids.read(typed).numbers == numbers
    assert not plan_ids.read(typed).unreadable


@pytest.mark.parametrize(
    "typed",
    [
        "PM3-O0123", "PM3-001X4", "PM3 pending", "PM3", "PM3-", "PM4-00123", "see MySurrey", "PO 450092036",
        "DN527802", "450092036", "12345678", "PM3-00123 (ext)", "PM3-123.5", "1,234", "12/03/2024", "PM33",
        "PM3-00123; pending", "PM3-00123 and", "2 of 3", "PM3-00000", "'; drop table", "=1+1",
        "2024/25", "03/2025", "01 04 2025", "PM3-2024/123", "PM3-00123 2", "07700 900123", "123/124",
        "1234567", "PM3-1234567",
    ],
)  # fmt: skip
def test_in_doubt_nothing_is_read(typed):
    found = plan_ids.read(typed)
    assert found.unreadable
    assert found.numbers == []


@pytest.mark.parametrize("typed", ["", None, " ", "n/a", "N/A", "TBC", "none", "-", "—", "?", "0", "Not applicable"])
def test_a_cell_that_says_nothing_is_neither(typed):
    assert plan_ids.read(typed) == plan_ids.PlanIds()
