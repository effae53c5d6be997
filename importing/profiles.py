"""What stands in a column, told from its cells alone: days, amounts, yes and no, references, names, words."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from .cells import PLACEHOLDERS, SERIALS

LOOK_AT = 300
WORD_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
DAY = re.compile(
    rf"""^(?:[a-z]{{3,9}}day,?\s+|(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun),?\s+)?(?:
        \d{{1,2}}[/.\- ]\d{{1,2}}[/.\- ](?:\d{{4}}|\d{{2}})
      | \d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}
      | (?:19|20)\d{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])
      | \d{{1,2}}(?:st|nd|rd|th)?[ \-/](?:of\s)?(?:{WORD_MONTHS})[a-z]*[ \-/,]+(?:\d{{4}}|\d{{2}})
      | (?:{WORD_MONTHS})[a-z]*[ \-/,.]+(?:\d{{1,2}},?\s+)?(?:\d{{4}}|\d{{2}})
    )(?:[T\s].*)?\*?$""",
    re.IGNORECASE | re.VERBOSE,
)
AMOUNT = re.compile(
    r"^[(\-−]?\s*(?:£|gbp|[$€])?\s*\d[\d,.\s'’]*\s*(?:k|m|mn|bn|thousand|million|billion)?\s*\)?"
    r"(?:\s*(?:p\.?a\.?|per annum|gbp|\+\s*vat|inc\.? vat))?$",
    re.IGNORECASE,
)
FLAG = re.compile(r"^(y|n|yes|no|true|false|✓|✔|x|sme|non-?sme|vcse|non-?vcse)$", re.IGNORECASE)
COMPANY = re.compile(
    r"\b(ltd|limited|plc|llp|cic|inc|group|services|solutions|& sons|and sons|partnership|company|co\.?|associates|"
    r"consult\w*|holdings|university|trust|uk|council|charity|foundation|builders|contractors)\b",
    re.IGNORECASE,
)
EMAIL = re.compile(r"^\S+@\S+\.\S+$")
POSTCODE = re.compile(r"^[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}$", re.IGNORECASE)
ENOUGH = 5  # cells from which a column may contradict its heading


@dataclass(frozen=True)
class Profile:
    """Shares, from 0 to 1, of the filled cells that were looked at."""

    filled: int
    days: float = 0
    serials: float = 0
    amounts: float = 0  # numbers among them
    flags: float = 0
    codes: float = 0  # short, with a digit, no more than two words
    companies: float = 0
    others: float = 0  # e-mail addresses and postcodes
    unique: float = 0
    length: float = 0  # letters in a cell, on average

    @property
    def is_words(self):
        """Whether it may be a title, a name or a description."""
        return max(self.days, self.amounts, self.flags, self.others) < 0.5


def of(cells):
    """The Profile of a column: of at most LOOK_AT cells, spread over all of it."""
    filled = [cell for cell in cells if cell is not None and str(cell).strip()]
    filled = [cell for cell in filled if not (isinstance(cell, str) and PLACEHOLDERS.match(cell.strip()))]
    seen = filled[:: max(1, len(filled) // LOOK_AT)][:LOOK_AT]
    if not seen:
        return Profile(0)
    count = len(seen)

    def share(test):
        return sum(map(test, seen)) / count

    texts = [str(cell).strip() for cell in seen]
    return Profile(
        count, share(is_day), share(is_serial), share(is_amount), share(lambda c: bool(FLAG.match(str(c).strip()))),
        share(is_code), share(lambda c: isinstance(c, str) and bool(COMPANY.search(c))),
        share(lambda c: isinstance(c, str) and bool(EMAIL.match(c.strip()) or POSTCODE.match(c.strip()))),
        len({text.casefold() for text in texts}) / count, sum(map(len, texts)) / count,
    )  # fmt: skip


def is_day(cell):
    if isinstance(cell, datetime | date):
        return True
    return isinstance(cell, str) and bool(DAY.match(cell.strip()))


def is_serial(cell):
    """Whether it may be a spreadsheet's number for a day."""
    text = str(cell).strip()
    return bool(re.fullmatch(r"\d{5}(\.\d+)?", text)) and int(float(text)) in SERIALS


def is_amount(cell):
    if isinstance(cell, bool | datetime | date | time):
        return False
    return not isinstance(cell, str) or (bool(AMOUNT.match(cell.strip())) and not is_day(cell))


def is_code(cell):
    text = str(cell).strip()
    return len(text) <= 30 and any(char.isdigit() for char in text) and len(text.split()) <= 3 and not is_day(cell)


def fits(profile, holds):
    """1 where the cells are what a field holds, -1 where they are something else, 0 where they don't tell."""
    if profile.filled == 0:
        return 0
    check = CHECKS.get(holds)
    fit = check(profile) if check else 0
    return fit if fit > 0 or profile.filled >= ENOUGH else 0


def _day(p):
    if p.days >= 0.6 or p.serials >= 0.95:
        return 1
    return 0 if p.days + p.serials >= 0.1 else -1


def _amount(p):
    if p.days >= 0.4 or max(p.amounts, p.codes) < 0.1:
        return -1
    return 1 if p.amounts >= 0.6 else 0


def _flag(p):
    return 1 if p.flags >= 0.6 else 0 if p.flags >= 0.2 or p.filled < 4 else -1


def _reference(p):
    if p.days >= 0.4 or p.others >= 0.5 or p.flags >= 0.5 or (p.filled >= 6 and p.unique < 0.3):
        return -1
    return 1 if p.unique >= 0.7 and (p.codes >= 0.5 or p.length <= 30) else 0


def _name(p):
    return -1 if not p.is_words else 1 if p.companies >= 0.3 else 0


def _words(p):
    return -1 if max(p.days, p.others) >= 0.8 else 1 if p.is_words and p.length >= 6 else 0


CHECKS = {"day": _day, "amount": _amount, "flag": _flag, "reference": _reference, "name": _name, "words": _words}
