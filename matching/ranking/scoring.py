"""Scores of many pairs at once: commitments against requests, in blocks that share a kind of help. Worker only.

Within a block the texts' parts are one matrix product; kind, unit, place and outcome are looked up in small tables;
the rest is added along a row or a column. Pairs that can't be are given no score (-inf): money answers only requests
for money, a place limit excludes, a contract's dates bound it, nobody serves itself.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from django.utils import timezone

from vocabulary.units import Unit

from . import parts as formulas
from .arrays import KINDS, MONEY, NO_DAY, POUNDS, UNITS
from .parts import FIXED, UNKNOWN

CHUNK = 128  # commitments scored together
ALL_PAIRS_UP_TO = 5000  # requests; beyond, only likely pairs are scored (recall measured by the benchmark)
LIKELY = 0.12  # how well a commitment meets the typical need of a group of requests
NO_SCORE = np.float32(-np.inf)
ELSEWHERE_KIND = 0.4  # the kind posted differs, though the texts may speak of the same
GROUPS = {
    Unit.HOURS: "time", Unit.DAYS: "time", Unit.EVENTS: "session", Unit.WEEKS: "place", Unit.PLACES: "place",
    Unit.PEOPLE: "head", Unit.ITEMS: "thing", Unit.TONNES: "thing", Unit.POUNDS_IN_KIND: "thing",
    Unit.POUNDS: "money",
}  # fmt: skip
LIKE_UNITS = {
    frozenset(pair): value
    for *pair, value in [
        ("time", "session", 0.7), ("time", "head", 0.6), ("session", "head", 0.6), ("place", "head", 0.7),
        ("session", "place", 0.5), ("time", "place", 0.3),
    ]
}  # fmt: skip
"""How alike two units are counted: hours and days as time, people and places as heads."""


def unit_part(offered, needed):
    """1 for the same unit, less for one like it, UNKNOWN where one has no group."""
    if offered == needed:
        return 1.0
    one, other = GROUPS.get(offered), GROUPS.get(needed)
    if one is None or other is None:
        return UNKNOWN
    return 0.9 if one == other else LIKE_UNITS.get(frozenset((one, other)), 0.0)


@lru_cache(maxsize=1)
def unit_table():
    return np.array([[unit_part(one, other) for other in UNITS] for one in UNITS], np.float32)


@lru_cache(maxsize=1)
def kind_table():
    table = np.full((len(KINDS) + 1, len(KINDS)), ELSEWHERE_KIND, np.float32)
    np.fill_diagonal(table, 1)
    table[-1] = UNKNOWN  # a commitment whose kind nobody has named
    return table


def place_part(miles):
    """The part from miles; UNKNOWN where nobody says from where, 0 out of reach."""
    known = np.where(np.isfinite(miles), miles, formulas.FAR_MILES)
    return np.where(np.isnan(miles), UNKNOWN, formulas.place(known)).astype(np.float32)


def outcome_part(one, other):
    return np.where((one == 0) | (other == 0), UNKNOWN, (one == other).astype(np.float32)).astype(np.float32)


@dataclass
class Best:
    """The best requests of one commitment, best first: positions, scores, and the two parts that texts make."""

    row: int
    columns: np.ndarray
    scores: np.ndarray
    need: np.ndarray
    meaning: np.ndarray


class Scorer:
    """Scores pairs of `commitments` and `requests` (arrays.py) with `weights` ({part: weight})."""

    def __init__(self, commitments, requests, weights, today=None):
        self.commitments, self.requests, self.weights = commitments, requests, weights
        self.today = (today or timezone.localdate()).toordinal()
        self.moving_of_request = self._moving_of_request()
        codes = np.stack([requests.kind, requests.unit, requests.outcode, requests.outcome], 1).astype(np.int64)
        self.shapes, self.shape = (
            np.unique(codes, axis=0, return_inverse=True) if len(requests) else (codes, np.zeros(0, np.int64))
        )
        self.shape = self.shape.reshape(-1)
        self.money_needed = (requests.kind == MONEY) | (requests.unit == POUNDS)
        self.money_offered = (commitments.kind == MONEY) | (commitments.unit == POUNDS)

    def _moving_of_request(self):
        requests, weights = self.requests, self.weights
        days = np.where(requests.day == NO_DAY, formulas.EASE_DAYS, requests.day - self.today)
        return (
            weights["time"] * formulas.time(days.astype(np.float32)) + weights["unanswered"] * requests.unanswered
        ).astype(np.float32)

    def _table(self, rows):
        """(rows, shapes): kind, unit, place and outcome together; -inf out of reach."""
        commitments, weights, shapes = self.commitments, self.weights, self.shapes
        kind, unit, outcode, outcome = shapes.T
        miles = commitments.nearness[rows][:, outcode]
        table = (
            weights["kind"] * kind_table()[commitments.kind[rows][:, None], kind]
            + weights["unit"] * unit_table()[commitments.unit[rows][:, None], unit]
            + weights["place"] * place_part(miles)
            + weights["outcome"] * outcome_part(commitments.outcome[rows][:, None], outcome)
        ).astype(np.float32)
        table[np.isposinf(miles)] = NO_SCORE
        return table

    def texts(self, rows, columns):
        """(need, meaning), each (rows, columns) float32: the parts that hang on texts."""
        commitments, requests = self.commitments, self.requests
        return (
            commitments.answers[rows] @ requests.needs[columns].T,
            commitments.meaning[rows] @ requests.meaning[columns].T,
        )

    def fixed(self, rows, columns, need, meaning):
        """(rows, columns) float32: what the parts of FIXED add up to; -inf for pairs that can't be."""
        commitments, requests = self.commitments, self.requests
        sums = need * np.float32(self.weights["need"])
        sums += meaning * np.float32(self.weights["meaning"])
        sums += self._table(rows)[:, self.shape[columns]]
        sums += requests.checks[columns] * np.float32(self.weights["checks"])
        sums += requests.small[columns] * np.float32(self.weights["small"])
        banned = self.money_offered[rows][:, None] != self.money_needed[columns]
        banned |= commitments.first[rows][:, None] > requests.day[columns]
        banned |= commitments.organisation[rows][:, None] == requests.organisation[columns]
        banned |= commitments.own[rows][:, None]
        sums[banned] = NO_SCORE
        return sums

    def block(self, rows, columns):
        """(scores, need, meaning), each (rows, columns) float32."""
        need, meaning = self.texts(rows, columns)
        scores = self.fixed(rows, columns, need, meaning)
        scores += self.moving_of_request[columns]
        scores += self._size(rows, columns) * np.float32(self.weights["size"])
        return scores, need, meaning

    def _size(self, rows, columns):
        left, need = self.commitments.left[rows][:, None], self.requests.need[columns]
        same = self.commitments.unit[rows][:, None] == self.requests.unit[columns]
        return np.where(same, formulas.size(left, need), np.float32(UNKNOWN))

    def blocks(self):
        """[(rows of commitments, rows of requests)] that may fit: money with money, and in a large county only needs
        that a commitment's offers can meet at all.
        """
        found = []
        for money in (False, True):
            rows = np.flatnonzero((self.money_offered == money) & ~self.commitments.own)
            columns = np.flatnonzero(self.money_needed == money)
            if not len(rows) or not len(columns):
                continue
            if len(columns) <= ALL_PAIRS_UP_TO:
                found += [(rows[n : n + CHUNK], columns) for n in range(0, len(rows), CHUNK)]
            else:
                found += self._likely(rows, columns)
        return found

    def _likely(self, rows, columns):
        """Blocks of commitments that offer alike, against the requests whose plainest need they could meet."""
        plainest = self.requests.needs[columns].argmax(1)
        typical = np.zeros((self.requests.needs.shape[1],) * 2, np.float32)
        np.add.at(typical, plainest, self.requests.needs[columns])
        typical /= np.maximum(np.bincount(plainest, minlength=len(typical)), 1)[:, None]
        columns = columns[np.argsort(plainest, kind="stable")]
        plainest = np.sort(plainest)
        offered = self.commitments.answers[rows].argmax(1)
        found = []
        for need in np.unique(offered):
            alike = rows[offered == need]
            meets = (self.commitments.answers[alike] @ typical.T).max(0) >= LIKELY
            picked = columns[meets[plainest]]
            found += [(alike[n : n + CHUNK], picked) for n in range(0, len(alike), CHUNK) if len(picked)]
        return found

    def top(self, limit, threads=2):
        """[Best] of every commitment that any request may fit; equal scores by number."""

        def best(block):
            rows, columns = block
            matrices = self.block(rows, columns)
            return [
                self._best(row, columns, limit, *lines) for row, *lines in zip(rows.tolist(), *matrices, strict=True)
            ]

        with ThreadPoolExecutor(threads) as pool:
            return [found for listed in pool.map(best, self.blocks()) for found in listed]

    def _best(self, row, columns, limit, line, need, meaning):
        if len(line) > limit:
            floor = np.partition(line, len(line) - limit)[len(line) - limit]
            picked = np.flatnonzero(line >= floor) if np.isfinite(floor) else np.flatnonzero(np.isfinite(line))
        else:
            picked = np.flatnonzero(np.isfinite(line))
        picked = picked[np.lexsort((columns[picked], -line[picked]))[:limit]]
        return Best(row, columns[picked], line[picked], need[picked], meaning[picked])

    def fixed_parts(self, rows, columns, need, meaning):
        """(n, parts) of FIXED for pairs given by position with their two parts of texts, each 0 to 1."""
        commitments, requests = self.commitments, self.requests
        found = {
            "need": need,
            "meaning": meaning,
            "kind": kind_table()[commitments.kind[rows], requests.kind[columns]],
            "unit": unit_table()[commitments.unit[rows], requests.unit[columns]],
            "place": place_part(commitments.nearness[rows, requests.outcode[columns]]),
            "outcome": outcome_part(commitments.outcome[rows], requests.outcome[columns]),
            "checks": requests.checks[columns],
            "small": requests.small[columns],
        }
        return np.clip(np.stack([found[name] for name in FIXED], 1), 0, 1)

    def fixed_parts_of(self, found):
        """(rows, columns, parts) of all pairs in a list of Best, one after the other."""
        joined = [np.concatenate([getattr(block, name) for block in found]) for name in ("columns", "need", "meaning")]
        rows = np.repeat([block.row for block in found], [len(block.columns) for block in found])
        return rows, joined[0], self.fixed_parts(rows, *joined)
