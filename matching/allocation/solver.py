"""The allocation as a linear programme, solved by HiGHS, with its bound; and the greedy choice beside it.

Quantities are in each request's unit. A pair gives `value` for each whole need it serves; a request's first quarter
counts `fairness` more, so that a little for many goes before a lot for few, and `weight` raises small groups and
districts that have come short. Where units are the same the programme is a network: its corners are whole numbers.
"""

import ctypes
import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter

import highspy
import numpy as np

FIRST_PART = 0.25
WHOLE = 1e-6
TIME_LIMIT = 30.0  # seconds for whole units, where the corner is not whole already


@dataclass
class Problem:
    """Pairs by the positions of their commitment and request; arrays of one length for each group."""

    commitment: np.ndarray  # of each pair
    request: np.ndarray
    value: np.ndarray  # of serving the whole need, 0 to 1
    rate: np.ndarray  # of the commitment's unit for one of the request's
    left: np.ndarray  # of each commitment
    need: np.ndarray  # of each request
    weight: np.ndarray  # of each request, 1 or more
    whole: np.ndarray  # of each request: counted in whole units
    fairness: float = 0.25
    step: np.ndarray = None  # of each pair: its smallest part in the request's unit, 0 where any part is fine
    most: np.ndarray = None  # of each pair: what one request may be given of the commitment, in the request's unit

    def __post_init__(self):
        if self.step is None:
            self.step = np.where(self.whole[self.request], 1.0, 0.0) if len(self.value) else np.zeros(0)
        if self.most is None:
            self.most = np.full(len(self.value), np.inf)

    @property
    def scale(self):
        """What one of a pair's variable stands for, in the request's unit."""
        return np.where(self.step > 0, self.step, 1)

    @property
    def worth(self):
        """Of one unit of a pair."""
        return self.value * self.weight[self.request] / self.need[self.request]

    @property
    def first(self):
        """How much of each need is its first part: at least one whole unit."""
        part = self.need * FIRST_PART
        return np.where(self.whole, np.maximum(np.ceil(part), np.minimum(1, self.need)), part)

    def objective(self, given):
        """What quantities `given` to the pairs are worth."""
        return float(self.values(given).sum())

    def values(self, given):
        """What each pair's quantity is worth: the bonus for a request's first part is shared out by quantity."""
        served = np.bincount(self.request, given, len(self.need)) if len(given) else np.zeros(len(self.need))
        bonus = self.fairness * self.weight * np.minimum(served, self.first) / np.where(self.first > 0, self.first, 1)
        each = np.where(served > 0, bonus / np.where(served > 0, served, 1), 0)
        return (self.worth + each[self.request]) * given


@dataclass
class Solution:
    given: np.ndarray  # quantity of each pair
    objective: float
    bound: float
    price: np.ndarray  # of one unit left of each commitment: what another unit would add
    seconds: float

    @property
    def gap(self):
        """Share of the bound that is not proven to be reached."""
        return max(self.bound - self.objective, 0) / max(abs(self.bound), 1e-9)


def _model(problem):
    """HiGHS' model: a column a pair, then one a request for its first part; rows for left, need and first parts."""
    pairs, requests, commitments = len(problem.value), len(problem.need), len(problem.left)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = pairs + requests, commitments + 2 * requests
    lp.sense_ = highspy.ObjSense.kMaximize
    scale = problem.scale
    lp.col_cost_ = np.concatenate([problem.worth * scale, problem.fairness * problem.weight / problem.first])
    lp.col_lower_ = np.zeros(lp.num_col_)
    upper = np.minimum(problem.need[problem.request], problem.most) / scale
    upper = np.where(problem.step > 0, np.floor(upper + WHOLE), upper)
    lp.col_upper_ = np.concatenate([upper, problem.first])
    lp.row_lower_ = np.full(lp.num_row_, -highspy.kHighsInf)
    lp.row_upper_ = np.concatenate([problem.left, problem.need, np.zeros(requests)])
    # by column: a pair stands in three rows, a first part in one
    rows = np.stack(
        [problem.commitment, commitments + problem.request, commitments + requests + problem.request], 1
    ).reshape(-1)
    values = np.stack([problem.rate * scale, scale, -scale], 1).reshape(-1)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.concatenate([np.arange(pairs) * 3, pairs * 3 + np.arange(requests + 1)]).astype(np.int32)
    lp.a_matrix_.index_ = np.concatenate([rows, commitments + requests + np.arange(requests)]).astype(np.int32)
    lp.a_matrix_.value_ = np.concatenate([values, np.ones(requests)])
    return lp


def solve(problem):
    """The best Solution, with whole units where a request is counted so; the same problem gives the same answer."""
    started = perf_counter()
    pairs = len(problem.value)
    if not pairs:
        return Solution(np.zeros(0), 0.0, 0.0, np.zeros(len(problem.left)), perf_counter() - started)
    highs = _solver()
    lp = _model(problem)
    highs.passModel(lp)
    highs.run()
    found = highs.getSolution()
    given, bound = np.array(found.col_value)[:pairs], highs.getInfo().objective_function_value
    price = np.maximum(np.array(found.row_dual)[: len(problem.left)], 0)
    if (np.abs(given - np.rint(given))[problem.step > 0] > WHOLE).any():
        given, bound = _whole(highs, lp, problem)
    given = given * problem.scale
    given = tidy(problem, given)
    return Solution(given, problem.objective(given), bound, price, perf_counter() - started)


def _solver():
    with banner_away():
        highs = highspy.Highs()
    highs.silent()
    for name, value in {"random_seed": 1, "threads": 2, "time_limit": TIME_LIMIT}.items():
        highs.setOptionValue(name, value)
    return highs


@contextmanager
def banner_away():
    """HiGHS greets on standard output when it is made, before it can be told not to: our output is read by machines."""
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        ctypes.CDLL(None).fflush(None)
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def _whole(highs, lp, problem):
    """(quantities, bound) with whole units, where the linear programme's corner has parts."""
    pairs = len(problem.value)
    kind = highspy.HighsVarType
    lp.integrality_ = [kind.kInteger if is_whole else kind.kContinuous for is_whole in problem.step > 0] + [
        kind.kContinuous
    ] * len(problem.need)
    highs.setOptionValue("mip_rel_gap", 1e-6)
    highs.passModel(lp)
    highs.run()
    return np.array(highs.getSolution().col_value)[:pairs], highs.getInfo().mip_dual_bound


def tidy(problem, given):
    """Quantities to two places, in whole steps where they must be, and never past what is left or needed."""
    rounded = np.floor(given * 100 + 1e-3) / 100
    return np.maximum(np.where(problem.step > 0, _in_steps(problem, given), rounded), 0)


def _in_steps(problem, given):
    return np.floor(given / problem.scale + 1e-4) * problem.scale


def greedy(problem):
    """The best pair first, as much as goes: what platforms do. Quantities of each pair."""
    left, need = problem.left.astype(float).copy(), problem.need.astype(float).copy()
    given = np.zeros(len(problem.value))
    order = np.lexsort((problem.request, problem.commitment, -problem.value * problem.weight[problem.request]))
    for pair in order:
        commitment, request = problem.commitment[pair], problem.request[pair]
        amount = min(need[request], left[commitment] / problem.rate[pair], problem.most[pair])
        step = problem.step[pair]
        amount = np.floor(amount / step + 1e-9) * step if step else amount
        if amount > 0:
            given[pair] = amount
            need[request] -= amount
            left[commitment] -= amount * problem.rate[pair]
    return given
