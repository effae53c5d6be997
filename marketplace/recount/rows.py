"""Rows of plain SQL."""

from fractions import Fraction

from django.db import connection


def rows(statement, *values):
    """[{column: value}] of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def exactly(hundredths):
    """A quantity as it is kept, in hundredths, as a Fraction; None stays None."""
    return None if hundredths is None else Fraction(hundredths, 100)


def day_of(value):
    """A day as either database gives it, as text like 2026-11-26; "" for none."""
    return "" if value is None else str(value)[:10]
