"""Plan IDs as people type them, read as numbers: only where no doubt is left.

"PM3-00123", "pm3 00123", "PM3/00123", "PM3 Plan: 123", "Plan 123", "123.0" and "#123" all mean project 123, and
"101; PM3-00295" means two. A letter O for a zero, "PM3 pending" or another system's number is not read: somebody has to
look. "1,234" may be one number or two, so it is not read either.
"""

import re
from dataclasses import dataclass, field

from words.references import plain_signs

MOST_DIGITS = 6  # longer numbers are another system's
SAYS_NOTHING = re.compile(
    r"^(n/?a|n\.a\.?|not applicable|none|nil|null|tb[acd]|to be (confirmed|added|advised)|unknown|blank|"
    r"\?+|-+|\.+|x+|0+)$",
    re.IGNORECASE,
)
ONE = re.compile(
    r"""(?:(?:p\.?m\.?\s?3|plan|project|id|no|number|ref|reference)[\s.:/#_\-]*)*  # what comes before the number
        \#?\s*(\d+)(?:\.0+)?""",
    re.IGNORECASE | re.VERBOSE,
)
NAMED = r"(?=p\.?m\.?\s?3\b|p\.?m\.?\s?3\d|plan\b)"  # "2024/25" and "01 04 2025" are no two projects
BETWEEN = re.compile(rf"\s*(?:[;,&+|\n]|\band\b)\s*|\s*/\s*{NAMED}|\s+{NAMED}", re.IGNORECASE)
DOUBTFUL = re.compile(
    r"(?<!\d)[1-9]\d{0,2},\d{3}(?!\d)|^\d{1,4}[/.\-]\d{1,2}[/.\-]\d{1,4}$|p\.?m\.?3\d{1,2}(?!\d)", re.IGNORECASE
)  # one number or two, a date, or "PM33"


@dataclass
class PlanIds:
    """What a cell means: project numbers without doubt, and what is left that can't be read."""

    numbers: list = field(default_factory=list)
    unreadable: bool = False


def read(typed):
    """The PlanIds of a cell; empty for one that says nothing, such as "TBC"."""
    text = re.sub(r"[ \t\r\f\v]+", " ", plain_signs(typed)).strip().strip("\"'()[]").strip()
    if not text or SAYS_NOTHING.match(text):
        return PlanIds()
    if DOUBTFUL.search(text):
        return PlanIds(unreadable=True)
    numbers, position = [], 0
    while position < len(text):
        matched = ONE.match(text, position)
        if not matched or len(matched.group(1).lstrip("0")) > MOST_DIGITS or not matched.group(1).strip("0"):
            return PlanIds(unreadable=True)
        numbers.append(int(matched.group(1)))
        position = matched.end()
        if position < len(text):
            between = BETWEEN.match(text, position)
            if not between or not between.group():
                return PlanIds(unreadable=True)
            position = between.end()
            if position == len(text) and between.group().strip() in ("and", "/", "&", "+"):
                return PlanIds(unreadable=True)
    return PlanIds(list(dict.fromkeys(numbers)))
