"""What a wording says of the most for one request: read where it is beyond doubt, else nothing."""

from decimal import Decimal

import pytest

from vocabulary.limits import most_each
from vocabulary.units import Unit, is_plain


@pytest.mark.parametrize(
    ("wording", "unit", "most"),
    [
        ("A fund with awards of up to £500 for groups", Unit.POUNDS, 500),
        ("Grants up to £1,250 each", Unit.POUNDS, 1250),
        ("Up to £300 per group", Unit.POUNDS, 300),
        ("Print for charities, up to £99.50 each", Unit.POUNDS_IN_KIND, "99.5"),
        ("Teams of up to 10 for a day", Unit.PEOPLE, 10),
        ("Groups of no more than 12", Unit.PEOPLE, 12),
        ("Up to 6 hours for each club", Unit.HOURS, 6),
        ("Up to 1 day per organisation", Unit.DAYS, 1),
        ("Up to £5,000 a year in all", Unit.POUNDS, None),
        ("Awards of up to £5k", Unit.POUNDS, None),
        ("Awards of up to £1m for groups", Unit.POUNDS, None),
        ("Awards of up to £1.2 million", Unit.POUNDS, None),
        ("Grants totalling up to £50,000 a year", Unit.POUNDS, None),
        ("Donations of up to £25,000 in total", Unit.POUNDS, None),
        ("A sum of up to £10,000 to be shared", Unit.POUNDS, None),
        ("Donations of up to £300 per month", Unit.POUNDS, None),
        ("Up to £50 per hour", Unit.POUNDS, None),
        ("Up to £500 each year", Unit.POUNDS, None),
        ("Awards of up to £500, or up to £900 for schools", Unit.POUNDS, None),
        ("Awards of up to £0", Unit.POUNDS, None),
        ("Up to £99999999999999999999 each", Unit.POUNDS, None),
        ("Volunteers give up to 7 hours each", Unit.HOURS, None),
        ("Up to 2 days each month", Unit.DAYS, None),
        ("Up to 40 hours of help", Unit.HOURS, None),
        ("Teams of up to 10 for a day", Unit.HOURS, None),
        ("Up to date accounts", Unit.HOURS, None),
        ("Staff volunteering", Unit.HOURS, None),
        ("", Unit.NARRATIVE, None),
    ],
)
def test_the_most_for_one_request(wording, unit, most):
    assert most_each(wording, unit) == (None if most is None else Decimal(most))


@pytest.mark.parametrize(
    ("words", "plain"),
    [("", True), ("days", True), ("trips", True), ("half days", False), ("half_day", False), ("half-day", False),
     ("3 days per week", False), ("hours each month", False)],
)  # fmt: skip
def test_words_that_make_a_unit_another(words, plain):
    assert is_plain(words) is plain
