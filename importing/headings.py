"""Which row holds the headings, and which field each column is."""

import hashlib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from django.db.models import CharField
from openpyxl.utils import get_column_letter
from rapidfuzz import fuzz

from .cells import is_filled, read_text

LOOK_AT_ROWS = 30
SURE, UNSURE = 92, 78
SLIP, LONG = 0.6, 7  # how sure a word with a slip of typing is, and how long it has to be
RULED = 0.8  # how sure a heading is whose words speak of a field
SHORTEST = 9  # letters from which likeness of letters tells anything


@dataclass(frozen=True)
class Says:
    """Which words of a heading speak of a field: one of `any_of` (and of `both`), and none of `never`.

    `better` are words that tell the field from another column that speaks of it too.
    """

    any_of: frozenset
    never: frozenset = frozenset()
    both: frozenset = frozenset()
    better: frozenset = frozenset()

    def score(self, words):
        """0 where the heading does not speak of the field, else up to 1."""
        if words & self.never or (self.both and not words & self.both):
            return 0
        if not words & self.any_of:
            return SLIP if any(self.slipped(word) for word in words) else 0
        return RULED + 0.02 * len(words & self.better)

    def slipped(self, word):
        """Whether a long word is one of these with a slip of typing."""
        return len(word) >= LONG and any(len(known) >= LONG and fuzz.ratio(word, known) >= 84 for known in self.any_of)


@dataclass(frozen=True)
class Field:
    """A field a column can fill: its name, how a cell is read, and headings seen for it."""

    name: str
    label: str
    seen_as: tuple
    read: Callable = read_text
    required: bool = False
    longest: int = 10_000
    may_be_empty: bool = False  # a required column whose cells need not all be filled
    may_be_longer: bool = False  # than its column: the importer keeps what fits
    is_amount: bool = False  # a number, so that a scale in its heading would change every one of them
    decides: bool = False  # a figure is wrong without it: a heading that is only nearly known is asked about
    says: Says | None = None  # words that speak of it, where headings are people's own
    kind: str = ""  # what its cells are (see profiles.CHECKS), where its reader does not tell

    @property
    def holds(self):
        return self.kind or getattr(self.read, "reads", "") or ("amount" if self.is_amount else "")


def fitted(fields, model):
    """The fields, those that fill a column of `model` no longer than the column holds."""
    holds = {column.name: column.max_length for column in model._meta.fields if isinstance(column, CharField)}
    holds |= {field.name: field.longest for field in fields if field.may_be_longer}
    return [replace(field, longest=min(field.longest, holds.get(field.name, field.longest))) for field in fields]


@lru_cache(maxsize=5000)
def heading_words(heading):
    """A heading without case, punctuation, units in brackets and camel case."""
    text = re.sub(r"([a-z])([A-Z])", r"\1 \2", str(heading or ""))
    text = re.sub(r"\([^)]*\)", " ", INSIDE.sub(" ", text).replace("\n", " "))
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


@lru_cache(maxsize=5000)
def heading_key(heading):
    """A heading with all of its words, those in brackets too: "Start (planned)" and "Start (actual)" are two."""
    text = unicodedata.normalize("NFKC", str(heading or "")).casefold()
    return re.sub(r"[^\w£$€%]+", " ", text).strip()


SCALE = re.compile(
    r"""(?<![\da-z]) ['’]? 000 (?:['’]?\s?s)? (?![\d])                       # (£000), £'000s, 000's
    | (?<![a-z0-9]) (?:£|gbp|eur|€|usd|\$) \s* (?:k|m|mn|mln|bn|b) (?![a-z])  # £m, GBP k
    | \( \s* (?:k|m|mn|mln|bn|k\s?£|m\s?£) \s* \)                            # (k), (m)
    | \b (?:hundreds?|thousands?|thous|thds|millions?|billions?|mio|tsd|pence) \b
    | \b x \s? (?:1,?000|100) \b                                            # x1000
    | \b (?:value|amount|spend|cost|price|total|sum|quantity) \s+ (?:k|m|mn|bn) $""",
    re.IGNORECASE | re.VERBOSE,
)
OF_MONEY = re.compile(r"£|\b(gbp|value|amount|costs?|price|spend|sum|total|worth|budget)\b", re.IGNORECASE)
OTHER_CURRENCY = re.compile(r"[$€¥]|\b(usd|eur|euros?|dollars?|chf|jpy|aud|cad)\b", re.IGNORECASE)


SCALES = (
    (re.compile(r"hundred", re.IGNORECASE), 100),
    (re.compile(r"000"), 1000),
    (re.compile(r"billion|\bbn\b|(?:£|gbp)\s*bn?\b", re.IGNORECASE), 10**9),
    (
        re.compile(r"million|mio|(?:£|gbp)\s*m(?:n|ln)?\b|\(\s*£?\s*m(?:n|ln)?\s*£?\s*\)|\bmn?$", re.IGNORECASE),
        10**6,
    ),
)
NO_SCALE = re.compile(r"pence|\bx\s?100\b|000[, ]?000", re.IGNORECASE)  # not pounds, or not sure of how many


def one_line(heading):
    return re.sub(r"\s+", " ", str(heading or "")).strip()


def scale_of(heading):
    """By what the numbers under a heading are multiplied: 1, 1000, 1,000,000; None for pence or what is unclear."""
    text = one_line(heading)
    if not SCALE.search(text):
        return 1
    if NO_SCALE.search(text):
        return None
    return next((scale for pattern, scale in SCALES if pattern.search(text)), 1000)


