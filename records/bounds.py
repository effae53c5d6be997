"""The days that may be kept: a day outside them is a slip of the keyboard, whichever way it comes."""

from datetime import date

from django.db.models import CheckConstraint, Q

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
OUT_OF_RANGE = "enter a day between 1 January 2000 and 31 December 2100."


def day_bounds(model, *fields):
    """A constraint for each DateField of the model with this (lower-case) name; an empty day is no day out of range."""
    return [
        CheckConstraint(
            name=f"{model}_{field}_in_range",
            condition=Q(**{field: None}) | Q(**{f"{field}__range": (FIRST_DAY, LAST_DAY)}),
            violation_error_message=f"{field.replace('_', ' ').capitalize()}: {OUT_OF_RANGE}",
        )
        for field in fields
    ]
