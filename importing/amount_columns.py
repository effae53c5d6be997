"""How the amounts of a column are written: its sign for the point, its scale, its currency, from all of its cells.

1,234 alone may be a thousand or one and a bit; 1,234.56 in the same column settles it, and so does 12,5. Where both
ways stand in one column, or the file is separated by semicolons and nothing settles it, the cell is asked about.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from .cells import error
from .headings import scale_of

CORE = re.compile(r"^(\D*?)(\d[\d.,\s'’]*\d|\d)(\D*)$")
POINT_PROOF = re.compile(r"^\d{1,3}(,\d{3})+\.\d+$|^\d{1,3}(,\d{3}){2,}$|^\d+\.\d{1,2}$|^\d{4,}\.\d+$")
COMMA_PROOF = re.compile(r"^\d{1,3}(\.\d{3})+,\d+$|^\d{1,3}(\.\d{3}){2,}$|^\d+,\d{1,2}$|^\d{1,3}( \d{3})+,\d+$")
BOTH_MARKS = re.compile(r"^\d{1,3}([. ]\d{3})+,\d+$")
ONE_COMMA, ONE_POINT = re.compile(r"^\d{1,3},\d{3}$"), re.compile(r"^\d{1,3}\.\d{3}$")
MOST = Decimal(10) ** 9  # a contract of more, made so by its heading, is asked about
SIGNS = ("point", "comma")


@dataclass
class AmountColumn:
    """`decimal` is "point" or "comma"; `sure` whether cells with one mark and three digits are read by it."""

    decimal: str = "point"
    sure: bool = True
    scale: int = 1

    def before(self, cell):
        """(the cell as it is to be read, problem or None)"""
        if not isinstance(cell, str):
            return cell, None
        parts = CORE.match(cell.strip())
        if not parts:
            return cell, None
        number = re.sub(r"\s+", " ", parts[2])
        if self.decimal == "comma":
            return self.with_comma(cell, parts, number)
        if ONE_COMMA.match(number) and not self.sure and "£" not in cell:
            words = f"“{cell}” may be thousands, or the comma a point: other cells of the column write it so."
            return None, error("comma_or_point", words)
        return cell, None

    def with_comma(self, cell, parts, number):
        if COMMA_PROOF.match(number) or (self.sure and ONE_POINT.match(number)):
            plain = re.sub(r"[. ]", "", number).replace(",", ".")
            return f"{parts[1]}{plain}{parts[3]}", None
        if re.fullmatch(r"\d+", number):
            return cell, None
        words = f"“{cell}” is not written as the rest of the column. Write it like 1234.56."
        return None, error("comma_or_point", words)

    def after(self, value, cell):
        """(the amount in pounds, problem or None): what the heading counts in thousands is multiplied."""
        if value is None or self.scale == 1:
            return value, None
        if isinstance(cell, str) and re.search(r"\d\s*(k|m|bn|mn|thousand|million|billion)\b", cell, re.IGNORECASE):
            words = f"“{cell}” has a scale of its own, and its heading another. Say the pounds."
            return None, error("scale_twice", words)
        scaled = value * self.scale
        if scaled > MOST:
            words = f"“{cell}” would be £{scaled:,.0f} by its heading. Give whole pounds, and name the column so."
            return None, error("scale_doubtful", words)
        return scaled, None


def decide(heading, cells, answer="", by_semicolon=False):
    """The AmountColumn of a heading and its cells; `answer` is "point" or "comma" where a person said so."""
    point = comma = alone = both_marks = 0
    for cell in cells:
        parts = CORE.match(cell.strip()) if isinstance(cell, str) else None
        if parts:
            number = re.sub(r"\s+", " ", parts[2])
            point += bool(POINT_PROOF.match(number) or (ONE_COMMA.match(number) and "£" in cell))
            comma += bool(COMMA_PROOF.match(number))
            both_marks += bool(BOTH_MARKS.match(number))
            alone += bool(ONE_COMMA.match(number) and "£" not in cell)
    made = AmountColumn(scale=scale_of(heading) or 1)
    if answer in SIGNS:
        made.decimal = answer
    elif comma and not point:
        made.decimal, made.sure = "comma", comma >= 2 or by_semicolon or bool(both_marks)
    elif (comma and point) or (not point and by_semicolon and alone):
        made.sure = False
    return made


def told(column):
    """What is told of a column that is not written as usual."""
    found = []
    if column.decimal == "comma" and column.sure:
        found.append("A comma stands for the point here: 1.234,56 is 1234.56.")
    if column.scale != 1:
        found.append(f"The heading counts in {column.scale:,}: every amount is multiplied by that.")
    return " ".join(found)


def question(column):
    """What is asked of a column of which one cell alone writes a comma for the point, or whose cells disagree."""
    if column.sure:
        return ""
    if column.decimal == "comma":
        return "One cell writes a comma for the point. Say whether the whole column does."
    return (
        "Nobody can tell whether a comma marks thousands here or stands for the point. Say which stands before pence."
    )
