"""The most that a promise gives to one request, where its own wording says so: "awards of up to £500 each".

Read only where it is beyond doubt. A size ("£5k"), a rate ("£50 an hour"), a total ("£50,000 in all") or two limits in
one wording say nothing that is sure.
"""

import re
from decimal import Decimal

from .units import SINGULAR, Unit

MOST = Decimal(10) ** 9  # more is no limit that anybody means
NUMBER = r"(?P<number>[0-9][0-9,]*(?:\.[0-9]{1,2})?)"
AMOUNT = rf"£ ?{NUMBER}(?![0-9.,]*[0-9])(?!\s*(?:k|m|bn|mn|million|thousand|billion)\b)"
GIVEN = r"(?:awards?|grants?|gifts?|donations?|bursar(?:y|ies))"
TO_ONE = (
    r"(?:(?:for|to|per|a|an) )?(?:each |every |one )?(?:group|request|organisation|charity|school|club|award|grant)"
)
EACH = rf"(?:each(?! (?:year|month|week|day|quarter|hour|time))|{TO_ONE}\b)"
MONEY = re.compile(rf"\b{GIVEN} (?:of |worth )?up to {AMOUNT}|\bup to {AMOUNT.replace('number', 'each')} {EACH}", re.I)
TEAMS = re.compile(rf"\b(?:teams?|groups?|part(?:y|ies)) of (?:up to|at most|no more than) {NUMBER}\b", re.I)
UP_TO = re.compile(r"\bup to\b", re.I)
IN_ALL = re.compile(
    r"\b(?:in total|in all|altogether|totalling|total of|shared|between them|"
    r"(?:a|an|per|each|every) (?:year|month|week|day|quarter|hour)|annually|yearly|monthly|weekly|hourly)\b",
    re.I,
)


def most_each(wording, unit):
    """Decimal in `unit`, above 0, or None where the wording does not say it beyond doubt."""
    if unit in (Unit.POUNDS, Unit.POUNDS_IN_KIND):
        pattern = MONEY
    elif unit == Unit.PEOPLE:
        pattern = TEAMS
    elif unit in SINGULAR:
        pattern = re.compile(rf"\bup to {NUMBER} (?:{SINGULAR[unit]}|{Unit(unit).label}) {TO_ONE}\b", re.I)
    else:
        return None
    found = list(pattern.finditer(wording))
    is_alone = len(found) == 1 and len(UP_TO.findall(wording)) <= 1
    if not is_alone or (pattern is not TEAMS and IN_ALL.search(wording)):
        return None
    text = next(value for value in found[0].groupdict().values() if value)
    amount = Decimal(text.replace(",", ""))
    return amount if 0 < amount < MOST else None
