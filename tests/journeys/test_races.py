"""Rules 1 and 2 however many act in the same instant: PostgreSQL with 200 writers, SQLite with fewer."""

import json
import os

import pytest

from tests.served import Site


@pytest.fixture(scope="module")
def outcome():
    site = Site("race")
    site.env["PLEDGES_UNANSWERED"] = "1000"  # else most of the writers are refused for another reason
    writers = 200 if os.environ.get("TEST_ON") == "postgresql" else 40
    try:
        return writers, json.loads(site.python("-m", "tests.journeys.race", str(writers)).splitlines()[-1])
    finally:
        site.close()


def test_the_last_ten_hours_of_a_commitment_are_pledged_once(outcome):
    writers, found = outcome
    assert found["offered"] == {"done": 10, "refused": writers - 10}
    assert (found["reserved"], found["reserved_entries"], found["offered_pledges"]) == ("10.00", 10, 10)


def test_the_last_ten_hours_of_a_request_are_accepted_once(outcome):
    writers, found = outcome
    assert found["accepted"] == {"done": 10, "refused": writers - 10}
    assert found["row"] == ["10.00", f"{writers - 10}.00", "1.00", False]


def test_one_confirmation_counts(outcome):
    _, found = outcome
    assert found["confirmed"] == {"done": 1, "refused": 19}


def test_a_pledge_taken_back_while_it_is_accepted_ends_one_way(outcome):
    _, found = outcome
    pledged, accepted, in_state_accepted = found["torn"]
    assert (pledged, float(accepted)) == ("0.00", in_state_accepted)


def test_nothing_is_lost(outcome):
    assert outcome[1]["differences"] == 0
