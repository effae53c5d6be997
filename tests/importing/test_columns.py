"""How a whole column is written, and which field it is, told from all of its cells."""

from datetime import date
from decimal import Decimal

import pytest

from importing import amount_columns, day_columns, meanings, profiles
from importing.cells import read_date, read_money, read_reference, read_text
from importing.headings import find_header, scale_of
from suppliers.registers import measures
from suppliers.registers.contracts import ContractImporter


def day(cells, cell, answer=None, **others):
    columns = day_columns.decide({"x": cells, **others}, {"x": answer})
    plain, problem = columns["x"].before(cell)
    return problem[1] if problem else read_date(plain)[0]


@pytest.mark.parametrize(
    "cells, cell, right",
    [
        (["13/04/2024", "03/04/2024"], "03/04/2024", date(2024, 4, 3)),
        (["04/13/2024", "12/31/2025", "03/04/2024"], "03/04/2024", date(2024, 3, 4)),
        (["04/13/2024", "03/04/2024"], "03/04/2024", "day_or_month"),
        (["04/13/2024", "03/04/2024"], "04/13/2024", date(2024, 4, 13)),
        (["04/13/2024", "13/04/2024", "03/04/2024"], "03/04/2024", "day_or_month"),
        (["01/04/2024", "01/07/2024", "01/10/2024"], "01/04/2024", date(2024, 4, 1)),
        (["04/01/2024", "07/01/2024", "10/01/2024"], "04/01/2024", "day_or_month"),
        (["01/04/2024"], "01/04/2024", date(2024, 4, 1)),
        (["05/05/2024", "04/13/2024"], "05/05/2024", date(2024, 5, 5)),
        ([], "2024-03-31T23:00:00Z", date(2024, 4, 1)),
        ([], "2024-01-31T23:00:00Z", date(2024, 1, 31)),
        ([], "2024-03-31T23:00:00+00:00", date(2024, 4, 1)),
        ([], "20260331", date(2026, 3, 31)),
        ([], "Tues 31/03/2026", date(2026, 3, 31)),
        ([], "March 31, 2026", date(2026, 3, 31)),
        ([], "31 / 03 / 2026", date(2026, 3, 31)),
        ([], "31\\03\\2026", date(2026, 3, 31)),
        ([], "31Mar2026", date(2026, 3, 31)),
        ([], "1st of April 2025", date(2025, 4, 1)),
        ([], 46112.5, date(2026, 3, 31)),
    ],
)
def test_day_and_month_are_decided_for_the_column(cells, cell, right):
    assert day(cells, cell) == right


@pytest.mark.parametrize("cell", ["2024-02-30T00:00:00Z", "2024-13-45T23:00:00Z", "0001-01-01T00:00:00+05:00"])
def test_a_moment_that_never_was_is_asked_about(cell):
    assert day([], cell) is None


def test_what_proves_it_is_told_wherever_it_stands():
    columns = day_columns.decide({"x": ["03/04/2024"], "y": ["04/13/2024", "12/31/2024"]}, {})
    assert "2 cells can be nothing else" in day_columns.told(columns["x"])
    assert "as was said" in day_columns.told(day_columns.decide({"x": ["03/04/2024"]}, {"x": "month"})["x"])


def test_another_column_of_days_settles_it_and_so_does_a_person():
    proof = {"y": ["04/13/2024", "12/31/2024"]}
    assert day(["03/04/2024"], "03/04/2024", **proof) == date(2024, 3, 4)
    assert day(["04/13/2024", "03/04/2024"], "03/04/2024", "day") == date(2024, 4, 3)
    assert day(["04/13/2024", "03/04/2024"], "03/04/2024", "month") == date(2024, 3, 4)


def test_a_workbook_of_1904_counts_from_then():
    column = day_columns.decide({"x": [43921]}, {}, from_1904=True)["x"]
    assert read_date(column.before(43921)[0])[0] == date(2024, 4, 1)
    assert column.before("43921")[1][1] == "day_of_1904"


def amount(heading, cells, cell, **options):
    column = amount_columns.decide(heading, cells, **options)
    plain, problem = column.before(cell)
    if problem:
        return problem[1]
    value, problem = read_money(plain)
    value, doubt = column.after(value, cell)
    return doubt[1] if doubt else value if value is not None else problem[1]


@pytest.mark.parametrize(
    "heading, cells, cell, right",
    [
        ("Value", ["1234,56", "12,50"], "1234,56", Decimal("1234.56")),
        ("Value", ["1.234,56", "75.000"], "75.000", 75000),
        ("Value", ["1 234,56"], "1 234,56", Decimal("1234.56")),
        ("Value", ["1234,56", "12,50", "1,234"], "1,234", "comma_or_point"),
        ("Value", ["1,234.56", "1,234"], "1,234", 1234),
        ("Value", ["1,234", "£5,000"], "1,234", 1234),
        ("Value", ["75.000"], "75.000", "comma_or_point"),
        ("Value", ["1,234.56", "12,5", "1,234"], "1,234", "comma_or_point"),
        ("Value (£000)", ["75"], "75", 75000),
        ("Value (£m)", ["1.2"], "1.2", 1200000),
        ("Value (£000)", ["75000000"], "75000000", "scale_doubtful"),
        ("Value (£000)", ["£1.2m"], "£1.2m", "scale_twice"),
        ("Value (£000)", [75.5], 75.5, 75500),
    ],
)
def test_point_and_scale_are_decided_for_the_column(heading, cells, cell, right):
    assert amount(heading, cells, cell) == right


