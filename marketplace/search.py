"""One search over guidance and requests, with a suggestion where a word is unknown.

Pages are found by Wagtail's own search, requests by their own index (docs/decisions/0004). Both know stems. A word
that neither knows is compared with the words of the site's pages and newest requests: one wrong, missing or swapped
letter is forgiven, on both databases.
"""

import re
from dataclasses import dataclass, field

from django.core.cache import caches
from django.utils import timezone
from wagtail.models import Page, get_page_models

from guidance import checks
from guidance.pages.types import GuidanceSection, OwnedPage
from requests_app import index
from requests_app.models import Request, RequestTotals

MOST_PAGES, MOST_REQUESTS = 10, 5
VOCABULARY_SECONDS = 600
NEWEST = 1000
SHORTEST_MENDED = 4


@dataclass
class Results:
    """What was found for `query`; `instead` is the corrected query that was searched for, or empty."""

    query: str
    words: list = field(default_factory=list)
    pages: list = field(default_factory=list)
    requests: list = field(default_factory=list)
    more_requests: bool = False
    instead: str = ""

    @property
    def asked(self):
        """The words that were searched for in the end."""
        return self.instead or self.query

    @property
    def nothing(self):
        return not self.pages and not self.requests


def find(query, exact=False):
    """Results for what somebody typed; unless `exact`, unknown words are mended where that finds something."""
    words = index.words_of(query)
    results = Results(query=clean(query), words=words)
    if not words:
        return results
    _fill(results, words)
    if results.nothing and not exact:
        mended = [mend(word) or word for word in words]
        if mended != words:
            _fill(results, mended)
            results.instead = " ".join(mended) if not results.nothing else ""
    return results


def clean(text):
    """What was typed, fit to be shown again and searched for."""
    return " ".join(str(text or "").replace("\0", " ").split())[:200]


def _fill(results, words):
    found = list(_pages().search(" ".join(words), operator="and")[: MOST_PAGES * 3])
    results.pages = sorted(found, key=lambda page: -weight(page, words))[:MOST_PAGES]
    matches = index.count_up_to(words, MOST_REQUESTS * 400)
    rows = RequestTotals.objects.in_need_on(timezone.localdate())
    rows = index.narrow(rows, words, common=matches >= MOST_REQUESTS * 400)
    ids = list(rows.newest().values_list("request_id", flat=True)[: MOST_REQUESTS + 1])
    results.requests = Request.objects.in_order(ids[:MOST_REQUESTS])
    results.more_requests = len(ids) > MOST_REQUESTS


def weight(page, words):
    """How much of the title, then of the introduction, speaks of the words: by their first five letters."""
    title, introduction = page.title.lower(), getattr(page, "introduction", "").lower()
    return sum(3 * (word[:5] in title) + (word[:5] in introduction) for word in words)


def _pages():
    types = [model for model in get_page_models() if issubclass(model, OwnedPage) and model is not GuidanceSection]
    return Page.objects.live().public().type(*types).specific()


def vocabulary():
    """{word: texts it stands in} of pages and of the newest requests, kept for ten minutes by each worker."""
    return caches["local"].get_or_set("vocabulary", _vocabulary, VOCABULARY_SECONDS)


def _vocabulary():
    counts = {}
    titles = list(Page.objects.live().public().values_list("title", flat=True))
    titles += [checks.text_of(page) for page in _pages() if hasattr(page, "streams")]
    totals = RequestTotals.objects.filter(listed=True).newest()
    for title, description in totals.values_list("request__title", "request__description")[:NEWEST]:
        titles.append(f"{title} {description}")
    for title in titles:
        for word in set(re.findall(r"[^\W\d_]{4,}", title.lower())):
            counts[word] = counts.get(word, 0) + 1
    return counts


def mend(word):
    """The commonest known word one edit away from `word` (two from eight letters on), or None."""
    from rapidfuzz.distance import OSA

    known = vocabulary()
    if len(word) < SHORTEST_MENDED or word in known or word.isdigit():
        return None
    furthest = 1 if len(word) < 8 else 2
    best = None
    for candidate, count in known.items():
        if abs(len(candidate) - len(word)) > furthest:
            continue
        distance = OSA.distance(word, candidate, score_cutoff=furthest)
        if distance <= furthest:
            rank = (distance, -count, candidate)
            best = min(best, rank) if best else rank
    return best[2] if best else None


def suggest(text, most=8):
    """Titles of guidance pages, then known words, that begin with what was typed so far."""
    typed = clean(text).lower()
    if len(typed) < 2:
        return []
    titles = (
        Page.objects.live().public().filter(depth__gt=2, title__icontains=typed).values_list("title", flat=True)[:most]
    )
    last = typed.split(" ")[-1]
    known = vocabulary()
    words = sorted((w for w in known if w.startswith(last) and w != last), key=lambda w: (-known[w], w))
    before = typed[: len(typed) - len(last)]
    return list(dict.fromkeys([*titles, *(before + word for word in words)]))[:most]
