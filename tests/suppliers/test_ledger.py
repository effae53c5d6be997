"""Rules 2, 4 and 5: never more than promised, history never edited, stages kept apart."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suppliers import ledger
from suppliers.ledger import LedgerRefused
from suppliers.models import CommitmentBalance, LedgerEntry
from tests.conftest import make_commitment

pytestmark = pytest.mark.django_db
WHY = {"reason": "A test", "by": None, "by_words": "A test"}


def figures(commitment):
    balance = CommitmentBalance.objects.get(commitment=commitment)
    return {name: int(getattr(balance, name)) for name in LedgerEntry.Account.values} | {"left": int(balance.left)}


def hold(commitment, amount, pledge, people):
    ledger.reserve(commitment, Decimal(amount), pledge=pledge, by=people["sam"], reason="Pledged")


def restate(commitment, total, pledge=1, delivery=1, **stages):
    ledger.restate(commitment, Decimal(total), pledge=pledge, delivery=delivery, **WHY, **stages)


def test_a_reservation_takes_from_what_is_left(commitment, people):
    hold(commitment, 30, 1, people)
    assert figures(commitment) | {"reserved": 30, "left": 70} == figures(commitment)


def test_more_than_is_left_is_refused_in_a_sentence_and_nothing_is_written(commitment, people):
    hold(commitment, 95, 1, people)
    before = LedgerEntry.objects.count()
    with pytest.raises(LedgerRefused, match="has 5 hours left"):
        hold(commitment, 6, 2, people)
    assert (figures(commitment)["reserved"], LedgerEntry.objects.count()) == (95, before)


def test_a_delivery_moves_from_reserved_to_claimed_to_verified(commitment, people):
    hold(commitment, 30, 1, people)
    restate(commitment, 10)
    assert figures(commitment)["claimed"] == 10
    assert figures(commitment)["confirmed"] == 0
    restate(commitment, 10, confirmed=True)
    restate(commitment, 10, confirmed=True, verified=True)
    assert figures(commitment) == {
        "promised": 100,
        "reserved": 20,
        "claimed": 10,
        "confirmed": 10,
        "verified": 10,
        "beyond": 0,
        "left": 70,
    }


def test_a_surplus_is_beyond_the_contract(commitment, people):
    hold(commitment, 95, 1, people)
    restate(commitment, 120)
    assert figures(commitment) | {"claimed": 100, "reserved": 0, "beyond": 20, "left": 0} == figures(commitment)


def test_a_correction_comes_off_the_surplus_first_and_goes_back_to_the_pledge(commitment, people):
    hold(commitment, 95, 1, people)
    restate(commitment, 120)
    restate(commitment, 90, confirmed=True)
    assert figures(commitment) | {"beyond": 0, "claimed": 90, "confirmed": 90, "reserved": 10} == figures(commitment)


def test_release_gives_back_only_what_the_pledge_still_holds(commitment, people):
    hold(commitment, 30, 1, people)
    hold(commitment, 20, 2, people)
    restate(commitment, 10, pledge=1)
    ledger.release(commitment, pledge=1, by=people["sam"], reason="Finished")
    assert figures(commitment) | {"reserved": 20, "claimed": 10, "left": 70} == figures(commitment)


def test_a_promise_can_not_shrink_below_what_is_taken(commitment, people):
    hold(commitment, 60, 1, people)
    with pytest.raises(LedgerRefused):
        ledger.promise(commitment, Decimal(-50), by=people["cara"], reason="Varied")
    ledger.promise(commitment, Decimal(-40), by=people["cara"], reason="Varied")
    assert figures(commitment)["left"] == 0


@pytest.mark.parametrize("change", [{"reserved": 101}, {"claimed": 101}, {"confirmed": 1}, {"beyond": -1}])
def test_the_database_itself_refuses_totals_that_break_the_rule(commitment, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        CommitmentBalance.objects.filter(commitment=commitment).update(**change)


def test_history_can_not_be_edited_in_python(commitment):
    entry = commitment.entries.get()
    for attempt in (entry.save, entry.delete, LedgerEntry.objects.all().delete):
        with pytest.raises(TypeError, match="History is never"):
            attempt()
    with pytest.raises(TypeError):
        LedgerEntry.objects.update(amount=1)


@pytest.mark.parametrize(
    "statement", ["UPDATE suppliers_ledgerentry SET amount = 1", "DELETE FROM suppliers_ledgerentry"]
)
def test_history_can_not_be_edited_in_the_database(commitment, statement):
    with pytest.raises(DatabaseError, match="History is never edited"), transaction.atomic():
        connection.cursor().execute(statement)
    assert commitment.entries.get().amount == 100


def test_an_entry_without_an_author_or_a_reason_is_refused(commitment):
    for fields in ({"reason": "No author", "by_words": ""}, {"reason": "", "by_words": "Somebody"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LedgerEntry.objects.create(
                commitment=commitment, account="claimed", amount=1, at="2026-01-01T00:00Z", **fields
            )


def test_differences_finds_a_total_that_was_tampered_with(commitment):
    assert ledger.differences() == []
    CommitmentBalance.objects.filter(commitment=commitment).update(promised=90)
    assert ledger.differences() == [(commitment.pk, "promised", Decimal(90), Decimal(100))]


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["hold", "release", "claim", "confirm", "verify"]),
        st.integers(1, 3),
        st.decimals(0, 70, places=2),
    ),
    max_size=14,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS)
def test_no_order_of_postings_breaks_the_rules(supplier, people, acts):
    """Whatever is posted in whatever order, the totals hold rule 2 and agree with their entries."""
    with transaction.atomic():
        commitment = make_commitment(supplier, by=people["cara"])
        for act, pledge, amount in acts:
            try:
                if act == "hold":
                    hold(commitment, amount, pledge, people)
                elif act == "release":
                    ledger.release(commitment, pledge=pledge, by=people["sam"], reason="Released")
                else:
                    stages = {"confirmed": act != "claim", "verified": act == "verify"}
                    restate(commitment, amount, pledge=pledge, delivery=pledge, **stages)
            except LedgerRefused:
                continue
            balance = CommitmentBalance.objects.get(commitment=commitment)
            assert balance.promised >= balance.reserved + balance.claimed
            assert 0 <= balance.verified <= balance.confirmed <= balance.claimed
            assert min(balance.reserved, balance.beyond) >= 0
        assert [row for row in ledger.differences() if row[0] == commitment.pk] == []
        transaction.set_rollback(True)