@pytest.mark.parametrize(
    "heading, scale",
    [
        ("Value lot B (£000)", 1000), ("Value (£b)", 10**9), ("Value x100", None), ("Value x 100", None),
        ("Value x1000", 1000), ("Value (1,000,000s)", None), ("Value (000,000)", None), ("Total (pence)", None),
        ("Value (£m)", 10**6), ("Value", 1), ("Spend in 2000", 1),
    ],
)  # fmt: skip
def test_a_scale_is_read_or_refused(heading, scale):
    assert scale_of(heading) == scale


def test_what_a_heading_scales_keeps_its_unit():
    column = amount_columns.decide("Quantity (000s)", ["40 hours"])
    scaled, _ = column.after(measures.read_quantity("40 hours")[0], "40 hours")
    assert (scaled, scaled.unit_words) == (40_000, "hours")


def test_one_comma_alone_is_asked_about_and_a_scale_beside_it_is_told():
    column = amount_columns.decide("Value (£000)", ["12,5", "7"])
    assert "multiplied" in amount_columns.told(column) and "comma" not in amount_columns.told(column)
    assert amount_columns.question(column)


def test_a_semicolon_hints_and_a_person_decides():
    assert amount("Value", ["1,234"], "1,234", by_semicolon=True) == "comma_or_point"
    assert amount("Value", ["1,234"], "1,234", answer="point", by_semicolon=True) == 1234
    assert amount("Value", ["12,50"], "12,50", answer="comma") == Decimal("12.50")


FILLED = {
    "refs": ["DN1", "DN2", "DN3", "DN4", "DN5", "DN6"], "days": ["01/04/2024"] * 6, "money": ["£5,000"] * 6,
    "mail": ["a@example.org"] * 6, "firms": ["Acme Ltd", "Bolt plc"] * 3, "words": ["Grounds care", "School meals"] * 3,
    "flags": ["Yes", "No"] * 3, "empty": [""] * 6,
}  # fmt: skip


@pytest.mark.parametrize(
    "heading, cells, field",
    [
        ("Awarded To", "firms", "supplier_name"), ("Name of Contractor", "firms", "supplier_name"),
        ("Contractor", "days", None), ("Begin Date", "days", "start"), ("Start Date", "empty", "start"),
        ("Expiry Date (exc. extension)", "days", "end"), ("Expiry Date (inc. extension)", "days", None),
        ("Extension End Date", "days", None), ("Notice Start Date", "days", None), ("Annual Value", "money", None),
        ("Value ex VAT", "money", "value_gbp"), ("Contract Sum", "money", "value_gbp"), ("Contact", "mail", None),
        ("Doc Number", "refs", "reference"), ("Company Number", "refs", "company_number"),
        ("Supplier Postcode", "words", None), ("Agreement Name", "words", "title"), ("Agreement Name", "mail", None),
        ("SME", "flags", "sme"), ("Service Provider", "firms", "supplier_name"), ("Date To", "days", "end"),
    ],
)  # fmt: skip
def test_words_and_cells_say_together_which_field_a_column_is(heading, cells, field):
    found = meanings.match([heading], lambda index: FILLED[cells], ContractImporter.fields, {})
    assert list(found.columns) == ([field] if field else [])


def test_the_contracts_own_days_win_and_two_that_are_alike_are_asked_about():
    def under(index):
        return FILLED["days"]

    fields = ContractImporter.fields
    assert meanings.match(["Start Date", "Contract Start Date"], under, fields, {}).columns == {"start": 1}
    found = meanings.match(["Begin Date", "Commencing"], under, fields, {})
    assert found.columns == {"start": 0} or found.rivals
    found = meanings.match(["Begins", "Effective From"], under, fields, {})
    assert found.rivals == [("start", ["Begins", "Effective From"])]
    assert meanings.match(["Begins", "Effective From"], under, fields, {"Begins": ""}).columns == {"start": 1}


def test_a_profile_tells_what_stands_in_a_column():
    assert profiles.of(FILLED["days"]).days == 1 and profiles.of(FILLED["money"]).amounts == 1
    assert profiles.of(FILLED["firms"]).companies == 1 and profiles.of(["TBC", "n/a", ""]).filled == 0


@pytest.mark.parametrize(
    "cell, text, code",
    [
        ('="00124"', "00124", None), ("'00123", "00123", None), ("'+s", "'+s", None),
        ("M&amp;S &ndash; kitchens", "M&S – kitchens", "escapes_undone"), ("AT&T", "AT&T", None),
        ("<p>Cleaning</p><br>daily", "Cleaning daily", "escapes_undone"), ("a < b", "a < b", None),
    ],
)  # fmt: skip
def test_what_other_systems_left_about_a_text_is_undone_and_told(cell, text, code):
    value, problem = read_text(cell)
    assert (value, problem and problem[1]) == (text, code)


@pytest.mark.parametrize(
    "cell, text, code",
    [
        ("1.23E+15", None, "reference_spoiled"), (1230000000000000.0, None, "reference_spoiled"),
        ("TBC", "", "no_reference"), ("UNAVAILABLE", "", "no_reference"), ("-", "", "no_reference"),
        ("DN-1", "DN-1", None), ("000123", "000123", None), (45.0, "45", None),
    ],
)  # fmt: skip
def test_a_reference_that_says_nothing_or_was_spoiled_is_none(cell, text, code):
    value, problem = read_reference(cell)
    assert (value, problem and problem[1]) == (text, code)


def test_a_row_of_data_is_never_the_second_row_of_headings():
    found = [
        (1, ["Published", "Start", "Register No", "Contract Title", "Amount £'000", "Provider", "Contact"]),
        (2, ["x", "2023-11-30", "A-1", "IT helpdesk", "82", "Corvid Care CIC", "team@example.org"]),
    ]
    position, texts = find_header(found, ContractImporter.fields, {})
    assert (position, texts[0]) == (0, "Published")
