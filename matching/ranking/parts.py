"""The named parts that a score adds up from, and their weights.

Each part lies between 0 and 1; a score is the sum of weight times part, so that a page can print every part of it.
The functions below take numbers (a web page, one pair) or numpy arrays (the worker, many pairs) alike and import
nothing, so that both say the same.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    name: str
    label: str
    weight: float  # unless the council has chosen another


PARTS = [
    Part("need", "What is offered counts as what is needed", 0.54),
    Part("meaning", "The texts speak of the same", 0.22),
    Part("kind", "The kind of help is the same", 0.02),
    Part("unit", "Both are counted alike", 0.03),
    Part("size", "How much of the need and of the gap it closes", 0.03),
    Part("place", "How near it is", 0.04),
    Part("outcome", "Both serve the same outcome", 0.03),
    Part("checks", "Checks that helpers need", 0.02),
    Part("time", "How soon it is needed", 0.03),
    Part("unanswered", "Nobody has answered yet", 0.02),
    Part("small", "A small group, or its first request", 0.02),
]
NAMES = [part.name for part in PARTS]
FIXED = ["need", "meaning", "kind", "unit", "place", "outcome", "checks", "small"]
"""Parts that seldom change: kept with a match. The others are worked out when a list is read."""
DEFAULTS = {part.name: part.weight for part in PARTS}

GOOD_NEED, SURE_NEED = 0.3, 0.5
SURE_GENERAL = 0.33  # a general offer meets a need as its editors say, at 0.4 of the need itself at most
LIKE_UNIT, UNLIKE_NEED = 0.5, 0.75
"""From where on a pair is called a fit, or a sure one: 76% and 86% of the judged pairs called fits do fit
(docs/decisions/0014). Where units are not alike, as days of help and tools to keep, the need has to say more.
"""

FAR_MILES = 30
UNKNOWN = 0.5  # where one side says nothing: neither for nor against
HURRY_DAYS, EASE_DAYS = 14, 180
CHECK_PARTS = {"none": 1, "ask": 1, "basic": 0.8}  # any other check asks more of helpers
WITH_CHECK = 0.5


def fits(need, unit):
    """Whether a pair with these parts is called a fit."""
    return (need >= GOOD_NEED) & ((unit >= LIKE_UNIT) | (need >= UNLIKE_NEED))


def is_sure(need, unit, general=False, least=SURE_NEED):
    """Whether a pair is sure enough to be proposed, and to say what it asks for and what it counts as.

    `general`: whether the commitment offers help of any kind, such as staff volunteering.
    """
    return (need >= least - (SURE_NEED - SURE_GENERAL) * general) & (unit >= LIKE_UNIT)


def lesser(a, b):
    return (a + b - abs(a - b)) / 2


def between(value, low, high):
    """`value`, but not below `low` nor above `high`."""
    return -lesser(-lesser(value, high), -low)


def size(left, need):
    """Mean of the share of the need that is met and the share of the gap that is closed; same unit, both above 0."""
    shared = lesser(left, need)
    return (shared / need + shared / left) / 2


def place(miles):
    """1 at the door, falling to 0 at FAR_MILES."""
    return 1 - between(miles / FAR_MILES, 0, 1)


def time(days):
    """1 where it is needed within two weeks, 0 where it has half a year."""
    return 1 - between((days - HURRY_DAYS) / (EASE_DAYS - HURRY_DAYS), 0, 1)


def total(parts, weights):
    """The score of {name: part}."""
    return sum(weights[name] * value for name, value in parts.items())
