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

FAR_MILES = 30
UNKNOWN = 0.5  # where one side says nothing: neither for nor against
HURRY_DAYS, EASE_DAYS = 14, 180
CHECK_PARTS = {"none": 1, "ask": 1, "basic": 0.8}  # any other check asks more of helpers
WITH_CHECK = 0.5


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
