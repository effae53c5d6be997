"""How long requests wait: for a first pledge, an acceptance, something that arrived. Days, from being public.

A request that nobody has pledged to yet is not left out, which would make waits look short: it counts as waiting for at
least as long as it has (the product-limit estimate of Kaplan and Meier, 1958).
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Max, Min, Q
from django.utils import timezone
from wagtail.models import ModelLogEntry

from matching.ranking.exposure import is_small, posted_by_organisation
from requests_app.models import Delivery, Pledge, RequestTotals

LEAST = 20  # histories below which nothing is said
TYPICAL, MOST = 0.5, 0.8  # "in about", and "4 of 5 within"
STEPS = ("pledged_on", "accepted_on", "arrived_on")


@dataclass(frozen=True)
class History:
    """One request: whose, of what, and on which days things happened to it; None where they did not."""

    pk: int
    kind: str
    district: str
    small: bool
    published_on: date
    pledged_on: date | None
    accepted_on: date | None
    arrived_on: date | None
    ended_on: date | None  # closed, paused or past its date: nobody can pledge from then on
    met: bool
    state: str

    def as_of(self, day):
        """As it was known at the end of a day; None before it was public."""
        if self.published_on > day:
            return None
        then = {name: self._by(getattr(self, name), day) for name in (*STEPS, "ended_on")}
        return replace(self, **then)

    @staticmethod
    def _by(value, day):
        return value if value and value <= day else None

    def is_open_on(self, day):
        return self.published_on <= day and (self.ended_on is None or self.ended_on > day)

    def wait(self, step, today):
        """(days, whether it came): until the step, else until it ended or today."""
        came = getattr(self, step)
        until = came or min(filter(None, (self.ended_on, today)))
        return max((until - self.published_on).days, 0), came is not None


def histories():
    """[History] of every request that was ever public, the oldest first."""
    columns = (
        "request_id", "kind", "request__district__name", "request__organisation_id", "request__organisation__kind",
        "published_at", "state", "needed_by", "quantity", "confirmed",
    )  # fmt: skip
    rows = RequestTotals.objects.posted().order_by("published_at", "request_id")
    first = dict(Pledge.objects.values_list("request").annotate(Min("offered_at")).order_by())
    accepted = dict(Pledge.objects.accepted().values_list("request").annotate(Min("answered_at")).order_by())
    arrived = Delivery.objects.standing().filter(confirmed__gt=0).values_list("pledge__request")
    confirmed_at = Min("events__at", filter=Q(events__what__in=["confirmed", "corrected"]))
    arrived = dict(arrived.annotate(first=confirmed_at).order_by())
    ended, posted, today = _ended(), posted_by_organisation(), timezone.localdate()
    found = []
    for pk, kind, district, owner, owner_kind, at, state, needed_by, quantity, confirmed in rows.values_list(*columns):
        ends = [needed_by + timedelta(days=1)] if needed_by and needed_by < today else []
        if state != RequestTotals.State.OPEN and pk in ended:
            ends.append(timezone.localdate(ended[pk]))
        found.append(
            History(
                pk, kind, district or "", is_small(owner_kind, posted.get(owner, 0)), timezone.localdate(at),
                _day(first.get(pk)), _day(accepted.get(pk)), _day(arrived.get(pk)), min(ends, default=None),
                bool(quantity) and confirmed >= quantity, state,
            )
        )  # fmt: skip
    return found


def _day(moment):
    return moment and timezone.localdate(moment)


def _ended():
    """{request id: when it was last closed or paused}."""
    actions = ["requests_app.close", "requests_app.pause"]
    rows = ModelLogEntry.objects.filter(action__in=actions, content_type__model="request")
    return {int(pk): at for pk, at in rows.values_list("object_id").annotate(Max("timestamp")).order_by()}


def quantile(waits, share):
    """The days within which `share` of [(days, whether it came)] came, those still waiting reckoned in; or None."""
    at_risk, staying = len(waits), 1.0
    by_day = {}
    for days, came in waits:
        events, left = by_day.get(days, (0, 0))
        by_day[days] = events + came, left + 1
    for days in sorted(by_day):
        events, left = by_day[days]
        if events:
            staying *= 1 - events / at_risk
            if 1 - staying >= share - 1e-9:
                return days
        at_risk -= left
    return None


@dataclass(frozen=True)
class Estimate:
    """What requests of a kind waited for their first pledge: half of them so long, four of five so long."""

    typical: int
    most: int | None
    counted: int

    @property
    def words(self):
        days = f"in about {self.typical} day{'' if self.typical == 1 else 's'}"
        return days if self.most is None else f"{days}, 4 of 5 within {self.most}"


def estimate(rows, today, kind=""):
    """The Estimate of a first pledge from [History], of one kind where enough is known of it; None where it is not."""
    for chosen in ([row for row in rows if row.kind == kind], rows) if kind else (rows,):
        waits = [row.wait("pledged_on", today) for row in chosen]
        typical = quantile(waits, TYPICAL) if len(waits) >= LEAST else None
        if typical is not None:
            return Estimate(max(typical, 1), quantile(waits, MOST), len(waits))
    return None


@dataclass(frozen=True)
class Record:
    """How often "4 of 5 within so many days" was right: of `checked` requests, `kept` had a pledge by then."""

    kept: int
    checked: int


def record(rows, today, months=12):
    """The Record of what would have been said to each request of the last months, from what was known that month."""
    kept = checked = 0
    for back in range(months, 0, -1):
        start = today - timedelta(days=30 * back)
        known = [then for row in rows if (then := row.as_of(start))]
        said = {}
        for row in rows:
            if not start < row.published_on <= start + timedelta(days=30):
                continue
            if row.kind not in said:
                said[row.kind] = estimate(known, start, row.kind)
            told = said[row.kind]
            if told is None or told.most is None:
                continue
            days, came = row.wait("pledged_on", today)
            if came or days >= told.most:  # else nobody knows yet
                checked += 1
                kept += came and days <= told.most
    return Record(kept, checked)
