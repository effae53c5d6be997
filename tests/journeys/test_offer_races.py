"""Nobody is given what another has, however many are granted in the same instant; on both databases."""

import json

import pytest

from tests.served import Site

ASKS = 24


@pytest.fixture(scope="module")
def outcome():
    site = Site("offer_race")
    try:
        return json.loads(site.python("-m", "tests.journeys.offer_race", str(ASKS)).splitlines()[-1])
    finally:
        site.close()


def test_ten_chairs_are_given_ten_times(outcome):
    assert outcome["granted"] == {"done": 10, "refused": ASKS - 10}
    assert outcome["left"] == "0.00"


def test_what_is_taken_back_meanwhile_is_given_at_most_once_more(outcome):
    assert set(outcome["mixed"]) <= {"done", "refused"}
    assert float(outcome["given"]) == outcome["accepted"] <= 10
    assert outcome["requests"] and outcome["differences"] == 0
