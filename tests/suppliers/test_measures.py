"""Quantity and unit as people write them: converted and told, or asked about; no quantity is never one."""

from decimal import Decimal

import pytest

from suppliers.registers import measures

RIGHT = {
    ("40 hours", ""): (40, "hours"), ("40", "hours"): (40, "hours"), ("50%", ""): (50, "per_cent"),
    ("50%", "per cent"): (50, "per_cent"), ("£10k", "GBP"): (10000, "pounds"), ("~30", "hours"): (30, "hours"),
    ("30+", "hours"): (30, "hours"), ("At least 3", "people"): (3, "people"), ("1/2", "days"): ("0.5", "days"),
    ("100", "hrs"): (100, "hours"), ("100", "Hrs."): (100, "hours"), ("100", "£"): (100, "pounds"),
    ("100", "£k"): (100000, "pounds"), ("100", "£000"): (100000, "pounds"), ("2", "FTE"): (2, "people"),
    ("5", "tonnes of CO2"): (5, "tonnes_co2e"), ("5", "tCO₂e"): (5, "tonnes_co2e"), ("5000", "kg"): (5, "tonnes"),
    ("90", "minutes"): ("1.5", "hours"), ("5", "number of apprentices"): (5, "people"), ("5", "%age"): (5, "per_cent"),
    ("5", "pupils"): (5, "people"), ("5", "work experience placements"): (5, "places"), ("5", "bags"): (5, "items"),
    ("3", "half days"): ("1.5", "days"), ("7", "person days"): (7, "days"), ("six", "hours"): (6, "hours"),
    ("12", "Hours (total)"): (12, "hours"), ("5", "pounds_in_kind"): (5, "pounds_in_kind"), ("", ""): (1, "narrative"),
    ("5000", "GBP worth of furniture"): (5000, "pounds"), ("5000", "£ spent with local SMEs"): (5000, "pounds"),
}  # fmt: skip
ASKED = {
    ("", "hours"), ("n/a", "hours"), ("5", "hours per week"), ("5", "hours/week"), ("5", "days a month"), ("5", "m"),
    ("5", "No."), ("10-12", "people"), ("2 x 5", "days"), ("up to 5", "days"), ("1 per year", "apprentices"),
    ("5", "kg"), ("40 hours", "days"), ("twenty-ish", "hours"), ("1e3", "hours"), ("5", "£ per year"),
}  # fmt: skip


def read(quantity, unit):
    value, problem = measures.read_quantity(quantity)
    if problem and problem[0] == "error":
        return None
    settled, problems = measures.settle({"quantity": value, "unit_words": unit})
    return None if any(each[1][0] == "error" for each in problems) else settled


@pytest.mark.parametrize("said", RIGHT)
def test_what_is_understood_is_read(said):
    quantity, unit = RIGHT[said]
    settled = read(*said)
    assert settled["quantity"] == Decimal(str(quantity))
    assert measures.understand(settled["unit_words"]).unit == unit


@pytest.mark.parametrize("said", ASKED)
def test_what_is_not_is_asked_about(said):
    assert read(*said) is None


def test_what_was_settled_reads_the_same_again():
    """A second import of the same file finds nothing changed."""
    for said in RIGHT:
        settled = read(*said)
        again, _ = measures.settle(dict(settled))
        assert again["quantity"] == settled["quantity"], said
        assert measures.understand(again["unit_words"]).unit == measures.understand(settled["unit_words"]).unit


def test_where_the_unit_stands_elsewhere_one_beside_the_number_is_asked_about():
    assert measures.read_bare_quantity("40")[0] == 40 and measures.read_bare_quantity("£40")[0] == 40
    assert measures.read_bare_quantity("40 days")[1][1] == "not_a_number"
