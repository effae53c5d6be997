"""Which row holds the headings, and which field each column is."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.db.models import CharField
from rapidfuzz import fuzz

from .cells import read_text

LOOK_AT_ROWS = 30
SURE, UNSURE = 92, 78


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


def fitted(fields, model):
    """The fields, those that fill a column of `model` no longer than the column holds."""
    holds = {column.name: column.max_length for column in model._meta.fields if isinstance(column, CharField)}
    holds |= {field.name: field.longest for field in fields if field.may_be_longer}
    return [replace(field, longest=min(field.longest, holds.get(field.name, field.longest))) for field in fields]


def heading_words(heading):
    """A heading without case, punctuation, units in brackets and camel case."""
    text = re.sub(r"([a-z])([A-Z])", r"\1 \2", str(heading or ""))
    text = re.sub(r"\([^)]*\)", " ", text.replace("\n", " "))
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


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


def scale_in(heading):
    """A sentence where a heading counts its numbers in thousands, millions or another currency, else ""."""
    text = re.sub(r"\s+", " ", str(heading or "")).strip()
    if SCALE.search(text):
        return f"“{text}” counts in thousands or millions. Give whole pounds or units, and name the column without it."
    if OTHER_CURRENCY.search(text):
        return f"“{text}” is not in pounds. Give the amounts in pounds, and name the column so."
    return ""


def guess(heading, fields):
    """(field name or None, sure) for one heading."""
    text = heading_words(heading)
    if not text:
        return None, False
    for field in fields:
        if text == heading_words(field.name) or text in field.seen_as:
            return field.name, True
    if len(text) < 4:
        return None, False
    scored = []
    for field in fields:
        known = (heading_words(field.label), *field.seen_as)
        scored.append((max(fuzz.ratio(text, seen) for seen in known), field.name))
    score, name = max(scored)
    if score >= SURE:
        return name, True
    return (name, False) if score >= UNSURE else (None, False)


def find_header(rows, fields, mapping):
    """(position in rows, headings) of the row that names the most columns, or (None, [])."""
    best, best_score = None, 1
    mapped = {heading_words(heading) for heading in mapping}
    for position, (_, values) in enumerate(rows[:LOOK_AT_ROWS]):
        texts = [value for value in values if isinstance(value, str) and value.strip()]
        score = sum(1 for text in texts if heading_words(text) in mapped or guess(text, fields)[1])
        if score > best_score:
            best, best_score = position, score
    if best is None:
        return None, []
    return best, [read_text(value)[0] for value in rows[best][1]]


def layout_hash(headings):
    """The fingerprint under which a layout's mapping is remembered."""
    return hashlib.sha256("\x1f".join(heading_words(heading) for heading in headings).encode()).hexdigest()


def match(headings, fields, mapping):
    """({field name: column index}, [(heading, guessed field)] unsure, [headings not used]).

    `mapping` ({heading: field name, "" to leave out}) decides before any guess.
    """
    decided = {heading_words(heading): name for heading, name in mapping.items()}
    words = [heading_words(heading) for heading in headings]
    columns = {decided[word]: index for index, word in enumerate(words) if decided.get(word)}
    unsure, unused = [], []
    for index, heading in enumerate(headings):
        if not heading or words[index] in decided:
            continue
        name, sure = guess(heading, fields)
        if sure and name in columns:
            name = _told_apart(words[index], name, fields, columns)
        if not name or name in columns:
            unused.append(heading)
        elif sure:
            columns[name] = index
        else:
            unsure.append((heading, name))
    unsure = [(heading, name) for heading, name in unsure if name not in columns]
    return columns, unsure, unused


def _told_apart(word, name, fields, columns):
    """Its bracket tells a second column apart, such as "Social value (£)" beside "Social value"."""
    left = (field.name for field in fields if field.name not in columns and word in field.seen_as)
    return next(left, name)
