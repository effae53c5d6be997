"""A year that was reckoned by hand, and the site's own last year as the simulation takes it from the database."""

import numpy as np
import pytest

from matching.allocation import simulation
from tests.conftest import make_commitment, make_request

DAYS, HOURS = "days", "hours"


def year(left, rate, need=(10, 10), expires=(20, 20)):
    """Two requests that arrive on the first day and one commitment that serves either of them fully."""
    return simulation.Year(
        arrives=np.array([0, 0]),
        expires=np.array(expires),
        need=np.array(need, float),
        small=np.array([False, False]),
        left=np.array([left], float),
        commitment=np.array([0, 0]),
        request=np.array([0, 1]),
        value=np.array([1.0, 0.5]),
        rate=np.array([rate, rate], float),
    )


@pytest.mark.parametrize("policy", simulation.POLICIES)
def test_seventy_hours_are_ten_days_under_every_policy(policy):
    outcome = simulation.play(year(left=70, rate=7), policy)
    assert outcome.served.tolist() == pytest.approx([10, 0])
    assert outcome.value == pytest.approx(1.0)


def test_hindsight_gives_to_whom_it_is_worth_most_and_then_to_the_other():
    assert simulation.hindsight(year(left=70, rate=7)).served.tolist() == pytest.approx([10, 0])
    assert simulation.hindsight(year(left=105, rate=7)).served.tolist() == pytest.approx([10, 5])
    assert simulation.hindsight(year(left=105, rate=7)).value == pytest.approx(1.25)
    assert simulation.hindsight(year(left=15, rate=1)).served.tolist() == pytest.approx([10, 5])


@pytest.mark.django_db
def test_the_last_year_of_this_site_counts_seven_hours_for_a_day(group, supplier, people):
    make_commitment(supplier, quantity=70, unit=HOURS, by=people["cara"])
    for number in range(20):
        make_request(group, quantity=2, unit=DAYS, title=f"Paint our hall, day {number}")
    own = simulation.history()
    assert own.left.tolist() == [70]
    assert set(own.rate.tolist()) == {7}
    assert set(own.need.tolist()) == {2}
    for outcome in (simulation.hindsight(own), *(simulation.play(own, policy) for policy in simulation.POLICIES)):
        assert outcome.served.sum() == pytest.approx(10)


@pytest.mark.django_db
def test_fewer_than_twenty_requests_are_no_year(group, supplier, people):
    make_commitment(supplier, by=people["cara"])
    for number in range(19):
        make_request(group, title=f"Paint our hall, day {number}")
    assert simulation.history() is None
