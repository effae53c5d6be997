"""How the days of a column are written: which of day and month comes first, from all of its cells.

One cell can't tell 03/04/2024 apart, the column mostly can: 13/04/2024 proves that the day comes first, 04/13/2024 that
the month does. Where a column holds no proof, the other columns of days of the sheet are asked, then it is as councils
write: the day first. Where the cells disagree, those that may be either are asked about.
"""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from .cells import error

NUMBERS = re.compile(r"^(\D*?)(\d{1,2})([/.\- ])(\d{1,2})([/.\- ])(\d{4}|\d{2})(?!\d)(.*)$", re.DOTALL)
ZONED = re.compile(r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)$")
LONDON = ZoneInfo("Europe/London")
DAYS_FROM_1904 = 1462
OVERWHELMING = 10  # times as many cells of one order as of the other: the others are slips
PROOF = 2  # cells that prove the month first, which is not how councils write
TOO_ALIKE = 3  # days that all end in 01: as likely months first
ORDERS = ("day", "month")


@dataclass
class DayColumn:
    """`order` is "day" or "month", or "" where nobody knows; `proofs` how many cells prove each, None where a person
    said it; `odd` whether there are cells of the other order too.
    """

    order: str = "day"
    sure: bool = True
    proofs: tuple | None = None
    odd: bool = False
    from_1904: bool = False

    def before(self, cell):
        """(the cell as it is to be read, problem or None)"""
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            return self.from_number(cell)
        if not isinstance(cell, str):
            return cell, None
        text = cell.strip().rstrip("*").strip()
        if self.from_1904 and re.fullmatch(r"\d{5}(\.\d+)?", text):
            words = f"“{text}” is a number as text, in a workbook that counts days from 1904. Write the day."
            return None, error("day_of_1904", words)
        if ZONED.match(text):
            return in_london(text), None
        parts = NUMBERS.match(text)
        return self.in_order(cell, text, parts) if parts else (text, None)

    def from_number(self, cell):
        """A spreadsheet's number for a day: whole days, from the year that its workbook counts from."""
        whole = int(cell // 1)
        return whole + (DAYS_FROM_1904 if self.from_1904 and whole > 365 else 0), None

    def in_order(self, cell, text, parts):
        first, second = int(parts[2]), int(parts[4])
        if first > 12 or second > 12 or first == second:
            if second > 12 >= first and self.order == "month" and not self.odd:
                return swapped(parts), None
            return text, None
        if not self.sure:
            words = f"“{text}” may be {second}/{first} or {first}/{second}: other cells of the column disagree."
            return None, error("day_or_month", words)
        return (swapped(parts) if self.order == "month" else text), None

    def after(self, value, cell):
        return value, None


def in_london(text):
    """The day in London of a moment with its zone; the text itself where there is no such moment."""
    try:
        moment = datetime.fromisoformat(re.sub(r"\s+(?=[Z+-])", "", text).replace("Z", "+00:00"))
        return moment.astimezone(LONDON).date()
    except (ValueError, OverflowError):  # 30 February, or beyond the first and the last day there is
        return text


def swapped(parts):
    return f"{parts[1]}{parts[4]}{parts[3]}{parts[2]}{parts[5]}{parts[6]}{parts[7]}"


def evidence(cells):
    """(cells that prove the day first, that prove the month first, that may be either, whether those all end in 01)."""
    day = month = either = 0
    firsts, seconds = Counter(), Counter()
    for cell in cells:
        parts = NUMBERS.match(cell.strip()) if isinstance(cell, str) else None
        if not parts:
            continue
        first, second = int(parts[2]), int(parts[4])
        day += first > 12 >= second
        month += second > 12 >= first
        if first <= 12 and second <= 12 and first != second:
            either += 1
            firsts[first] += 1
            seconds[second] += 1
    always_first = either >= TOO_ALIKE and len(firsts) >= TOO_ALIKE and set(seconds) == {1}
    return day, month, either, always_first


def decide(columns, answers, from_1904=False):
    """{name: DayColumn} of {name: cells}; `answers` is {name: "day" or "month"} where a person said so."""
    found = {name: evidence(cells) for name, cells in columns.items()}
    in_all = [sum(each[place] for each in found.values()) for place in (0, 1)]
    return {name: one(found[name], in_all, answers.get(name), from_1904) for name in columns}


def one(seen, in_all, answer, from_1904):
    if answer in ORDERS:
        return DayColumn(answer, from_1904=from_1904)
    day, month, either, always_first = seen
    if not day and not month:  # no proof of its own: what the sheet's other days prove
        day, month = in_all
    made = DayColumn(proofs=(day, month), from_1904=from_1904)
    if day and month:
        made.odd = True
        if day >= OVERWHELMING * month or not either:
            return made
        if month >= OVERWHELMING * day:
            made.order, made.odd = "month", False
            return made
        made.order, made.sure = "", False
    elif month:
        made.order, made.sure = "month", month >= PROOF or not either
    elif not day and always_first:
        made.order, made.sure = "", False
    return made


def told(column):
    """What is told of a column whose month comes first; "" where it is as councils write."""
    if not column.sure or column.order != "month":
        return ""
    if column.proofs is None:
        return "Days are written month/day/year here, as was said."
    month = column.proofs[1]
    count = "one cell" if month == 1 else f"{month} cells"
    return f"Days are written month/day/year here: {count} can be nothing else."


def question(column):
    """What is asked of a column whose cells disagree, or prove too little; "" where nothing is."""
    if column.sure:
        return ""
    day, month = column.proofs
    return f"Nobody can tell day from month here: {day} cells prove the day first, {month} the month. Say which."
