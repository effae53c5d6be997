"""Acts of the ledger: what they are about comes first, and one that breaks off leaves nothing."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError
from django.db.models import Sum

from places import councils
from places.models import Council
from suppliers import ledger
from suppliers.accounts import Delivered, Stage
from suppliers.ledger import Act, LedgerRefused, Source
from suppliers.models import LedgerEntry
from tests.suppliers.told import TODAY, has

pytestmark = pytest.mark.django_db


def test_what_waits_to_be_agreed_is_not_pushed_out_by_a_lower_promise(commitment, told):
    told.hold(60, is_agreed=False)
    with pytest.raises(LedgerRefused, match="has 40 hours left"):
        told.settle(promise=Decimal(-41))
    told.settle(promise=Decimal(-40))
    assert has(commitment, promised=60, to_agree=60, left=0)


def test_what_an_act_is_about_is_written_before_what_follows_from_it(commitment, told):
    for number in (1, 2):
        told.deliveries[number] = Delivered(Decimal(80), TODAY, return_line=number)
        told.settle()
    before, about = commitment.entries.latest("pk").pk, ledger.Key(return_line=2)
    told.deliveries[1] = Delivered(Decimal(30), TODAY, return_line=1)
    told.deliveries[2] = Delivered(Decimal(75), TODAY, return_line=2)
    ledger.settle(commitment, Act(Source.RETURN, "Counted again", by_words="A test", about=about))
    written = commitment.entries.filter(pk__gt=before).order_by("pk")
    assert list(dict.fromkeys(written.values_list("return_line_number", flat=True))) == [2, 1]
    assert written.first().reason == "Counted again" and written.last().reason == "Follows from: Counted again"


@pytest.fixture
def other():
    return Council.objects.exclude(pk=councils.home().pk).first()


def of_council(commitment, council):
    """[(account, day, who confirmed, amount)] of a council's entries, those that come to nothing left out."""
    rows = commitment.entries.filter(council=council).values_list("account", "happened_on", "confirmed_by")
    sums = rows.annotate(Sum("amount")).order_by("account", "happened_on")
    return [(account, day, by, int(amount)) for account, day, by, amount in sums if amount]


def test_a_council_that_was_wrong_gives_up_every_entry_on_its_own_day(commitment, told, other):
    told.deliver(10, stage=Stage.CONFIRMED, day=TODAY - timedelta(days=40))
    own, was = councils.home(), of_council(commitment, councils.home())
    assert ("confirmed", TODAY - timedelta(days=40), "group", 10) in was
    ledger.correct_council(commitment, other, Act(Source.COUNCIL, "It was another's", by_words="A test"))
    assert of_council(commitment, other) == was
    assert of_council(commitment, own) == []


@pytest.mark.parametrize("act", ["settle", "pass_to", "correct_council"])
def test_an_act_that_breaks_off_leaves_nothing_in_the_ledger(commitment, told, other, monkeypatch, act):
    told.deliver(10, stage=Stage.CONFIRMED)
    before, written = list(LedgerEntry.objects.values_list()), []
    original = type(LedgerEntry.objects.all()).bulk_create

    def break_off(rows, entries, *args, **kwargs):
        original(rows, entries, *args, **kwargs)
        written.append(entries)
        if len(written) == (1 if act == "settle" else 2):
            raise DatabaseError("The disk is full")

    monkeypatch.setattr(type(LedgerEntry.objects.all()), "bulk_create", break_off)
    words = Act(Source.COUNCIL, "Passed", by_words="A test")
    told.deliveries.clear()
    work = {
        "settle": lambda: told.settle(promise=Decimal(5)),
        "pass_to": lambda: ledger.pass_to(commitment, other, words),
        "correct_council": lambda: ledger.correct_council(commitment, other, words),
    }
    with pytest.raises(DatabaseError):
        work[act]()
    assert list(LedgerEntry.objects.values_list()) == before
    assert has(commitment, promised=100, claimed=10, confirmed=10)
