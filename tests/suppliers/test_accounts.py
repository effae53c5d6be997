"""What accounts stand at, from facts alone: another system's claims, confirmations and verifications beside our own."""

from datetime import date
from decimal import Decimal

import pytest

from suppliers import accounts
from suppliers.accounts import NOTHING, Delivered, Facts, Held, Key, Recorded, Stage

DAY, LATER = date(2026, 3, 1), date(2026, 3, 2)


def recorded(**events):
    """Facts of events: claimed=[(1, 10)], the number of the event and its amount."""
    rows = [
        Recorded(event=number, account=account, amount=Decimal(amount), day=DAY if number < 10 else LATER)
        for account, told in events.items()
        for number, amount in told
    ]
    return Facts(recorded=rows)


def sums(promised, facts, *, is_withdrawn=False):
    found = {}
    for amounts in accounts.settled(Decimal(promised), facts, is_withdrawn=is_withdrawn).values():
        for account, amount in amounts.items():
            found[account] = found.get(account, 0) + amount
    return {account: int(amount) for account, amount in found.items() if amount}


def test_each_stage_counts_as_far_as_the_one_before_and_the_rest_is_beyond():
    facts = recorded(claimed=[(1, 30)], confirmed=[(2, 25)], verified=[(3, 40)])
    assert sums(100, facts) == {"claimed": 30, "confirmed": 25, "verified": 25}
    assert sums(20, facts) == {"claimed": 20, "confirmed": 20, "verified": 20, "beyond": 10}
    assert sums(0, facts) == {"beyond": 30}


def test_the_older_event_counts_first_and_each_has_its_own_standing():
    facts = recorded(claimed=[(12, 8), (1, 8), (2, 8)])
    found = accounts.settled(Decimal(10), facts, is_withdrawn=False)
    assert {key.event: (int(row["claimed"]), int(row["beyond"])) for key, row in found.items()} == {
        1: (8, 0), 2: (2, 6), 12: (0, 8)}  # fmt: skip


def test_what_happened_here_counts_before_what_another_system_recorded():
    facts = recorded(claimed=[(1, 50)], confirmed=[(2, 50)])
    facts.delivered.append(Delivered(Decimal(30), DAY, delivery=4, stage=Stage.CONFIRMED))
    facts.held.append(Held(7, Decimal(40), DAY))
    assert sums(100, facts) == {"reserved": 40, "claimed": 60, "confirmed": 60, "beyond": 20}
    found = accounts.settled(Decimal(100), facts, is_withdrawn=False)
    assert int(found[Key(event=1)]["claimed"]) == 30


def test_confirmations_and_verifications_take_no_room_of_their_own():
    facts = recorded(claimed=[(1, 10)], confirmed=[(2, 10)], verified=[(3, 10)])
    assert sums(25, facts, is_withdrawn=True) == {"claimed": 10, "confirmed": 10, "verified": 10, "withdrawn": 15}
    assert accounts.settled(Decimal(25), facts, is_withdrawn=True)[NOTHING] == {"withdrawn": 15}
    assert sums(25, Facts(), is_withdrawn=True) == {"withdrawn": 25}


@pytest.mark.parametrize(("account", "who"), [("claimed", ""), ("confirmed", "manager"), ("verified", "manager")])
def test_a_claim_of_another_system_is_nobodys_confirmation(account, who):
    assert Recorded(event=1, account=account, amount=Decimal(1), day=DAY).confirmed_by == who


def test_a_pledge_may_hold_what_others_neither_hold_nor_delivered():
    facts = recorded(claimed=[(1, 20)], confirmed=[(2, 20)], verified=[(3, 20)])
    facts.delivered.append(Delivered(Decimal(15), DAY, delivery=4, stage=Stage.CLAIMED))
    facts.held += [Held(7, Decimal(30), DAY), Held(8, Decimal(10), DAY)]
    assert accounts.room_for(7, Decimal(100), facts) == 55
    assert accounts.room_for(9, Decimal(100), facts) == 25
    assert accounts.room_for(9, Decimal(50), facts) == 0
