"""What a supplier reads beside a request, word by word."""

from datetime import date, timedelta
from types import SimpleNamespace as Thing

import pytest
import time_machine

from matching.ranking import reasons
from requests_app.models import Request

TODAY = date(2026, 5, 4)


@pytest.fixture(autouse=True)
def a_day():
    with time_machine.travel(TODAY, tick=False):
        yield


class Words:
    """A vocabulary of four needs that a text speaks of by their first letters; a firm’s own measure is no help."""

    names = ["Bookkeeping", "Any help", "Law", "Own training"]
    kinds, codes = ["advice", "volunteers", "advice", "none"], ["books", "general-help", "law", "own"]
    shares = {1: {2: 0.9, 0: 0.8}}

    def __init__(self, strength=1.5):
        self.strength = strength

    def read(self, text):
        return {n: self.strength for n, name in enumerate(self.names) if name in text} | {3: 5}


def match(**fields):
    request = Thing(
        title="Bookkeeping", description="", remote=False, needed_by=None, dbs=Request.DBS.NONE,
        get_unit_display=lambda: "hours", get_dbs_display=lambda: "Enhanced",
    )  # fmt: skip
    commitment = Thing(wording="Bookkeeping", measure="expert hours", say=lambda quantity: f"{quantity} hours")
    parts = {"need": 0.9, "unanswered": 0, "small": 0, "outcome": 0}
    given = {"closes": 10, "closes_share": 0.25, "miles": 3.2, "from_words": "your office"}
    for name in [name for name in fields if hasattr(request, name)]:
        setattr(request, name, fields.pop(name))
    parts |= fields.pop("parts", {})
    commitment.wording = fields.pop("wording", commitment.wording)
    return Thing(request=request, commitment=commitment, parts=parts, **({"is_sure": True} | given | fields))


def test_the_weightiest_comes_first():
    assert reasons.reasons(match(parts={"unanswered": 1, "small": 1, "outcome": 1}), Words()) == [
        "asks for bookkeeping, which your commitment covers",
        "counts as 10 hours towards “expert hours”",
        "closes 25% of your gap",
        "3 miles from your office",
        "nobody has answered yet",
        "from a small group, or one new to this",
        "serves the same outcome",
    ]


@pytest.mark.parametrize(
    ("fields", "said", "silent"),
    [
        ({"is_sure": False}, "3 miles from your office", "asks for bookkeeping, which your commitment covers"),
        ({"is_sure": False}, "3 miles from your office", "counts as 10 hours towards “expert hours”"),
        ({"is_sure": False}, "3 miles from your office", "closes 25% of your gap"),
        ({"wording": "Law"}, "counts as 10 hours towards “expert hours”", "asks for law, which your commitment covers"),
        ({"wording": "Any help", "title": "Law"}, "asks for law, which your commitment covers", None),
        ({"wording": "Any help"}, "closes 25% of your gap", "asks for bookkeeping, which your commitment covers"),
        ({"title": "Own training"}, "closes 25% of your gap", "asks for own training, which your commitment covers"),
        ({"closes_share": 0.995}, "closes all of your gap", "closes 100% of your gap"),
        ({"closes_share": 0.01}, "closes 1% of your gap", "closes all of your gap"),
        ({"closes_share": 0.009}, "counts as 10 hours towards “expert hours”", "closes 1% of your gap"),
        ({"closes": None}, "counted in hours: what it counts for is agreed with your contract manager", None),
        ({"remote": True}, "can be given from anywhere", "3 miles from your office"),
        ({"miles": None}, "closes 25% of your gap", "3 miles from your office"),
        ({"miles": 0.4}, "less than 1 mile from your office", None),
        ({"miles": 1.2}, "1 mile from your office", "1 miles from your office"),
        ({"dbs": Request.DBS.ENHANCED}, "helpers need a DBS check: enhanced", None),
        ({"parts": {"outcome": 0.5}}, "closes 25% of your gap", "serves the same outcome"),
    ],
)
def test_each_reason_is_said_where_it_holds_and_only_there(fields, said, silent):
    found = reasons.reasons(match(**fields), Words())
    assert said in found
    assert silent not in found


def test_a_need_that_is_hardly_spoken_of_is_not_named():
    assert not reasons.reasons(match(), Words(strength=0.9))[0].startswith("asks for")


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-1, ""), (0, "needed today"), (1, "needed tomorrow"), (2, "needed in 2 days"), (13, "needed in 13 days"),
        (14, "needed in two weeks"), (17, "needed in two weeks"), (18, "needed in three weeks"),
        (20, "needed in three weeks"),
        (28, "needed in four weeks"), (35, "needed in five weeks"), (45, "needed in six weeks"), (46, ""),
    ],
)  # fmt: skip
def test_how_soon_it_is_needed(days, words):
    assert reasons.when(TODAY + timedelta(days=days)) == words


def test_without_a_day_nothing_is_said_of_it():
    assert reasons.when(None) == ""
