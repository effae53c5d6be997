"""Random histories through the verbs and through the screens: after each step every total is what a plain model says.

Histories that once failed, or that once gave wrong figures, are kept in KEPT.
"""

import os
import random
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.cache import caches
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace import checks
from tests.journeys.county import County

pytestmark = pytest.mark.django_db


STEPS = (
    "offer", "offer", "offer", "accept", "accept", "decline", "withdraw", "finish", "claim", "claim", "claim",
    "confirm", "confirm", "confirm", "dispute", "amend", "take_back", "verify", "verify", "agree", "agree", "vary",
    "import_again", "without_pledge", "give_up", "edit", "time_passes", "not_against", "close_request",
    "close_organisation", "merge", "succession", "recorded", "recorded", "report", "report", "answer_report",
    "answer_report", "sample", "plan", "plan", "carry_forward", "substitute", "extend", "extend",
)  # fmt: skip
AMOUNTS = [Decimal(text) for text in "0.01 0.5 1 1.33 2 3 5 8 10 15 21".split()]
LENGTH = 60


def history_of(seed):
    """LENGTH steps drawn evenly; the same seed gives the same history."""
    dice = random.Random(seed)
    return [
        (dice.choice(STEPS), dice.randrange(6), dice.randrange(6), dice.choice(AMOUNTS), dice.random() < 0.4)
        for _ in range(LENGTH)
    ]


def played(group, supplier, people, history):
    for kept in caches.all(initialized_only=True):
        kept.clear()  # a history before was taken back: the next has the same numbers at the same moments
    with time_machine.travel("2026-11-20 12:00", tick=False) as traveller, transaction.atomic():
        county = County(group, supplier, people)
        county.traveller = traveller
        for step in history:
            traveller.shift(timedelta(minutes=3))  # else the same form looks sent twice
            county.step(*step)
        county.compare_councils()
        assert checks.differences()[1] == []
        transaction.set_rollback(True)


HISTORIES = int(os.environ.get("HISTORIES", "25"))
SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=HISTORIES, deadline=None, suppress_health_check=SLOW)
@given(st.integers(0, 2**32))
def test_every_total_is_what_the_model_says_after_each_step(group, supplier, people, seed):
    played(group, supplier, people, history_of(seed))


def steps(text):
    """A history as it is kept: "offer 0 0 10, accept 0, claim 0 0 15" with an ! for a step through the screen."""
    found = []
    for said in text.split(", "):
        name, *numbers = said.rstrip("!").split()
        a, b, amount = [*numbers, *("0", "0", "1")[len(numbers) :]]
        found.append((name, int(a), int(b), Decimal(amount), said.endswith("!")))
    return found


KEPT = [
    "offer 0 0 10, accept 0, claim 0 0 15, claim 0 0 1, confirm 0 1 12",
    "offer 0 0 10, accept 0, claim 0 0 10, claim 0 0 5, confirm 0 1 2",
    "offer 0 0 10, accept 0, offer 1 0 10, accept 1, claim 0 0 15, withdraw 1",
    "offer 0 0 10, accept 0, claim 0 0 21, vary 0 0 15",
    "offer 2 0 5, accept 0, claim 0 0 2, confirm 0, agree 0 0 3, verify 0 0 2, agree 0 0 5, verify 0 1 2",
    "offer 0 0 2!, accept 0!, claim 0 0 10!, confirm 0!, offer 0 1 8",
    "edit 0 0 8, offer 0 3 8, accept 0, edit 0 0 5, withdraw 0",
    "offer 0 0 8, accept 0, claim 0 0 3, give_up 0, confirm 0, give_up 0, finish 0",
    "offer 1 0 15, accept 0, claim 0 0 15, confirm 0, verify 0 0 10, offer 1 0 5, accept 1",
    "report 1 2 15!, without_pledge 0 0 2!, report 1 4 15!",
]


@pytest.mark.parametrize("history", KEPT)
def test_a_history_that_is_kept(group, supplier, people, history):
    played(group, supplier, people, steps(history))
