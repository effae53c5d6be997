"""All or nothing of a return: killed before every write and the COMMIT, and two processes at one return at once."""

import json

import pytest

from tests.served import Site


@pytest.fixture(scope="module")
def found():
    site = Site("torn")
    try:
        return json.loads(site.python("-m", "tests.journeys.torn_returns").splitlines()[-1])
    finally:
        site.close()


@pytest.mark.parametrize("act", ["send", "decide", "nothing", "import"])
def test_a_process_that_is_killed_anywhere_leaves_nothing_of_its_act(found, act):
    result = found[act]
    assert result["kills"] > 10, "the act was never killed in its middle"
    assert (result["left_behind"], result["changed"]) == (0, True)


def test_of_two_who_send_one_is_kept_and_the_other_is_told_so(found):
    assert found["two send"]["statuses"] == [0, 3]
    assert "Theirs is kept" in found["two send"]["words"][0]
    assert found["sent"] in (["5.00", "5.00"], ["7.00", "7.00"])


def test_of_two_who_answer_one_is_kept_and_the_other_is_told_so(found):
    assert found["two decide"]["statuses"] == [0, 3]
    assert len(found["two decide"]["words"][0]) > 20
    assert found["decided"] in (["accepted"], ["rejected"])


def test_a_file_and_its_supplier_at_once_leave_one_of_the_two(found):
    """The officer's file answers whatever was sent before it; what is sent after it is refused."""
    assert found["send and import"]["statuses"] in ([0, 0], [0, 3])
    assert found["reported"] == ["9.00"]


def test_two_who_open_a_return_open_one(found):
    assert (found["two open"]["statuses"], found["returns"]) == ([0, 0], 5)


def test_every_total_agrees_after_all_of_it(found):
    assert found["differences"] == []
