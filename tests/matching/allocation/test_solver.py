"""The programme: never past what is left or needed, whole where it must be, best where small enough to try it all."""

from itertools import product

import numpy as np
import pytest

from matching.allocation.solver import Problem, greedy, solve


def problem(pairs, left, need, fairness=0.0, rate=1.0, whole=True, weight=1.0):
    """`pairs` is [(commitment, request, value)]; rate may be one number or one a pair."""
    commitment, request, value = zip(*pairs, strict=True)
    return Problem(
        commitment=np.array(commitment),
        request=np.array(request),
        value=np.array(value, float),
        rate=np.broadcast_to(np.array(rate, float), len(pairs)).copy(),
        left=np.array(left, float),
        need=np.array(need, float),
        weight=np.broadcast_to(np.array(weight, float), len(need)).copy(),
        whole=np.broadcast_to(np.array(whole), len(need)).copy(),
        fairness=fairness,
    )


def drawn(seed, whole=True, pairs=9):
    """A small problem at random: 3 commitments, 4 requests, some units converted."""
    dice = np.random.default_rng(seed)
    chosen = dice.choice(12, pairs, replace=False)
    return problem(
        [(int(n) // 4, int(n) % 4, round(float(dice.random()), 3)) for n in np.sort(chosen)],
        left=dice.integers(1, 5, 3),
        need=dice.integers(1, 4, 4),
        fairness=float(dice.choice([0, 0.25, 1])),
        rate=dice.choice([1.0, 1.0, 2.0, 0.5], pairs),
        whole=whole,
        weight=1 + dice.random(4),
    )


def holds(found, given):
    """Whether quantities pass neither what is left nor what is needed, and are whole where they must be."""
    used = np.bincount(found.commitment, given * found.rate, len(found.left))
    served = np.bincount(found.request, given, len(found.need))
    whole = found.whole[found.request]
    return (
        (given >= 0).all()
        and (used <= found.left + 1e-6).all()
        and (served <= found.need + 1e-6).all()
        and (np.abs(given - np.rint(given))[whole] < 1e-9).all()
    )


def best_by_trying(found):
    """The best objective over every whole allocation."""
    most = [
        int(min(found.need[request], found.left[commitment] / rate))
        for commitment, request, rate in zip(found.commitment, found.request, found.rate, strict=True)
    ]
    best = 0.0
    for given in product(*(range(limit + 1) for limit in most)):
        given = np.array(given, float)
        if holds(found, given):
            best = max(best, found.objective(given))
    return best


@pytest.mark.parametrize("seed", range(12))
def test_it_is_the_best_there_is(seed):
    found = drawn(seed, pairs=7)
    solution = solve(found)
    assert holds(found, solution.given)
    assert solution.objective == pytest.approx(best_by_trying(found), rel=1e-5, abs=1e-6)
    assert solution.gap <= 1e-5


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("whole", [True, False])
def test_nothing_is_given_twice_and_greed_never_beats_it(seed, whole):
    found = drawn(seed, whole)
    solution, by_greed = solve(found), greedy(found)
    assert holds(found, solution.given)
    assert holds(found, by_greed)
    assert found.objective(by_greed) <= solution.objective * (1 + 1e-6) + 0.02
    assert solution.objective <= solution.bound * (1 + 1e-6) + 1e-9


def test_greed_loses_where_the_only_helper_is_taken():
    found = problem([(0, 0, 0.9), (0, 1, 0.8), (1, 0, 0.85)], left=[5, 5], need=[5, 5])
    assert found.objective(greedy(found)) == pytest.approx(0.9)
    assert solve(found).objective == pytest.approx(0.85 + 0.8)


def test_the_same_input_gives_the_same_answer():
    first, again = solve(drawn(3)), solve(drawn(3))
    assert first.given.tolist() == again.given.tolist()
    assert first.price.tolist() == again.price.tolist()


def test_fairness_gives_a_little_to_many_before_a_lot_to_one():
    pairs = [(0, 0, 0.9), (0, 1, 0.8), (0, 2, 0.8)]
    alone = solve(problem(pairs, left=[8], need=[8, 8, 8])).given
    shared = solve(problem(pairs, left=[8], need=[8, 8, 8], fairness=0.5)).given
    assert alone.tolist() == [8, 0, 0]
    assert (shared > 0).sum() == 3


def test_a_small_group_goes_before_another_that_fits_as_well():
    found = problem([(0, 0, 0.8), (0, 1, 0.8)], left=[4], need=[4, 4], weight=[1, 1.25])
    assert solve(found).given.tolist() == [0, 4]


def test_days_and_hours_are_counted_against_each_other():
    found = problem([(0, 0, 0.8)], left=[20], need=[10], rate=7.0)
    assert solve(found).given.tolist() == [2]  # 14 of 20 hours make two whole days
    assert greedy(found).tolist() == [2]


def test_what_may_be_parted_is_parted():
    found = problem([(0, 0, 0.8)], left=[20], need=[10], rate=7.0, whole=False)
    assert solve(found).given.tolist() == [pytest.approx(2.85, abs=0.011)]


def test_what_another_unit_would_add_is_its_price():
    scarce = solve(problem([(0, 0, 0.8), (0, 1, 0.4)], left=[5], need=[5, 5], whole=False))
    plenty = solve(problem([(0, 0, 0.8)], left=[50], need=[5], whole=False))
    assert scarce.price[0] == pytest.approx(0.4 / 5)
    assert plenty.price[0] == pytest.approx(0)


def test_nothing_to_allocate_is_an_answer():
    empty = np.zeros(0)
    found = Problem(empty.astype(int), empty.astype(int), empty, empty, np.array([5.0]), empty, empty, empty > 0)
    solution = solve(found)
    assert (solution.objective, solution.bound, solution.gap, len(solution.given)) == (0, 0, 0, 0)


@pytest.mark.parametrize("solver", [lambda found: solve(found).given, greedy])
def test_nobody_gets_more_than_one_request_may_and_parts_are_ones_that_people_give(solver):
    found = problem([(0, 0, 0.9), (0, 1, 0.8)], left=[100], need=[50, 50], whole=False)
    found.most = np.array([20.0, np.inf])
    assert solver(found).tolist() == [20, 50]
    in_days = problem([(0, 0, 0.9)], left=[11], need=[10], rate=1 / 7, whole=False)  # ten hours of eleven days
    in_days.step = np.array([7.0])
    assert solver(in_days).tolist() == [7]


def test_what_the_lines_are_worth_adds_up_to_the_whole():
    for seed in range(20):
        found = drawn(seed)
        solution = solve(found)
        assert found.values(solution.given).sum() == pytest.approx(solution.objective)
        assert (found.values(solution.given)[solution.given > 0] > 0).all()
