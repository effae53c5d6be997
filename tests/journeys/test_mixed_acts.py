"""Whatever people do at once on the same requests and commitments, nobody sees an error page and no sum is off."""

import json

import pytest

from tests.served import Site

ACTS = 400


@pytest.fixture(scope="module")
def found():
    site = Site("mixed")
    site.env["LOG_LEVEL"] = "CRITICAL"
    try:
        return json.loads(site.python("-m", "tests.journeys.mixed_acts", str(ACTS)).splitlines()[-1])
    finally:
        site.close()


def test_every_act_is_done_or_refused_with_a_sentence(found):
    assert found["outcomes"].keys() <= {"done", "refused"}
    assert sum(found["outcomes"].values()) == ACTS
    assert found["outcomes"]["done"] > ACTS / 4


def test_every_kept_sum_agrees_with_its_entries(found):
    assert found["differences"] == 0


def test_the_order_of_locks_leaves_nobody_to_be_tried_again(found):
    assert found["second_tries"] == []
