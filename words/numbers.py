"""Numbers of rows as an address or a form gives them: whole, not below nothing, and no larger than a database holds."""


def is_number(text):
    return text.isascii() and text.isdecimal() and len(text) < 19


def numbers(values):
    """The numbers among `values`, which are text."""
    return [int(value) for value in values if is_number(value)]
