"""One search over guidance and requests, with a suggestion where a word is unknown.

Pages are found by Wagtail's own search, requests by their own index (docs/decisions/0004). Both know stems. A word
that neither knows is mended, as in the list of requests (requests_app/mending.py).
"""

from dataclasses import dataclass, field

from django.utils import timezone
from wagtail.models import Page, get_page_models

from guidance import checks
from guidance.pages.types import GuidanceSection, OwnedPage
from requests_app import index, mending
from requests_app.models import Request, RequestTotals

MOST_PAGES, MOST_REQUESTS = 10, 5


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
    if results.nothing and not exact and (other := mending.mended(words)):
        _fill(results, other)
        results.instead = " ".join(other) if not results.nothing else ""
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


def texts_of_pages():
    """What requests_app.mending knows words from, beside requests."""
    titles = list(Page.objects.live().public().values_list("title", flat=True))
    return titles + [checks.text_of(page) for page in _pages() if hasattr(page, "streams")]


def suggest(text, most=8):
    """Titles of guidance pages, then known words, that begin with what was typed so far."""
    typed = clean(text).lower()
    if len(typed) < 2:
        return []
    titles = (
        Page.objects.live().public().filter(depth__gt=2, title__icontains=typed).values_list("title", flat=True)[:most]
    )
    last = typed.split(" ")[-1]
    known = mending.known()
    words = sorted((w for w in known if w.startswith(last) and w != last), key=lambda w: (-known[w], w))
    before = typed[: len(typed) - len(last)]
    return list(dict.fromkeys([*titles, *(before + word for word in words)]))[:most]
