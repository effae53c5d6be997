"""Facts that a test tells the ledger, in place of the rooms above, and what a commitment stands at."""

from datetime import date
from decimal import Decimal

from suppliers import ledger
from suppliers.accounts import Delivered, Facts, Held, Stage
from suppliers.ledger import Act, LedgerRefused, Source
from suppliers.models import CommitmentBalance, LedgerEntry

TODAY = date(2026, 11, 20)


class Told:
    """Facts that a test tells the ledger, in place of the rooms above."""

    def __init__(self, commitment):
        self.commitment, self.pledges, self.deliveries = commitment, {}, {}

    def facts(self, numbers):
        held, delivered = list(self.pledges.values()), list(self.deliveries.values())
        return {number: Facts(held, delivered) for number in numbers if number == self.commitment.pk}

    def settle(self, act="A test", **more):
        ledger.settle(self.commitment, Act(Source.DELIVERY, act, by_words="A test"), **more)

    def hold(self, counts, pledge=1, **more):
        self.pledges[pledge] = Held(pledge, Decimal(counts), TODAY, **more)
        try:
            self.settle(taking=pledge)
        except LedgerRefused:
            del self.pledges[pledge]
            raise

    def deliver(self, amount, delivery=1, pledge=1, stage=Stage.CLAIMED, day=TODAY):
        by = "group" if stage else ""
        self.deliveries[delivery] = Delivered(Decimal(amount), day, pledge, delivery, stage=stage, confirmed_by=by)
        self.settle()

    def let_go(self, pledge=1):
        del self.pledges[pledge]
        self.settle()


def figures(commitment):
    balance = CommitmentBalance.objects.get(commitment=commitment)
    return {name: int(getattr(balance, name)) for name in LedgerEntry.Account.values} | {"left": int(balance.left)}


def has(commitment, **amounts):
    return {name: figures(commitment)[name] for name in amounts} == amounts
