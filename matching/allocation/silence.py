"""What mail does to those who get it: a year of new requests, told to everybody whom they fit, or within a budget.

A supplier reads a mail the less often, the more it had in the last week, and stops reading for good the sooner, the
more it had in vain. Whoever reads of a request that fits pledges the likelier, the better it fits. The chances are
assumptions, the same for both policies; what is compared is who is told when.
"""

from dataclasses import dataclass

import numpy as np

WEEK = 7
READS, TIRED = 0.6, 0.88  # chance to read a mail; times so much for each other mail of the last week
PLEDGES = 0.25  # chance to pledge of whoever reads of a perfect fit; it falls with the third power of the fit
LEAVES = 0.004  # chance to stop reading for good after a mail in vain
TOLD_FIRST, A_WEEK = 5, 3  # what the settings ALERTS_TOLD_FIRST and ALERTS_AT_ONCE_A_WEEK say


@dataclass
class Told:
    """What came of a year: how many requests had a first pledge, after how many days, by how many mails, and how many
    suppliers had stopped reading by its end.
    """

    pledged: int
    days: float | None
    mails: int
    silent: int


def play(year, budget=None, seed=1):
    """The Told of a `simulation.Year`; `budget` is (told first, mails a week), None to tell everybody at once."""
    dice = np.random.default_rng(seed)
    suppliers = len(year.left)
    reads = np.ones(suppliers, bool)
    had = np.zeros((suppliers, WEEK), int)  # mails of each of the last seven days
    waiting = [[] for _ in range(suppliers)]  # (request, fit) for the next digest
    pledged = np.full(len(year.need), -1)
    by_request = _pairs_of(year)
    mails = 0
    for day in range(int(year.arrives.max()) + WEEK + 1):
        had[:, day % WEEK] = 0
        told = [[] for _ in range(suppliers)]
        for request in np.flatnonzero(year.arrives == day):
            for place, (supplier, fit) in enumerate(by_request[request]):
                is_first = budget is None or (place < budget[0] and had[supplier].sum() < budget[1])
                (told if is_first else waiting)[supplier].append((request, fit))
        for supplier in range(suppliers):
            if waiting[supplier] and (told[supplier] or supplier % WEEK == day % WEEK):
                told[supplier] += waiting[supplier]  # a mail that goes anyway takes along what waits
                waiting[supplier] = []
            if not told[supplier]:
                continue
            mails += 1
            chance = READS * TIRED ** had[supplier].sum()
            had[supplier, day % WEEK] += 1
            if reads[supplier] and dice.random() < chance:
                in_vain = not _pledge(supplier, told[supplier], pledged, day, year, dice)
            else:
                in_vain = True
            if in_vain and dice.random() < LEAVES:
                reads[supplier] = False
    helped = pledged >= 0
    days = float((pledged - year.arrives)[helped].mean()) if helped.any() else None
    return Told(int(helped.sum()), days, mails, int((~reads).sum()))


def _pairs_of(year):
    """[[(supplier, fit)], the best first] of each request."""
    found = [[] for _ in range(len(year.need))]
    for supplier, request, fit in zip(year.commitment, year.request, year.value, strict=True):
        found[request].append((int(supplier), float(fit)))
    return [sorted(pairs, key=lambda pair: -pair[1]) for pairs in found]


def _pledge(supplier, told, pledged, day, year, dice):
    """Whether a supplier that reads of these requests pledges for one; the first pledge of each is noted."""
    has = False
    for request, fit in told:
        if day <= year.expires[request] and dice.random() < PLEDGES * fit**3:
            has = True
            if pledged[request] < 0:
                pledged[request] = day
    return has


@dataclass(frozen=True)
class ToldRow:
    """What a policy comes to: requests with a pledge, mean days to it, e-mails, and suppliers that read no more."""

    policy: str
    pledged: int
    days: float | None
    mails: int
    silent: int


def compare(year, seed=1):
    """[ToldRow]: telling everybody, and telling within the budget."""
    rows = []
    for policy, budget in (("everybody", None), ("budget", (TOLD_FIRST, A_WEEK))):
        told = play(year, budget, seed)
        days = None if told.days is None else round(told.days, 1)
        rows.append(ToldRow(policy, told.pledged, days, told.mails, told.silent))
    return rows
