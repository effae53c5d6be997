"""The most that a promise gives to one request, where its own wording says so: "awards of up to £500 each"."""

import re
from decimal import Decimal

from .units import SINGULAR, Unit

NUMBER = r"([0-9][0-9,]*(?:\.[0-9]+)?)"
MONEY = re.compile(
    rf"\b(?:awards?|grants?|gifts?|donations?|bursar(?:y|ies)|sums?)\b[^.;]{{0,20}}?\bup to £ ?{NUMBER}", re.I
)
MONEY_EACH = re.compile(rf"\bup to £ ?{NUMBER} (?:each|per|for each|a group|an? award|to each)\b", re.I)
TEAMS = re.compile(rf"\b(?:teams?|groups?|parties|party) of (?:up to|at most|no more than) {NUMBER}\b", re.I)
EACH = r"(?:each|per (?:group|request|organisation|charity|school|event)|for each|to each)"


def most_each(wording, unit):
    """Decimal in `unit`, or None where the wording does not say it beyond doubt."""
    if unit in (Unit.POUNDS, Unit.POUNDS_IN_KIND):
        found = MONEY.search(wording) or MONEY_EACH.search(wording)
    elif unit == Unit.PEOPLE:
        found = TEAMS.search(wording)
    elif unit in SINGULAR:
        words = f"{SINGULAR[unit]}|{Unit(unit).label}"
        found = re.search(rf"\bup to {NUMBER} (?:{words}) {EACH}\b", wording, re.I)
    else:
        found = None
    return Decimal(found[1].replace(",", "")) if found else None
