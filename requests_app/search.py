"""Finding public requests: filters, text, distance and order, a page at a time.

Every order is answered by one partial index, the second half of a list is read from its end, and distance is
settled between postcode districts, of which there are few: a page costs the same at 1,000 requests and at
100,000. Counts are kept for a minute by each worker.
"""

from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256

from django.core.cache import caches
from django.db.models import Case, Count, IntegerField, Value, When
from django.utils import timezone

from places.distance import miles_from, nearest_outcodes

from . import index, mending
from .models import Request, RequestTotals

PER_PAGE = 20
LEAST = ("request_id", "outcode")  # what every row begins with
KEEP_COUNTS_SECONDS = 60
COMMON_WORD = 2000  # found more often than this, a word is checked along the order of the list

ORDERS = {
    "newest": ["-published_at", "-request_id"],
    "soonest": ["needed_by", "-request_id"],
}


@dataclass
class Found:
    """One page of results: rows of LEAST and of what else was asked for."""

    rows: list
    count: int
    number: int
    more_than: bool = False  # the count is a lower bound
    miles: dict = field(default_factory=dict)  # request id to miles
    instead: str = ""  # the words that were searched for in place of those that found nothing

    @property
    def ids(self):
        return [row[0] for row in self.rows]

    @cached_property
    def requests(self):
        """[Request] of the page."""
        return Request.objects.in_order(self.ids)

    @property
    def pages(self):
        return max(1, -(-self.count // PER_PAGE))

    @property
    def count_words(self):
        words = "request" if self.count == 1 else "requests"
        return f"More than {self.count:,} {words}" if self.more_than else f"{self.count:,} {words}"


def rows_for(filters, today):
    """RequestTotals that the filters leave. `filters` is the search form's cleaned data."""
    if filters.get("show") in ("all", "met"):
        rows = RequestTotals.objects.filter(published_at__isnull=False, request__live=True)
        if filters["show"] == "met":
            rows = rows.met()
    else:
        rows = RequestTotals.objects.in_need_on(today)
    for name in ("kind", "district", "outcome"):
        if filters.get(name):
            rows = rows.filter(**{name: filters[name]})
    if filters.get("needed_by"):
        rows = rows.filter(needed_by__lte=filters["needed_by"])
    if filters.get("outcode") and filters.get("miles"):
        near = [code for code, miles in nearest_outcodes(filters["outcode"]) if miles <= filters["miles"]]
        rows = rows.filter(outcode__in=near)
    return rows


def kept(name, filters, work, anew=False):
    """`work()` kept for a minute under the search it belongs to; `anew` works it out again."""
    key = f"{name}:" + sha256(repr(sorted(filters.items(), key=str)).encode()).hexdigest()
    if anew:
        caches["local"].delete(key)
    return caches["local"].get_or_set(key, work, KEEP_COUNTS_SECONDS)


def find(filters, number=1, anew=False, columns=LEAST):
    """The page `number` (from 1; past the end gives the last) of a search, as a Found with `columns`, LEAST first.

    A count that turns out to be older than the rows is worked out `anew`. Where the words find nothing and were not
    asked for `exact`ly, they are mended (requests_app/mending.py) and searched for once more.
    """
    found = look(filters, number, anew, columns)
    if found.count or filters.get("exact") or not filters.get("q"):
        return found
    mended = mending.mended(index.words_of(filters["q"]))
    if mended is None:
        return found
    other = look({**filters, "q": " ".join(mended)}, number, anew, columns)
    if not other.count:
        return found
    other.instead = " ".join(mended)
    return other


def look(filters, number, anew, columns):
    """As `find`, for the words as they are."""
    today = timezone.localdate()
    rows = rows_for(filters, today)
    searched = {k: v for k, v in filters.items() if v and k != "sort"} | {"today": today}
    words = index.words_of(filters.get("q"))
    more_than = False
    if words:
        matches = kept("matches", {"q": words}, lambda: index.count_up_to(words, COMMON_WORD + 1), anew)
        common = matches > COMMON_WORD
        rows = index.narrow(rows, words, common)
        count = kept("count", searched, lambda: rows[: COMMON_WORD + 1].count() if common else rows.count(), anew)
        if count > COMMON_WORD:
            count, more_than = COMMON_WORD, True
    else:
        count = kept("count", searched, rows.count, anew)
    pages = max(1, -(-count // PER_PAGE))
    number = min(max(number, 1), pages)
    start = (number - 1) * PER_PAGE
    nearest = filters.get("sort") == "nearest" and filters.get("outcode")
    if nearest:
        shown = _nearest(rows, filters["outcode"], searched, start, anew, columns)
    else:
        order = ORDERS.get(filters.get("sort"), ORDERS["newest"])
        shown = _page(rows, order, start, count, not more_than, columns)
    if not anew and not more_than and len(shown) != min(PER_PAGE, count - start):
        return look(filters, number, True, columns)
    found = Found(shown, count, number, more_than)
    if filters.get("outcode"):
        miles = miles_from(filters["outcode"])
        found.miles = {row[0]: miles[row[1]] for row in shown if row[1] in miles}
    return found


def by_district(filters):
    """{district id, or None for none: how many} of what a search finds, kept for a minute."""
    today, words = timezone.localdate(), index.words_of(filters.get("q"))
    rows = rows_for(filters, today)
    if words:
        rows = index.narrow(rows, words, common=False)
    searched = {k: v for k, v in filters.items() if v and k != "sort"} | {"today": today}
    by_number = rows.values_list("district").annotate(Count("pk")).order_by()
    return kept("districts", searched, lambda: dict(by_number))


def _page(rows, order, start, count, exact, columns):
    """Rows of one page; the second half of a list is read backwards from its end."""
    end = start + PER_PAGE
    if exact and start > count // 2:
        backwards = [name[1:] if name.startswith("-") else f"-{name}" for name in order]
        return _cut(rows, backwards, max(count - end, 0), count - start, columns)[::-1]
    return _cut(rows, order, start, end, columns)


def _cut(rows, order, start, end, columns):
    """Rows from `start` to `end`; past the first pages they are picked first: none that is skipped is joined."""
    rows = rows.order_by(*order)
    if start > PER_PAGE:
        picked = rows.values("pk")[start:end]
        return list(RequestTotals.objects.filter(pk__in=picked).order_by(*order).values_list(*columns))
    return list(rows.values_list(*columns)[start:end])


def _nearest(rows, outcode, searched, start, anew, columns):
    """Rows of requests, nearest first: find by counts which postcode districts hold the page, then read only those."""
    by_outcode = rows.values_list("outcode").annotate(Count("pk")).order_by()
    counts = kept("outcodes", searched, lambda: dict(by_outcode), anew)
    order = [code for code, _ in nearest_outcodes(outcode)]
    order += sorted(set(counts) - set(order))  # further away, and from anywhere ("")
    passed, wanted = 0, []
    for code in order:
        here = counts.get(code, 0)
        if passed + here > start and here:
            wanted.append((code, passed))
        passed += here
        if passed >= start + PER_PAGE:
            break
    if not wanted:
        return []
    first = wanted[0][1]
    rank = Case(
        *(When(outcode=code, then=Value(n)) for n, (code, _) in enumerate(wanted)),
        output_field=IntegerField(),
    )
    picked = rows.filter(outcode__in=[code for code, _ in wanted]).order_by(rank, *ORDERS["newest"])
    return list(picked.values_list(*columns)[start - first : start - first + PER_PAGE])
