"""A year of arrivals, played through by several policies: what each reaches of what hindsight allows.

Requests arrive day by day and expire; commitments run out. Suppliers answer an invitation by serving it. Values and
quantities are the engine's own on the site's history, or drawn at random (`synthetic`); the same seed gives the same
year. Policies:

- first: each request gets its best suppliers the day it arrives, which is what platforms do;
- weekly: once a week, the best allocation of what waits;
- held back: the same, but only for requests whose day is near;
- look-ahead: the same each week, but a line is laid now only where the commitment is not worth more to requests that
  are expected (lookahead.py), or where the day is near.
"""

from dataclasses import dataclass
from time import perf_counter

import numpy as np

from .solver import Problem, greedy, solve

WEEK, NEAR = 7, 14
AHEAD = 56  # days of arrivals that look-ahead expects
SAMPLES = 3
KINDS = [0.28, 0.27, 0.22, 0.08, 0.06, 0.09]  # shares of the kinds of help
SUPPLIERS_A_REQUEST = 25
POLICIES = ["first", "weekly", "held back", "look-ahead"]
FAIRNESS = [0.0, 0.25, 0.5, 1.0]


@dataclass
class Year:
    """Requests and suppliers of one year, and the pairs that may serve each other."""

    arrives: np.ndarray  # day of each request, 0 to 364
    expires: np.ndarray
    need: np.ndarray  # of each request, in its unit
    small: np.ndarray
    left: np.ndarray  # of each commitment at the start, in its unit
    commitment: np.ndarray  # of each pair
    request: np.ndarray
    value: np.ndarray
    rate: np.ndarray  # of the commitment's unit for one of the request's: 7 hours for a day
    before: "Year | None" = None  # the year before, from which arrivals are expected; itself where there is none

    def problem(self, requests, left, need, fairness):
        """(pairs, Problem) of some requests (a mask) with what is left."""
        pairs = np.flatnonzero(requests[self.request] & (left[self.commitment] > 0))
        position = np.cumsum(requests) - 1
        return pairs, Problem(
            commitment=self.commitment[pairs],
            request=position[self.request[pairs]],
            value=self.value[pairs],
            rate=self.rate[pairs],
            left=left.astype(float),
            need=np.maximum(need[requests], 1e-9),
            weight=(1 + fairness * self.small)[requests],
            whole=np.zeros(int(requests.sum()), bool),
            fairness=fairness,
        )


def synthetic(requests=3000, suppliers=300, seed=1):
    """A year drawn at random, and the year before it: kinds of help in the shares of the field, places on a map,
    needs and promises skewed as they are; promises cover three quarters of what is needed.
    """
    dice = np.random.default_rng(seed)
    kind_of_supplier = dice.choice(len(KINDS), suppliers, p=KINDS)
    base, skill = dice.random((suppliers, 2)) * 40, dice.normal(size=(suppliers, 6))
    left = np.exp(dice.normal(0, 0.9, suppliers))
    years = []
    for _ in range(2):
        small = dice.random(requests) < 0.35
        need = np.ceil(np.exp(dice.normal(2.6, 0.8, requests)) * np.where(small, 0.7, 1.2))
        arrives = np.sort(dice.integers(0, 365, requests))
        kind = dice.choice(len(KINDS), requests, p=KINDS)
        place, taste = dice.random((requests, 2)) * 40, dice.normal(size=(requests, 6))
        pairs = _fits(kind, place, taste, small, kind_of_supplier, base, skill)
        expires = arrives + dice.integers(21, 120, requests)
        years.append(Year(arrives, expires, need, small, left, *pairs, rate=np.ones(len(pairs[0]))))
    before, year = years
    year.left = before.left = np.ceil(left * year.need.sum() * 0.75 / left.sum())
    year.before = before
    return year


def _fits(kind, place, taste, small, kind_of_supplier, base, skill):
    """(commitments, requests, values) of each request's best suppliers of its kind."""
    rows, columns, values = [], [], []
    for request in range(len(kind)):
        same = np.flatnonzero(kind_of_supplier == kind[request])
        miles = np.hypot(*(base[same] - place[request]).T)
        liking = 1 / (1 + np.exp(-(skill[same] @ taste[request]) / 2))
        worth = 0.35 + 0.65 * liking * (1 - np.minimum(miles / 45, 1) * 0.6)
        worth = worth * (0.85 if small[request] else 1)  # small groups word their needs less well
        best = np.argsort(-worth, kind="stable")[:SUPPLIERS_A_REQUEST]
        rows.append(same[best])
        columns.append(np.full(len(best), request))
        values.append(worth[best])
    return np.concatenate(rows), np.concatenate(columns), np.round(np.concatenate(values), 3)


def history():
    """The site's own last 365 days: requests as they were published, today's promises in full; None if too few."""
    from datetime import timedelta

    from django.utils import timezone

    from requests_app.models import RequestTotals
    from suppliers.models import CommitmentBalance

    from ..ranking import arrays
    from .problem import pair_up
    from .wanted import Wanted

    begin = timezone.now() - timedelta(days=365)
    rows = RequestTotals.objects.posted().filter(published_at__gte=begin, asked__gt=0, request__live=True)
    published = dict(rows.values_list("request_id", "published_at"))
    if len(published) < 20:
        return None
    arrays.understand_requests_of(list(published))
    arrays.understand_commitments()
    requests, commitments = arrays.load_requests(totals=rows), arrays.load_commitments()
    requests.need = requests.asked.astype(np.float32)
    promised = dict(CommitmentBalance.objects.values_list("commitment_id", "promised"))
    commitments.left = np.array([float(promised[n]) for n in commitments.number.tolist()], np.float32)
    found = pair_up(commitments, requests, Wanted(), np.zeros(len(requests)))
    problem = found.problem
    arrives = np.array([(published[n] - begin).days for n in requests.number.tolist()])
    expires = requests.day - begin.date().toordinal()
    return Year(
        arrives, np.maximum(expires, arrives + 1), problem.need, requests.small, problem.left,
        problem.commitment, problem.request, problem.value, problem.rate,
    )  # fmt: skip


