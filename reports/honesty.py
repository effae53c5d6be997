"""The page on how well the marketplace answers: what was asked, what came of it, how long it took, what did not.

Each figure is counted over `waits.History`; groups of fewer than LEAST_SHOWN are not told apart, and said to be few.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache, caches
from django.utils import timezone

from requests_app.models import Delivery, DeliveryEvent
from vocabulary.kinds import KindOfHelp

from . import waits

LEAST_SHOWN, WEEKS = 5, 12
KEY, KEPT_SECONDS, TOLD_SECONDS = "honesty", 26 * 3600, 60
STEPS = {"pledged_on": "First pledge", "accepted_on": "First acceptance", "arrived_on": "First confirmed delivery"}
COLUMNS = ("Group", "Requests", "With a pledge", "Met", *(f"Days to {words.lower()}" for words in STEPS.values()))
FATES = ("Met", "Open, with a pledge", "Open, without a pledge", "Paused or closed", "Its date passed")


@dataclass(frozen=True)
class Row:
    """Figures of one group of requests; days are medians, None where fewer than half got there."""

    name: str
    requests: int
    pledged: int
    met: int
    days: dict

    @property
    def few(self):
        """Whether there are too few to be told apart."""
        return self.requests < LEAST_SHOWN

    def cells(self):
        if self.few:
            return [self.name, f"fewer than {LEAST_SHOWN}", "", "", *("" for _ in self.days)]
        return [self.name, self.requests, self.pledged, self.met, *("" if d is None else d for d in self.days.values())]


def row(name, rows, today):
    days = {words: waits.quantile([each.wait(step, today) for each in rows], 0.5) for step, words in STEPS.items()}
    pledged, met = sum(each.pledged_on is not None for each in rows), sum(each.met for each in rows)
    return Row(name, len(rows), pledged, met, days)


def split(rows, key, names, today):
    """[Row], one for each value of `key`, in the order of {value: name}."""
    parts = {}
    for each in rows:
        parts.setdefault(key(each), []).append(each)
    return [row(name, parts[value], today) for value, name in names.items() if value in parts]


def fate(each, today):
    """Which of FATES a request has."""
    if each.met:
        return FATES[0]
    if each.state != "open":
        return FATES[3]
    if not each.is_open_on(today):
        return FATES[4]
    return FATES[1] if each.pledged_on else FATES[2]


@dataclass(frozen=True)
class Week:
    """The open requests at the end of a week, and how many of them had at least one pledge; small groups apart."""

    day: object
    open: int
    pledged: int
    small_open: int
    small_pledged: int

    @staticmethod
    def _share(part, whole):
        return 100 * part / whole if whole >= LEAST_SHOWN else None

    @property
    def small_share(self):
        return self._share(self.small_pledged, self.small_open)

    @property
    def other_share(self):
        return self._share(self.pledged - self.small_pledged, self.open - self.small_open)


def weeks(rows, today):
    """[Week] of the last WEEKS Sundays, the oldest first."""
    last, found = today - timedelta(days=(today.weekday() + 1) % 7), []
    for back in range(WEEKS - 1, -1, -1):
        day = last - timedelta(days=7 * back)
        running = [each for each in rows if each.is_open_on(day)]
        pledged = [each for each in running if each.pledged_on and each.pledged_on <= day]
        small = sum(each.small for each in running), sum(each.small for each in pledged)
        found.append(Week(day, len(running), len(pledged), *small))
    return found


def disputes():
    """{how it ended: count} of deliveries that a group ever disputed."""
    disputed = DeliveryEvent.objects.filter(what=DeliveryEvent.What.DISPUTED).values("delivery")
    states = Counter(Delivery.objects.filter(pk__in=disputed).values_list("state", flat=True))
    confirmed = sum(states[state] for state in ("confirmed", "queried", "verified"))
    found = {
        "Agreed, and confirmed": confirmed,
        "Taken back by the supplier": states["withdrawn"],
        "Changed, and waiting for the group": states["claimed"],
        "Still disputed": states["disputed"],
    }
    return {words: count for words, count in found.items() if count}


def facts(rows, today):
    """Everything the page shows of [waits.History], as one dictionary."""
    districts = {
        name: name or "The whole county, or from a distance" for name in sorted({each.district for each in rows})
    }
    fates = Counter(fate(each, today) for each in rows)
    return {
        "day": today,
        "all": row("All requests", rows, today),
        "sizes": split(rows, lambda each: each.small, {True: "Small and new groups", False: "All others"}, today),
        "kinds": split(rows, lambda each: each.kind, dict(KindOfHelp.choices), today),
        "districts": split(rows, lambda each: each.district, districts, today),
        "fates": [(name, fates[name]) for name in FATES],
        "weeks": weeks(rows, today),
        "disputes": disputes(),
        "record": waits.record(rows, today),
    }


def kept():
    """As `facts` of today, from what a worker reckoned within the hour; reckoned now where none did."""
    found = cache.get(KEY)
    return found[0] if found and found[0]["day"] == timezone.localdate() else refresh()[0]


def refresh():
    """Work the page and the estimates out anew, and keep them for every process: ({fact}, {kind: Estimate})."""
    today, rows = timezone.localdate(), waits.histories()
    found = facts(rows, today), {name: waits.estimate(rows, today, name) for name in KindOfHelp.values}
    cache.set(KEY, found, KEPT_SECONDS)
    caches["local"].delete(KEY)
    return found


def estimate_for(kind):
    """The waits.Estimate that a request of a kind is told, or None. No page waits for it to be reckoned."""
    return caches["local"].get_or_set(KEY, _estimates, TOLD_SECONDS).get(kind)


def _estimates():
    found = cache.get(KEY)
    return found[1] if found else {}


def table(found):
    """[[cell]] of every row of the page, for CSV."""
    parts = [found["all"], *found["sizes"], *found["kinds"], *found["districts"]]
    return [part.cells() for part in parts]


def as_json(found):
    """The page's figures as plain values; groups that are too few carry no figures."""

    def plain(part):
        if part.few:
            return {"name": part.name, "fewer_than": LEAST_SHOWN}
        days = {step.removesuffix("_on"): part.days[words] for step, words in STEPS.items()}
        return {"name": part.name, "requests": part.requests, "pledged": part.pledged, "met": part.met, "days": days}

    return {
        "day": found["day"].isoformat(),
        "all": plain(found["all"]),
        **{name: [plain(part) for part in found[name]] for name in ("sizes", "kinds", "districts")},
        "fates": dict(found["fates"]),
        "weeks": [{"day": week.day.isoformat(), "open": week.open, "pledged": week.pledged} for week in found["weeks"]],
        "disputes": found["disputes"],
        "record": {"checked": found["record"].checked, "kept": found["record"].kept},
    }
