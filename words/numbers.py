"""Numbers as addresses and forms give them, and percentages.

A number of a row is whole, not below nothing, and no larger than a database holds.
"""

from decimal import ROUND_HALF_UP, Decimal

from django.contrib.humanize.templatetags.humanize import apnumber

CENT = Decimal("0.01")


def is_number(text):
    return text.isascii() and text.isdecimal() and len(text) < 19


def numbers(values):
    """The numbers among `values`, which are text."""
    return [int(value) for value in values if is_number(value)]


def percent_of(part, whole):
    """`part` of `whole` in per cent, a Decimal with two places, halves up; None of nothing."""
    return (Decimal(100 * part) / whole).quantize(CENT, ROUND_HALF_UP) if whole else None


def say_working_days(count):
    """A period in words: "three working days"."""
    return f"{apnumber(count)} working day{'' if count == 1 else 's'}"


def say_percent(value):
    """A percentage as "25.00%"; a dash where there is none."""
    return "–" if value in (None, "") else f"{value:.2f}%"


def say_pounds(amount):
    """Pounds with no pence or two places of them: "£1,200", "£10.50", "-£3"."""
    number = f"{abs(amount):,.2f}".removesuffix(".00")
    return f"-£{number}" if amount < 0 else f"£{number}"
