"""A return's file is read by names in any layout, and exactly what is amiss is found."""

from datetime import date
from decimal import Decimal

import pytest
from openpyxl import Workbook

from returns import periods
from returns.reading import Known, check_rows, find_table
from returns.reading.table import NoReturn
from tests.returns.sheets import PERIOD, Drawn

Q3 = (date(2024, 10, 1), date(2024, 12, 31))


@pytest.mark.parametrize("is_text", [False, True], ids=["xlsx", "csv"])
@pytest.mark.parametrize("seed", range(60))
def test_whatever_the_layout_each_fault_is_found_and_nothing_else(seed, is_text, tmp_path):
    drawn = Drawn(seed, is_text)
    table = find_table(drawn.save(tmp_path))
    assert table.heading_row == drawn.heading_row
    _, findings = check_rows(table, PERIOD, drawn.known)
    found = {(f.row, f.column): (f.code, f.severity, f.accept_as) for f in findings}
    assert found == drawn.expected
    assert len(found) == len(findings)


@pytest.mark.parametrize(
    "words",
    ["Q3 2024/25", "q3  2024/25", "Q3 2024/25 (1 Oct 2024 - 31 Dec 2024)", "Q3 2024/25 (01/10/2024 to 31/12/2024)"],
)
def test_the_sites_own_way_to_write_a_period_needs_no_word(words):
    assert periods.read(words) == periods.Period(*Q3, is_plain=True)


@pytest.mark.parametrize(
    "words",
    ["Q3 24-25", "Q3 24/25", "Oct-Dec 2024", "October to December 2024", "1 Oct 2024 - 31 Dec 2024",
     "01/10/2024 to 31/12/2024", "2024-10-01/2024-12-31", "Quarter 3 2024-25", "2024/25 Q3", "Q3 FY24/25",
     "Third quarter 2024/25", "quarter three, 2024/25", "Quarter ending 31 December 2024", "Q3 (Oct-Dec) 2024/25",
     "Q3 (Oct to Dec 2024)", "Oct–Dec 2024", "1 October - 31 December 2024", "Oct 24 - Dec 24", "3Q 2024/25",
     "01.10.2024 - 31.12.2024", "Q3 2024-2025", "Q3 24/25 (October - December 2024)"],
)  # fmt: skip
def test_other_clear_ways_are_read_and_shown(words):
    found = periods.read(words)
    assert (found.first, found.last, found.is_plain) == (*Q3, False)


@pytest.mark.parametrize(
    "words",
    ["", None, "Q3", "2024/25", "Q3 2024", "Q4 2024", "Q5 2024/25", "Q3 2024/26", "Oct-Dec", "Nov 2024 - Jan 2025",
     "Q3 2024/25 (1 Jan 2025 - 31 Mar 2025)", "Q2 (Oct-Dec) 2024/25", "Q4 to Q1 2024/25", "Q3 draft 2024/25",
     "1 Oct 2024 - 30 Dec 2024", "Quarter ending 30 December 2024", 45644, "Q3 2024/25 Q4 2025/26"],
)  # fmt: skip
def test_what_may_be_two_periods_is_none(words):
    assert periods.read(words) is None


def test_periods_are_said_as_they_are_read():
    for year in (2023, 2024):
        for number in (1, 2, 3, 4):
            first, last = periods.quarter(number, year)
            for words in (periods.say(first, last), periods.say_whole(first, last)):
                assert periods.read(words) == periods.Period(first, last, is_plain=True)
            assert periods.number_of(first) == periods.number_of(last) == (number, year)
    half = periods.quarter(1, 2024)[0], periods.quarter(2, 2024)[1]
    assert periods.say(*half) == "Q1 to Q2 2024/25"
    assert periods.read(periods.say_whole(*half)) == periods.Period(*half, is_plain=True)


def book(path, *rows, sheets=()):
    made = Workbook()
    for row in rows:
        made.active.append(row)
    for title, lines in sheets:
        sheet = made.create_sheet(title)
        for row in lines:
            sheet.append(row)
    made.save(path)
    return path


HEAD = ["Commitment ref", "Unit", "Delivered this quarter", "Delivered to date", "Evidence"]


def test_two_sheets_with_a_return_are_not_chosen_between(tmp_path):
    path = book(tmp_path / "two.xlsx", HEAD, ["SV-1", "hours", 1], sheets=[("Q4", [HEAD, ["SV-1", "hours", 2]])])
    with pytest.raises(NoReturn, match="“Sheet”, “Q4” each hold a return"):
        find_table(path)


def test_what_has_no_headings_or_lacks_one_is_said(tmp_path):
    with pytest.raises(NoReturn, match="No row holds the headings of a return"):
        find_table(book(tmp_path / "none.xlsx", ["Hello", "World"]))
    with pytest.raises(NoReturn, match="There is no column “Delivered this quarter” in the sheet “Sheet”"):
        find_table(book(tmp_path / "less.xlsx", ["Commitment ref", "Unit", "Evidence"], ["SV-1", "hours", "x"]))


def test_the_previous_figure_and_rounding_and_a_row_without_a_reference(tmp_path):
    known = {"sv-1": Known("hours", "", Decimal(10)), "sv-2": Known("narrative")}
    rows = [
        [*HEAD, "Committed (whole contract)"],
        ["SV-1", "hours", 5, 14.01, "x", 40],
        ["SV-2", "narrative", 1, 1, "x"],
        [None, "hours", 3, 3, "x", 3],
    ]
    _, findings = check_rows(find_table(book(tmp_path / "r.xlsx", *rows)), Q3, known)
    assert [(f.row, f.column, f.code) for f in findings] == [(4, "A", "unknown_commitment")]
    rows[1][3] = 14
    _, findings = check_rows(find_table(book(tmp_path / "r.xlsx", *rows)), Q3, known)
    assert [f.code for f in findings] == ["to_date_less_than_previous_plus_quarter", "unknown_commitment"]
    assert findings[0].message == "Delivered to date, 14, is less than the 10 before the period and the 5 within it."


def test_a_formula_counts_by_its_result_and_is_asked_about_without_one(tmp_path):
    path = book(tmp_path / "f.xlsx", HEAD, ["SV-1", "hours", "=1+1", 5, "x"])
    _, findings = check_rows(find_table(path), Q3, {"sv-1": Known("hours")})
    assert [(f.column, f.code, f.severity) for f in findings] == [("C", "formula_without_result", "error")]


def test_a_slip_that_is_also_text_says_both(tmp_path):
    path = book(tmp_path / "b.xlsx", [*HEAD, "Committed this quarter"], ["SV-1", "hours", "620", 700, "x", 50])
    _, findings = check_rows(find_table(path), Q3, {"sv-1": Known("hours")})
    (finding,) = findings
    assert (finding.code, finding.accept_as) == ("number_as_text", 620)
    assert "more than ten times the 50 planned" in finding.message
