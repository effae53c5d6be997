from decimal import Decimal

import pytest

from places.distance import miles_between
from vocabulary.quantities import QuantityField, rounded
from vocabulary.units import Unit, say_quantity


@pytest.mark.parametrize(
    ("quantity", "unit", "of_what", "words"),
    [
        (1, Unit.HOURS, "", "1 hour"),
        (Decimal("7.50"), Unit.HOURS, "", "7.5 hours"),
        (1200, Unit.POUNDS, "", "£1,200"),
        (40, Unit.ITEMS, "chairs", "40 chairs"),
        (3, Unit.DAYS, "trips", "3 days (trips)"),
        (1, Unit.NARRATIVE, "", "all of it"),
        (0, Unit.NARRATIVE, "", "none of it"),
        (3, Unit.NARRATIVE, "", "3 described in words"),
        (1, Unit.PER_CENT, "", "1 per cent"),
    ],
)
def test_quantities_in_words(quantity, unit, of_what, words):
    assert say_quantity(Decimal(quantity), unit, of_what) == words


def test_a_quantity_is_kept_in_hundredths_and_read_back_exactly():
    field = QuantityField()
    assert field.get_prep_value(Decimal("0.03")) == 3
    assert field.from_db_value(3, None, None) == Decimal("0.03")
    assert field.to_python("12.345") == Decimal("12.35")
    assert rounded("0.005") == Decimal("0.01")


def test_guildford_to_woking_is_about_five_miles():
    assert miles_between(51.2362, -0.5704, 51.3168, -0.5600) == pytest.approx(5.6, abs=0.1)
