"""Rules 2, 4 and 5: never more than promised, history never edited, stages kept apart."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from records.figures import value
from suppliers import ledger
from suppliers.accounts import Delivered, Stage
from suppliers.ledger import LedgerRefused
from suppliers.models import CommitmentBalance, LedgerEntry
from suppliers.signals import commitment_changed
from tests.suppliers.told import TODAY, figures, has

pytestmark = pytest.mark.django_db


def test_a_reservation_takes_from_what_is_left(commitment, told):
    told.hold(30)
    assert has(commitment, reserved=30, left=70)


def test_more_than_is_left_is_refused_in_a_sentence_and_nothing_is_written(commitment, told):
    told.hold(95)
    before = LedgerEntry.objects.count()
    with pytest.raises(LedgerRefused, match="has 5 hours left"):
        told.hold(6, pledge=2)
    assert (figures(commitment)["reserved"], LedgerEntry.objects.count()) == (95, before)


def test_a_delivery_moves_from_reserved_to_claimed_to_verified(commitment, told):
    told.hold(30)
    told.deliver(10)
    assert has(commitment, claimed=10, confirmed=0, reserved=20)
    told.deliver(10, stage=Stage.CONFIRMED)
    told.deliver(10, stage=Stage.VERIFIED)
    assert figures(commitment) == {
        "promised": 100,
        "reserved": 20,
        "to_agree": 0,
        "claimed": 10,
        "confirmed": 10,
        "verified": 10,
        "beyond": 0,
        "withdrawn": 0,
        "left": 70,
    }


def test_a_surplus_is_beyond_the_contract(commitment, told):
    told.hold(95)
    told.deliver(120)
    assert has(commitment, claimed=100, reserved=0, beyond=20, left=0)


def test_a_correction_goes_back_to_the_pledge(commitment, told):
    told.hold(95)
    told.deliver(120)
    told.deliver(90, stage=Stage.CONFIRMED)
    assert has(commitment, beyond=0, claimed=90, confirmed=90, reserved=5, left=5)


def test_release_gives_back_only_what_the_pledge_still_holds(commitment, told):
    told.hold(30)
    told.hold(20, pledge=2)
    told.deliver(10)
    told.let_go()
    assert has(commitment, reserved=20, claimed=10, left=70)


def test_a_promise_can_not_shrink_below_what_is_taken(commitment, told):
    told.hold(60)
    with pytest.raises(LedgerRefused, match="has 40 hours left"):
        told.settle(promise=Decimal(-50))
    told.settle(promise=Decimal(-40))
    assert figures(commitment)["left"] == 0


@pytest.mark.parametrize(
    ("first", "second", "corrected", "reserved", "left"),
    [(15, 1, 12, 0, 7), (10, 5, 2, 3, 10), (4, 4, 0, 6, 10), (10, 0, 10, 0, 10)],
)
def test_a_hold_is_settled_for_the_pledge_and_not_for_each_delivery(told, first, second, corrected, reserved, left):
    told.settle(promise=Decimal(-80))
    told.hold(10)
    told.deliver(first)
    if second:
        told.deliver(second, delivery=2)
    told.deliver(corrected, stage=Stage.CONFIRMED)
    assert has(told.commitment, reserved=reserved, left=left)


def test_a_surplus_moves_into_the_promise_as_soon_as_there_is_room(commitment, told):
    told.settle(promise=Decimal(-80))
    told.hold(10)
    told.hold(10, pledge=2)
    told.deliver(15, stage=Stage.VERIFIED)
    assert has(commitment, claimed=10, verified=10, beyond=5, left=0)
    told.let_go(pledge=2)
    assert has(commitment, claimed=15, confirmed=15, verified=15, beyond=0, left=5)
    told.deliver(20, stage=Stage.VERIFIED)
    told.deliver(3, delivery=2)
    assert has(commitment, claimed=20, beyond=3)
    told.settle("The contract was extended", promise=Decimal(10))
    assert has(commitment, claimed=23, beyond=0, left=7)
    reasons = commitment.entries.filter(delivery_number=2).values_list("reason", flat=True)
    assert "Follows from: The contract was extended" in reasons


def test_what_is_best_proved_counts_first_and_then_what_is_oldest(commitment, told):
    told.settle(promise=Decimal(-90))
    told.deliver(8, delivery=1, day=TODAY - timedelta(2))
    told.deliver(8, delivery=2, day=TODAY - timedelta(1), stage=Stage.VERIFIED)
    told.deliver(8, delivery=3, day=TODAY - timedelta(9), stage=Stage.CONFIRMED)
    counted = {
        number: commitment.entries.filter(delivery_number=number, account="claimed").aggregate(Sum("amount"))
        for number in (1, 2, 3)
    }
    assert [int(amounts["amount__sum"] or 0) for amounts in counted.values()] == [0, 8, 2]
    assert has(commitment, claimed=10, confirmed=10, verified=8, beyond=14)


def test_what_is_not_agreed_stands_apart_and_is_held(commitment, told):
    told.hold(40, is_agreed=False)
    assert has(commitment, to_agree=40, reserved=0, left=60)
    with pytest.raises(LedgerRefused, match="has 60 hours left"):
        told.hold(61, pledge=2)
    told.hold(50)
    assert has(commitment, to_agree=0, reserved=50, left=50)


@pytest.mark.parametrize("kind", ["delivery", "return_line"])
@pytest.mark.parametrize("numbers", [(1, 2), (2, 1)])
def test_of_two_that_are_alike_the_first_counts_first(commitment, told, kind, numbers):
    for number in numbers:
        told.deliveries[number] = Delivered(Decimal(80), TODAY, **{kind: number})
    told.settle()
    rows = commitment.entries.filter(account="claimed").values_list(f"{kind}_number", "amount")
    assert dict(rows) == {1: 80, 2: 20}


def test_a_delivery_needs_no_pledge(commitment, told):
    told.deliveries[1] = Delivered(
        Decimal(7), TODAY, return_line=4, stage=Stage.CONFIRMED, confirmed_by=LedgerEntry.ConfirmedBy.MANAGER
    )
    told.settle()
    assert has(commitment, claimed=7, confirmed=7, left=93)
    entry = commitment.entries.get(account="confirmed")
    assert (entry.return_line_number, entry.confirmed_by, entry.happened_on) == (4, "manager", TODAY)


def test_a_quarter_is_asked_for_by_either_clock(commitment, told):
    with time_machine.travel(datetime(2027, 1, 10, 12, tzinfo=UTC)):
        told.deliver(7, day=date(2026, 12, 31))
        told.deliver(5, delivery=2, day=date(2027, 1, 2))
    asked = {"since": date(2026, 10, 1), "until": date(2026, 12, 31), "unit": "hours"}
    assert value("claimed", **asked) == 7
    assert value("claimed", **asked, written=True) == 0
    until = {"until": date(2027, 1, 10), "written": True, "unit": "hours"}
    assert value("claimed", **until) == 12


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
                commitment=commitment, account="claimed", amount=1, at="2026-01-01T00:00Z", happened_on=TODAY, **fields
            )


def test_differences_finds_a_total_that_was_tampered_with(commitment):
    assert ledger.differences() == []
    CommitmentBalance.objects.filter(commitment=commitment).update(promised=90)
    assert ledger.differences() == [(commitment.pk, "promised", Decimal(90), Decimal(100))]


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["hold", "let go", "deliver", "promise", "not agreed", "again"]),
        st.integers(1, 3),
        st.decimals(0, 70, places=2),
        st.sampled_from(Stage),
    ),
    max_size=14,
)


def expected(told, promised):
    """Each account by the closed form of the rule, without looking at single deliveries."""
    delivered = told.deliveries.values()
    arrived = {number: sum(d.amount for d in delivered if d.pledge == number) for number in told.pledges}
    rest = {number: max(held.counts - arrived[number], Decimal(0)) for number, held in told.pledges.items()}
    reserved = sum(rest[number] for number, held in told.pledges.items() if held.is_agreed)
    room = promised - sum(rest.values())
    reached = [sum(d.amount for d in delivered if d.stage >= stage) for stage in Stage]
    claimed, confirmed, verified = (min(room, amount) for amount in reached)
    return {
        "promised": promised, "reserved": reserved, "to_agree": sum(rest.values()) - reserved, "claimed": claimed,
        "confirmed": confirmed, "verified": verified, "beyond": reached[0] - claimed, "withdrawn": Decimal(0),
    }  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS)
def test_no_order_of_postings_breaks_the_rules(told, acts):
    """Whatever is posted in whatever order, every account is what the facts say, and agrees with its entries."""
    with transaction.atomic():
        told.pledges, told.deliveries, promised = {}, {}, Decimal(100)
        for act, number, amount, stage in acts:
            try:
                if act in ("hold", "not agreed") and amount:
                    if number not in told.pledges:
                        told.hold(amount, number, is_agreed=act == "hold")
                elif act == "let go" and number in told.pledges:
                    told.let_go(number)
                elif act == "deliver":
                    told.deliver(amount, delivery=number, pledge=number, stage=stage)
                elif act == "again":
                    told.deliver(amount, delivery=10 + number, pledge=number, stage=stage)
                elif act == "promise":
                    told.settle(promise=amount - 35)
                    promised += amount - 35
            except LedgerRefused:
                continue
            balance = CommitmentBalance.objects.get(commitment=told.commitment)
            kept = {name: getattr(balance, name) for name in LedgerEntry.Account.values}
            assert kept == expected(told, promised)
            assert ledger.differences() == []
        transaction.set_rollback(True)


def test_a_promise_may_fall_by_a_hundredth_to_what_is_held_and_claimed_and_no_further(commitment, told):
    told.hold(40)
    told.deliver(20, delivery=2)
    told.settle(promise=Decimal(-60))
    assert has(commitment, reserved=20, claimed=20, left=0)
    with pytest.raises(LedgerRefused, match="has 0 hours left"):
        told.settle(promise=Decimal("-0.01"))
    told.settle(promise=Decimal("0.01"))
    told.settle(promise=Decimal("-0.01"))
    assert has(commitment, reserved=20, claimed=20, left=0)


def test_the_promise_is_the_first_entry_of_its_act(commitment, told):
    told.deliver(120)
    before = commitment.entries.latest("pk").pk
    told.settle("Longer", promise=Decimal(10))
    written = list(commitment.entries.filter(pk__gt=before).order_by("pk").values_list("account", flat=True))
    assert written[0] == "promised" and set(written[1:]) == {"claimed", "beyond"}


def test_who_hears_of_a_commitment_hears_where_what_is_left_has_changed(commitment, told):
    heard = []

    def hear(sender, number, **kwargs):
        heard.append(number)

    commitment_changed.connect(hear)
    try:
        told.hold(40)
        assert heard == [commitment.pk]
        told.settle("Nothing new")
        assert heard == [commitment.pk]
    finally:
        commitment_changed.disconnect(hear)
