"""Reading the cells of an extract, where a bad one is a finding and not a reason to know nothing."""

import re
from datetime import date

from importing.cells import MONTHS, read_date, read_flag, read_money, read_text
from records.days import month_end


def lenient(read):
    """A reader whose errors become warnings: a bad cell of an extract is a finding, not a reason to know nothing."""

    def reader(value):
        found, problem = read(value)
        return (None if problem and problem[0] == "error" else found), problem and ("warning", *problem[1:])

    reader.lenient, reader.reads = True, getattr(read, "reads", "")
    return reader


def read_signed_money(value):
    """An amount in pounds that may be below nothing, as a credit note is."""
    text = str(value if value is not None else "").strip().replace("−", "-")
    found = re.fullmatch(r"\((.+)\)|£?\s*-(.+)|(.+)-", text)
    if not found:
        return read_money(value)
    amount, problem = read_money(next(part for part in found.groups() if part))
    return (None if amount is None else -amount), problem


def read_day_or_month(value):
    """A day, or the last day of a month that is all a cell says, such as 2025-04, 202504, 04/2025, Apr-25."""
    text = str(value if value is not None else "").strip()
    numbers = re.fullmatch(r"(20\d\d)[-/. ]?(\d\d?)", text) or re.fullmatch(r"(?P<m>\d\d?)[-/. ](?P<y>20\d\d)", text)
    words = re.fullmatch(r"([A-Za-z]{3})[a-z]*[-/. ]*(?:20)?(\d\d)", text)
    if numbers:
        named = numbers.groupdict()
        year, month = (named["y"], named["m"]) if named else numbers.groups()
    elif words and words[1].lower() in MONTHS:
        year, month = f"20{words[2]}", MONTHS[words[1].lower()]
    else:
        return read_date(value)
    if not 1 <= int(month) <= 12:
        return read_date(value)
    return month_end(date(int(year), int(month), 1)), None


read_day_or_month.reads = "day"


def silent_flag(value):
    """Yes, no or neither: "Pending" is no yes, and nothing to warn of."""
    return read_flag(value)[0], None


def as_typed(value):
    text = value.isoformat() if isinstance(value, date) else read_text(value)[0]
    return text[:80]


IN_DOUBT = "day or month?"


def day_as_typed(value):
    """A day as it was typed, to be read where it is counted; one that may be two days says so, and is to be mended."""
    return as_typed(value), None


day_as_typed.reads, day_as_typed.lenient = "day", True
day_as_typed.doubted = lambda cell: f"{as_typed(cell)[:60]} ({IN_DOUBT})"
