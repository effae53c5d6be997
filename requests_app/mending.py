"""Slips of typing: a word that nobody uses here becomes the commonest known one next to it.

Known are the words of public requests and what rooms above register: the words of guidance. One wrong, missing or
swapped letter is forgiven, two from eight letters on, on both databases.
"""

import re

from django.core.cache import caches
from rapidfuzz import process
from rapidfuzz.distance import OSA

from .models import RequestTotals

KEEP_SECONDS = 600
NEWEST = 1000
SHORTEST_MENDED = 4
WORD = re.compile(r"[^\W\d_]{4,}")

_sources = []


def register(read):
    """Offer more words: `read()` returns texts."""
    _sources.append(read)


def known():
    """{word: texts it stands in}, kept for ten minutes by each worker."""
    return caches["local"].get_or_set("known_words", _known, KEEP_SECONDS)


def _known():
    totals = RequestTotals.objects.filter(listed=True).newest()
    rows = totals.values_list("request__title", "request__description")[:NEWEST]
    texts = [f"{title} {description}" for title, description in rows]
    texts += [text for read in _sources for text in read()]
    counts = {}
    for text in texts:
        for word in set(WORD.findall(text.lower())):
            counts[word] = counts.get(word, 0) + 1
    return counts


def mend(word):
    """The commonest known word next to `word`, or None where it is known itself, short, or far from all."""
    words = known()
    if len(word) < SHORTEST_MENDED or word in words or word.isdigit():
        return None
    furthest = 1 if len(word) < 8 else 2
    one = {plural[:-1]: count for plural, count in words.items() if plural.endswith("s")}  # stems find either
    words = one | words
    near = process.extract(word, words.keys(), scorer=OSA.distance, score_cutoff=furthest, limit=None)
    ranked = [(distance, -words[candidate], candidate) for candidate, distance, _ in near]
    return min(ranked)[2] if ranked else None


def mended(words):
    """The words with those mended that can be; None where none can."""
    found = [mend(word) or word for word in words]
    return found if found != list(words) else None
