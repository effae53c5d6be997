"""Quantities that add up exactly on both databases.

SQLite keeps decimals as floating point numbers, so that sums and comparisons made in the database drift by
millionths and a rule of "no more than promised" fails on the last cent. A quantity is therefore kept as a whole
number of hundredths and read as a Decimal with two places.
"""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Value

from .units import WHOLE, Unit

CENT, ZERO = Decimal("0.01"), Decimal(0)


def rounded(amount):
    """`amount` as a Decimal with two places, halves away from nothing."""
    return Decimal(amount).quantize(CENT, ROUND_HALF_UP)


def as_typed(quantity):
    """A quantity as somebody would type it: "12.5", "100"; no marks of thousands."""
    return f"{quantity:.2f}".rstrip("0").rstrip(".")


def rounded_in(unit, amount):
    """`amount` as it may be counted in a unit: whole where there are no parts of it, halves away from nothing."""
    above, below = amount.as_integer_ratio()
    places = 1 if unit in WHOLE else 100
    hundredths = (2 * places * abs(above) + below) // (2 * below) * (100 // places)  # whole numbers: it is asked often
    return Decimal(hundredths if above >= 0 else -hundredths).scaleb(-2)


def refuse_parts(quantity, unit, field="quantity"):
    """ValidationError of a form's field for a part of what is counted whole: half a person, a third of a chair."""
    if unit in WHOLE and quantity is not None and quantity != int(quantity):
        raise ValidationError({field: f"Enter a whole number: {Unit(unit).label} are counted whole."})


class QuantityField(models.BigIntegerField):
    """A Decimal with two places, kept in hundredths."""

    description = "A quantity with two decimal places"

    def from_db_value(self, value, expression, connection):
        if value is None:
            return None
        exactly = Decimal(value).scaleb(-2)
        return exactly if isinstance(value, int) else rounded(exactly)  # whole hundredths have two places already

    def to_python(self, value):
        if value is None or value == "":
            return None
        try:
            return rounded(str(value))
        except InvalidOperation:
            raise ValidationError("Enter a number, like 12 or 7.5", code="invalid") from None

    def get_prep_value(self, value):
        if value is None or hasattr(value, "resolve_expression"):
            return value
        return int(rounded(value).scaleb(2))

    def value_to_string(self, obj):
        value = self.value_from_object(obj)
        return "" if value is None else str(value)

    def formfield(self, **kwargs):
        return super(models.IntegerField, self).formfield(
            **({"form_class": forms.DecimalField, "max_digits": 14, "decimal_places": 2} | kwargs)
        )


def exact(amount):
    """A quantity for use in database arithmetic: F("reserved") + exact(Decimal(3))."""
    return Value(amount, output_field=QuantityField())