@dataclass
class Outcome:
    """What a policy reached: the value of what was given, when, to whom."""

    served: np.ndarray
    value: float
    waited: float | None  # mean days from arrival to the first help

    def nothing(self, of):
        return float((self.served[of] <= 1e-6).mean()) if of.any() else 0.0


def hindsight(year, fairness=0.0):
    everything = np.ones(len(year.need), bool)
    pairs, problem = year.problem(everything, year.left, year.need, fairness)
    given = solve(problem).given
    return _outcome(year, pairs, given, None)


def _outcome(year, pairs, given, days):
    """`days` says when each pair was laid; None in hindsight, which waits for nobody."""
    served = np.bincount(year.request[pairs], given, len(year.need))
    value = float((year.value[pairs] * given / year.need[year.request[pairs]]).sum())
    if days is None:
        return Outcome(served, value, None)
    first = np.full(len(year.need), np.inf)
    np.minimum.at(first, year.request[pairs][given > 0], days[given > 0])
    helped = np.isfinite(first)
    return Outcome(served, value, float((first - year.arrives)[helped].mean()) if helped.any() else 0.0)


def play(year, policy, fairness=0.0, seed=1):
    """The Outcome of one policy over a year."""
    dice = np.random.default_rng(seed)
    left, need = year.left.astype(float).copy(), year.need.astype(float).copy()
    taken = []  # (pairs, given, day)
    last = int(year.expires.max())
    step = 1 if policy == "first" else WEEK
    for day in range(0, last + step, step):
        open_now = (year.arrives <= day) & (year.expires >= day) & (need > 1e-6)
        if not open_now.any():
            continue
        closing = year.expires < day + (NEAR if policy == "look-ahead" else WEEK)
        if policy == "first":
            open_now &= year.arrives == day
        if policy == "held back":
            open_now &= closing
        pairs, problem = year.problem(open_now, left, need, fairness)
        if not len(pairs):
            continue
        given = greedy(problem) if policy == "first" else solve(problem).given
        if policy == "look-ahead":
            price = _prices(year, left, day, fairness, dice)
            worth = problem.worth / problem.rate  # of a unit of the commitment, as the price is
            now = closing[year.request[pairs]] | (worth >= price[problem.commitment] - 1e-9)
            given = np.where(now, given, 0)
        np.subtract.at(left, year.commitment[pairs], given * year.rate[pairs])
        np.subtract.at(need, year.request[pairs], given)
        left, need = np.maximum(left, 0), np.maximum(need, 0)
        taken.append((pairs[given > 0], given[given > 0], np.full(int((given > 0).sum()), day)))
    pairs, given, days = (np.concatenate([part[k] for part in taken]) for k in range(3))
    return _outcome(year, pairs.astype(int), given, days)


def _prices(year, left, day, fairness, dice):
    """What a unit of each commitment is worth to those who wait and to arrivals as the year before had them."""
    past = year.before or year
    ahead = min(AHEAD, max(365 - day, 0))
    rest = max(365 - day, 1)
    share = min(1.0, (ahead + NEAR) / rest)  # what is left has to last: these weeks are a part of the rest
    _, waiting = year.problem((year.arrives <= day) & (year.expires >= day), left * share, year.need, fairness)
    total = np.zeros(len(left))
    for _ in range(SAMPLES):
        begin = int(dice.integers(0, max(365 - ahead, 1)))
        to_come = (past.arrives >= begin) & (past.arrives < begin + ahead)
        _, expected = past.problem(to_come, left * share, past.need, fairness)
        total += solve(_both(waiting, expected)).price
    return total / SAMPLES


def _both(one, other):
    """Two Problems over the same commitments as one."""
    joined = {
        name: np.concatenate([getattr(one, name), getattr(other, name)])
        for name in ("commitment", "value", "rate", "need", "weight", "whole", "step", "most")
    }
    request = np.concatenate([one.request, other.request + len(one.need)])
    return Problem(request=request, left=one.left, fairness=one.fairness, **joined)


@dataclass(frozen=True)
class PolicyRow:
    """A policy with a weight of fairness: its share of what hindsight reaches (None where that is nothing), mean days
    to help, and the shares of requests, and of those of small groups, that get nothing though something fits.
    """

    policy: str
    fairness: float
    share: float | None
    wait_days: float | None
    nothing: float
    small_nothing: float


def compare(year, fairness=0.25):
    """([PolicyRow], seconds): each policy beside hindsight, then the price of fairness there and under look-ahead."""
    started = perf_counter()
    best = hindsight(year)
    rows = [_row("hindsight", 0.0, best, best, year)]
    rows += [_row(policy, 0.0, play(year, policy), best, year) for policy in POLICIES]
    rows += [_row("hindsight", weight, hindsight(year, weight), best, year) for weight in FAIRNESS[1:]]
    rows.append(_row("look-ahead", fairness, play(year, "look-ahead", fairness), best, year))
    return rows, perf_counter() - started


def _row(policy, fairness, outcome, best, year):
    reachable = np.zeros(len(year.need), bool)
    reachable[year.request] = True
    return PolicyRow(
        policy=policy,
        fairness=fairness,
        share=round(outcome.value / best.value, 4) if best.value else None,
        wait_days=None if outcome.waited is None else round(outcome.waited, 1),
        nothing=round(outcome.nothing(reachable), 4),
        small_nothing=round(outcome.nothing(reachable & year.small), 4),
    )
