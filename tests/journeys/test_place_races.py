"""No place of a volunteer day is given twice, whoever takes, gives up, withdraws or offers on in the same instant."""

import json

import pytest

from tests.served import Site

SUPPLIERS = 24


@pytest.fixture(scope="module")
def outcome():
    site = Site("place_race")
    try:
        return json.loads(site.python("-m", "tests.journeys.place_race", str(SUPPLIERS)).splitlines()[-1])
    finally:
        site.close()


def test_ten_places_are_taken_ten_times_and_all_others_wait(outcome):
    assert outcome["taken"] == {"done": SUPPLIERS}
    assert outcome["first"] == {"taken": 10, "waiting": SUPPLIERS - 10}


def test_what_came_free_was_offered_once_each_and_nobody_holds_what_another_has(outcome):
    assert outcome["mixed"] == {"done": 8}
    assert outcome["second"] == {"taken": 4, "given_up": 6, "offered": 6, "waiting": SUPPLIERS - 16}
    assert outcome["accepted"] == {"done": 6, "refused": 6}
    assert outcome["third"] == {"taken": 10, "given_up": 6, "waiting": SUPPLIERS - 16}


def test_who_withdraws_in_the_moment_of_accepting_holds_nothing(outcome):
    assert outcome["torn"]["done"] >= 3 and sum(outcome["torn"].values()) == 6  # one may be told that it is too late
    assert outcome["withdrawn"] == 6
    assert outcome["fourth"]["given_up"] == 12 and outcome["fourth"]["taken"] == 7
    assert outcome["fourth"]["offered"] == 3 and outcome["offers"] == 6 + 3 + 3  # each mail once, to those who waited
    assert (outcome["held"], outcome["crooked"], outcome["ended"]) == (10, 0, 0)
