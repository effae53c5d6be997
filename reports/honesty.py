"""The page on how well the marketplace answers: what was asked, what came of it, how long it took, what did not.

Each figure is counted over `waits.History`; groups of fewer than LEAST_SHOWN are not told apart, and said to be few.
Where one group alone is few, the next is kept back as well: else all minus the others would tell it.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.core.cache import cache, caches
from django.utils import timezone

from requests_app.models import Delivery, DeliveryEvent
from vocabulary.kinds import KindOfHelp

from . import waits

LEAST_SHOWN, WEEKS = 5, 12
KEY, KEPT_SECONDS, TOLD_SECONDS = "honesty", 26 * 3600, 60
STEPS = {"pledged_on": "First pledge", "accepted_on": "First acceptance", "arrived_on": "First confirmed delivery"}
WEEK_KEYS = ("day", "open", "pledged", "small_open", "small_pledged")
WEEK_COLUMNS = ("Sunday", "Open", "With a pledge", "Of small and new groups", "Of these with a pledge")
COLUMNS = ("Group", "Requests", "With a pledge", "Met", *(f"Days to {words.lower()}" for words in STEPS.values()))
FATES = (
    "Met", "Open, with a pledge", "Open, without a pledge", "Closed by its group",
    "Paused: its group did not say whether it is still needed", "Its date passed, with a pledge",
    "Its date passed, without a pledge",
)  # fmt: skip
ANYWHERE = "The whole county, or from a distance"
FEW, KEPT_BACK = f"fewer than {LEAST_SHOWN}", "not told apart"


@dataclass(frozen=True)
class Row:
    """Figures of one group of requests; days are medians, None where fewer than half got there."""

    name: str
    requests: int
    pledged: int
    met: int
    days: dict
    is_kept_back: bool = False  # lest another one, that is few, be told by it
    told_pledged: object = 0  # numbers, or the words that stand for them
    told_met: object = 0

    @property
    def few(self):
        """What is said where it is not told apart, else ""."""
        return FEW if self.requests < LEAST_SHOWN else KEPT_BACK if self.is_kept_back else ""

    def cells(self):
        if self.few:
            return [self.name, self.few, "", "", *("" for _ in self.days)]
        days = ("" if number is None else number for number in self.days.values())
        return [self.name, self.requests, self.told_pledged, self.told_met, *days]


def row(name, rows, today):
    days = {words: waits.quantile([each.wait(step, today) for each in rows], 0.5) for step, words in STEPS.items()}
    pledged, met = sum(each.pledged_on is not None for each in rows), sum(each.met for each in rows)
    return Row(name, len(rows), pledged, met, days, told_pledged=few_or(pledged), told_met=few_or(met))


def few_or(count):
    return FEW if 0 < count < LEAST_SHOWN else count


def split(rows, key, names, today):
    """[Row], one for each value of `key`, in the order of {value: name}."""
    parts = {}
    for each in rows:
        parts.setdefault(key(each), []).append(each)
    made = [row(name, parts[value], today) for value, name in names.items() if value in parts]
    back = kept_back({each.name: each.requests for each in made})
    pledged, met = (told({each.name: getattr(each, what) for each in made}) for what in ("pledged", "met"))
    return [
        replace(each, is_kept_back=each.name in back, told_pledged=pledged[each.name], told_met=met[each.name])
        for each in made
    ]


def kept_back(counts):
    """The names of groups, of {name: count}, that are not told: the few, and the smallest others until all of these
    together are no few any more: what is left of the sum would tell them.
    """
    back = {name for name, count in counts.items() if 0 < count < LEAST_SHOWN}
    others = sorted((name for name, count in counts.items() if count >= LEAST_SHOWN), key=counts.get, reverse=True)
    while back and others and (len(back) == 1 or sum(counts[name] for name in back) < LEAST_SHOWN):
        back.add(others.pop())
    return back


def told(counts):
    """{name: count, or the words that stand for it} of {name: count}."""
    back = kept_back(counts)
    return {name: KEPT_BACK if name in back and few_or(n) == n else few_or(n) for name, n in counts.items()}


def fate(each, today):
    """Which of FATES a request has."""
    if each.met:
        return FATES[0]
    if each.state != "open":
        return FATES[3] if each.state == "closed" else FATES[4]
    if not each.is_open_on(today):
        return FATES[5] if each.pledged_on else FATES[6]
    return FATES[1] if each.pledged_on else FATES[2]


@dataclass(frozen=True)
class Week:
    """The open requests at the end of a week, and how many of them had at least one pledge; small groups apart."""

    day: date
    open: int
    pledged: int
    small_open: int
    small_pledged: int

    @staticmethod
    def _share(part, whole):
        return 100 * part / whole if whole >= LEAST_SHOWN and few_or(part) == part else None

    @property
    def cells(self):
        """[open, with a pledge, of small groups, with a pledge], as they are told."""
        parts = told({"small": self.small_open, "others": self.open - self.small_open})
        pledged = told({"small": self.small_pledged, "others": self.pledged - self.small_pledged})
        return [few_or(self.open), few_or(self.pledged), parts["small"], pledged["small"]]

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


def where_disputed():
    """{kind of help or district: count} of deliveries that a group ever disputed, as they are told; {} where each has
    too few.
    """
    disputed = DeliveryEvent.objects.filter(what=DeliveryEvent.What.DISPUTED).values("delivery")
    rows = Delivery.objects.filter(pk__in=disputed)
    kinds = Counter(dict(KindOfHelp.choices)[kind] for kind in rows.values_list("pledge__request__kind", flat=True))
    districts = Counter(name or ANYWHERE for name in rows.values_list("pledge__request__district__name", flat=True))
    found = {**told(kinds), **told(districts)}
    return found if any(isinstance(count, int) for count in found.values()) else {}


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
    return told({words: count for words, count in found.items() if count})


@dataclass(frozen=True)
class Honesty:
    """Everything the page shows: Rows of all requests and of their groups; counts as they are told, by name."""

    day: date
    all: Row
    sizes: list[Row]
    kinds: list[Row]
    districts: list[Row]
    fates: dict
    weeks: list[Week]
    disputes: dict
    where_disputed: dict
    record: waits.Record


def facts(rows, today):
    """The Honesty of [waits.History]."""
    districts = {name: name or ANYWHERE for name in sorted({each.district for each in rows})}
    fates = Counter(fate(each, today) for each in rows)
    return Honesty(
        day=today,
        all=row("All requests", rows, today),
        sizes=split(rows, lambda each: each.small, {True: "Small and new groups", False: "All others"}, today),
        kinds=split(rows, lambda each: each.kind, dict(KindOfHelp.choices), today),
        districts=split(rows, lambda each: each.district, districts, today),
        fates=told({name: fates[name] for name in FATES}),
        weeks=weeks(rows, today),
        disputes=disputes(),
        where_disputed=where_disputed(),
        record=waits.record(rows, today),
    )


def kept():
    """As `facts` of today, from what a worker reckoned within the hour; reckoned now where none did."""
    found = cache.get(KEY)
    return found[0] if found and found[0].day == timezone.localdate() else refresh()[0]


def refresh():
    """Work the page and the estimates out anew, and keep them for every process: (Honesty, {kind: Estimate})."""
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
    """[[cell]] of every row of the page, for CSV: the parts after the first under headings of their own."""
    parts = [found.all, *found.sizes, *found.kinds, *found.districts]
    record = found.record
    return [
        *(part.cells() for part in parts), [],
        list(WEEK_COLUMNS), *([week.day.isoformat(), *week.cells] for week in found.weeks), [],
        ["What became of them", "Requests"], *map(list, found.fates.items()), [],
        ["How disputes ended", "Deliveries"], *map(list, found.disputes.items()), [],
        ["Where disputes gather", "Deliveries"], *map(list, found.where_disputed.items()), [],
        ["How right we were", "Requests"], ["Told", record.checked], ["With a pledge by then", record.kept],
    ]  # fmt: skip


def as_json(found):
    """The page's figures as plain values; groups that are too few carry no figures."""

    def without_few(part):
        if part.few:
            return {"name": part.name, "told": part.few}
        days = {step.removesuffix("_on"): part.days[words] for step, words in STEPS.items()}
        return {"name": part.name, "requests": part.requests, "pledged": part.told_pledged, "met": part.told_met,
                "days": days}  # fmt: skip

    return {
        "day": found.day.isoformat(),
        "all": without_few(found.all),
        **{name: [without_few(part) for part in getattr(found, name)] for name in ("sizes", "kinds", "districts")},
        "fates": found.fates,
        "weeks": [dict(zip(WEEK_KEYS, [week.day.isoformat(), *week.cells], strict=True)) for week in found.weeks],
        "disputes": found.disputes,
        "where_disputed": found.where_disputed,
        "record": {"checked": found.record.checked, "kept": found.record.kept},
    }
