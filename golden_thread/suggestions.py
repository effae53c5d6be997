"""Projects that an unlinked contract may belong to, with the evidence for each and how sure it is.

What each piece of evidence is worth is learned from the contracts that are linked already: how often a true pair shows
it, and how often a pair drawn at random does. The sum is then held against the same contracts, half against half: a
confidence is never higher than the share of such suggestions that were right there. A number that was only mistyped
("PM3-O0126") is repaired and offered; nothing counts as linked until a person says so.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from hashlib import md5
from math import exp, log

from rapidfuzz import fuzz

from words.references import same_words

from . import plan_ids

MOST_SUGGESTIONS = 3  # suggestions a contract
LEAST_CONFIDENCE = 0.05  # weaker ones help nobody
CANDIDATES = 300  # projects looked at for one contract
MOST_TITLES_OF_A_WORD = 400  # a word in more titles than this finds nothing by itself
RANDOM_PAIRS = 6  # drawn for each true pair
NONE_OF_THEM = 5  # against 1 that an unlinked contract's project is in PM3 at all
REPAIRED = 0.97  # a mistyped number whose repair PM3 has
LEAST_TAUGHT = 40  # fewer linked contracts teach too little: no confidence above CONFIDENCE_UNTAUGHT
CONFIDENCE_UNTAUGHT = 0.8
MOST_TAUGHT = 4000  # linked contracts, taken evenly, teach as well as a hundred thousand
CONFIDENCE_STEPS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98)
MISTYPED = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "i": "1", "S": "5", "s": "5", "B": "8", "Z": "2"})
NUMBER = re.compile(r"(?:p\.?m\.?\s?3|plan)[\s.:/#_\-]*([0-9OoIliSsBZ]{3,6})\s*$", re.IGNORECASE)
NOT_THE_NAME = re.compile(
    r"\b(lot \d+|call-?off|mini[- ]competition|extension|direct award|framework|phase \d+|re-?tender|contract|\d+)\b"
)
LEGAL_FORM = re.compile(r"\b(ltd|limited|plc|llp|cic|inc|co|company|the|uk|group|services)\b\.?")


@dataclass(slots=True)
class Side:
    """A project or a contract as evidence compares it."""

    key: object
    title: str
    words: frozenset
    supplier: str
    directorate: str
    officer: str
    value: float
    day: object  # completed or signed
    said: dict  # title, supplier, directorate and officer as the system writes them


@dataclass
class Suggestion:
    reference: str
    number: int
    plan_id: str
    confidence: float
    evidence: list
    typed: str  # the Plan ID that stands there
    contract: Side
    project: Side

    def as_dict(self):
        return {
            "contract": self.reference,
            "plan_id": self.plan_id,
            "plan_number": self.number,
            "confidence": round(self.confidence, 3),
            "evidence": self.evidence,
        }


def side(key, title, supplier, directorate, officer, value, day):
    said = {"title": title, "supplier": supplier, "directorate": directorate, "officer": officer}
    title = NOT_THE_NAME.sub(" ", title.casefold())
    title = " ".join(re.sub(r"[^a-z0-9]+", " ", title).split())
    supplier = " ".join(re.sub(r"[^a-z0-9]+", " ", LEGAL_FORM.sub(" ", supplier.casefold())).split())
    words = frozenset(word for word in title.split() if len(word) > 2)
    return Side(key, title, words, supplier, same_words(directorate), same_words(officer), float(value or 0), day, said)


def evidence(contract, project):
    """{name: level} of what a contract and a project have in common; "" where one of them says nothing."""
    found = {"title": _title(contract.title, project.title)}
    for name in ("supplier", "directorate", "officer"):
        one, other = getattr(contract, name), getattr(project, name)
        found[name] = ("same" if one == other else "other") if one and other else ""
    found["value"] = _value(contract.value, project.value)
    found["days"] = ""
    if contract.day and project.day:
        apart = abs((contract.day - project.day).days)
        found["days"] = "a month" if apart <= 31 else "half a year" if apart <= 183 else "further"
    return found


def _title(one, other):
    if not one or not other:
        return ""
    likeness = fuzz.token_sort_ratio(one, other)
    return "same" if likeness >= 96 else "close" if likeness >= 80 else "alike" if likeness >= 60 else "other"


def _value(one, other):
    if not one or not other:
        return ""
    ratio = min(one, other) / max(one, other)
    return "same" if ratio >= 0.9999 else "near" if ratio >= 0.97 else "close" if ratio >= 0.8 else "other"


class Index:
    """Projects by the words of their titles, their suppliers and values: which may be meant at all."""

    def __init__(self, projects):
        self.projects = projects
        self.by = defaultdict(list)
        for project in projects:
            for mark in self.marks(project):
                self.by[mark].append(project)

    @staticmethod
    def marks(side):
        yield from (("word", word) for word in side.words)
        if side.supplier:
            yield "supplier", side.supplier
        if side.value:
            yield "value", round(side.value, -2)

    def near(self, contract):
        found = Counter()
        for mark in self.marks(contract):
            listed = self.by.get(mark, ())
            if len(listed) <= MOST_TITLES_OF_A_WORD:
                for project in listed:
                    found[project.key] += 1 / (1 + len(listed))
        return [key for key, _ in found.most_common(CANDIDATES)]


class Weights:
    """log of how much likelier each level of evidence is for a true pair than for a random one."""

    def __init__(self, true, random):
        self.log = {}
        counts = [Counter(), Counter()]
        for count, pairs in zip(counts, (true, random), strict=True):
            for pair in pairs:
                count["pairs"] += 1
                count.update(evidence(*pair).items())
        for name in ("title", "supplier", "directorate", "officer", "value", "days"):
            levels = {key[1] for count in counts for key in count if key[0] == name} | {"same", "other"}
            for level in levels:
                shares = [(count[name, level] + 0.5) / (count["pairs"] + 0.5 * len(levels)) for count in counts]
                self.log[name, level] = log(shares[0] / shares[1]) if level else 0.0

    def of(self, contract, project):
        return sum(self.log.get(pair, 0.0) for pair in evidence(contract, project).items())


def shares(contract, index, weights, projects):
    """[(how likely, project key)] of the likeliest projects, the chance that it is none of them taken off."""
    odds = [(exp(weights.of(contract, projects[key])) / max(len(projects), 1), key) for key in index.near(contract)]
    whole = NONE_OF_THEM + sum(odd for odd, _ in odds)
    return sorted(((odd / whole, key) for odd, key in odds), key=lambda pair: (-pair[0], pair[1]))[:MOST_SUGGESTIONS]


def drawn(contract, keys):
    """Keys of projects drawn for a contract, the same each time."""
    start = int(md5(str(contract.key).encode(), usedforsecurity=False).hexdigest(), 16)
    return [keys[(start + step * 7919) % len(keys)] for step in range(RANDOM_PAIRS)]


class Teacher:
    """Weights and calibration, learned from contracts whose project is known: [(contract, project key)]."""

    def __init__(self, known, projects):
        known = known[:: max(1, len(known) // MOST_TAUGHT)]
        self.projects, self.known = projects, known
        self.index, self.keys = Index(list(projects.values())), sorted(projects)
        self.weights = self._weights(known)
        self.right, self.seen = Counter(), Counter()
        for half in (0, 1):
            taught = self._weights(known[half::2])
            for contract, key in known[1 - half :: 2]:
                for likely, guess in shares(contract, self.index, taught, projects)[:1]:
                    self.seen[step(likely)] += 1
                    self.right[step(likely)] += guess == key

    def _weights(self, known):
        true = ((contract, self.projects[key]) for contract, key in known)
        random = ((c, self.projects[other]) for c, key in known for other in drawn(c, self.keys) if other != key)
        return Weights(true, random)

    def sure(self, likely):
        """`likely`, but no more than what such suggestions were worth on contracts whose project is known."""
        at = step(likely)
        seen = sum(self.seen[n] for n in range(at, len(CONFIDENCE_STEPS)))
        right = sum(self.right[n] for n in range(at, len(CONFIDENCE_STEPS)))
        found = min(likely, (right + 0.5) / (seen + 1)) if seen else 0.0
        return min(found, CONFIDENCE_UNTAUGHT) if len(self.known) < LEAST_TAUGHT else found


def step(likely):
    return max(n for n, least in enumerate(CONFIDENCE_STEPS) if likely >= least)


def repair(typed):
    """The number that a mistyped Plan ID means, letters read as the digits they look like; None where none does."""
    found = NUMBER.search(str(typed or "").strip())
    if not found or found.group(1).isdigit():
        return None
    numbers = plan_ids.read(found.group(1).translate(MISTYPED)).numbers
    return numbers[0] if numbers else None