def other_currency(heading):
    """A sentence where a heading names another currency than pounds, or pence, else ""."""
    text = one_line(heading)
    if OTHER_CURRENCY.search(text) or scale_of(heading) is None:
        return f"“{text}” is not in pounds. Give the amounts in pounds, and name the column so."
    return ""


VAT = re.compile(r"\b(?:exc?|excl|excluding|inc|incl|including|plus|net of)\.?\s+vat\b", re.IGNORECASE)
INSIDE = re.compile(r"\[[^\]]*\|[^\]]*\]")  # "Supplier [Name|Address|Ref type]": of what its cells are made
PARENTHESES = re.compile(r"\((?:exc|excl|excluding|not|before|without)[^)]*\)", re.IGNORECASE)


@lru_cache(maxsize=5000)
def all_words(heading):
    """The words of a heading, those in brackets too, but not what brackets say is left out of it."""
    text = INSIDE.sub(" ", str(heading or ""))
    text = re.sub(r"([a-z])([A-Z])", r"\1 \2", VAT.sub(" ", PARENTHESES.sub(" ", text)))
    words = re.sub(r"[^a-z0-9]+", " ", text.lower()).split()
    return frozenset(words) | {word[:-1] for word in words if len(word) > 3 and word.endswith("s")}


def by_words(heading, field):
    """How surely a heading names a field, from 0 to 1, by its words alone."""
    text = heading_words(heading)
    if not text:
        return 0
    aside = all_words(heading) - frozenset(text.split())  # what stands in brackets
    if field.says and aside & field.says.never:
        return 0
    if text == heading_words(field.name) or text in field.seen_as:
        return 1
    ruled = field.says.score(all_words(heading)) if field.says else 0
    if ruled or field.says or len(text) < 4:
        return ruled
    like = max(fuzz.ratio(text, seen) for seen in (heading_words(field.label), *field.seen_as))
    if like >= SURE and len(text) >= SHORTEST:
        return 0.95
    return 0.6 if like >= UNSURE else 0


def guess(heading, fields):
    """(field name or None, sure) for one heading, by its words alone."""
    score, name = max((by_words(heading, field), field.name) for field in fields)
    return (name if score else None), score >= RULED


def find_header(rows, fields, mapping):
    """(position in rows, headings) of the row that names the most columns, or (None, []).

    Two rows may make the headings together: a group over several columns, or words that run on in the next row.
    """
    best, best_score, found = None, 1, []
    mapped = {heading_key(heading) for heading in mapping} | {heading_words(heading) for heading in mapping}
    for position, (_, values) in enumerate(rows[:LOOK_AT_ROWS]):
        if sum(isinstance(value, str) and bool(value.strip()) for value in values) < 2:
            continue
        own = [read_text(value)[0] for value in values]
        for texts in (own, *joined(rows, position, own)):
            score = named(texts, fields, mapped)
            if score > best_score:
                best, best_score, found = position, score, texts
    return best, told_apart(found, rows[best + 1 :] if best is not None else [])


NO_HEADING = "(no heading)"


def told_apart(texts, rows):
    """Headings, those that stand there twice named by their columns, and those of a column without one that holds
    something: nothing that people see in a file may be left out without a word.
    """
    width = max((index for index, text in enumerate(texts) if text), default=-1) + 1
    named_apart, seen = [], set()
    for index, text in enumerate(texts):
        letter = get_column_letter(index + 1)
        if not text and index < width and any(index < len(cells) and is_filled(cells[index]) for _, cells in rows):
            text = f"Column {letter} {NO_HEADING}"
        elif text and heading_key(text) in seen:
            text = f"{text} (column {letter})"
        seen.add(heading_key(text))
        named_apart.append(text)
    return named_apart


# A day, an e-mail address, or a number that is no year: no heading.
DATA = re.compile(r"^\d{1,4}[-/. ]\w{1,9}[-/. ]\d{2,4}$|\S@\S+\.|^(?!(?:19|20)\d\d$)[£(-]{0,2}\d[\d,. ]{2,}\)?$")


def joined(rows, position, own):
    """The row's headings together with the row above it: as they stand, and with each group carried to its right.

    A row in which data stands is not the second row of headings.
    """
    is_data = any(isinstance(value, int | float | date) for value in rows[position][1])
    if position == 0 or is_data or any(DATA.search(text.strip()) for text in own):
        return []
    above = [value.strip() if isinstance(value, str) else "" for value in rows[position - 1][1]][: len(own)]
    above += [""] * (len(own) - len(above))
    if sum(map(bool, above)) < 1 or len(rows[position - 1][1]) < 2:
        return []
    carried, last = [], ""
    for text in above:
        last = text or last
        carried.append(last)
    return [[f"{top} {text}".strip() for top, text in zip(tops, own, strict=True)] for tops in (above, carried)]


def named(texts, fields, mapped):
    """How many different fields these headings name."""
    names = set()
    for text in texts:
        if heading_key(text) in mapped or heading_words(text) in mapped:
            names.add(heading_key(text))
        elif text:
            name, sure = guess(text, fields)
            if sure:
                names.add(name)
    return len(names)


def layout_hash(headings):
    """The fingerprint under which a layout's mapping is remembered."""
    return hashlib.sha256("\x1f".join(heading_key(heading) for heading in headings).encode()).hexdigest()
