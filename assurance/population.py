"""What a sample is drawn from: deliveries against commitments that stand confirmed, as known on a day.

One is what the ledger keeps under one number: a delivery, a line of a return, or an event of another system, against
one commitment.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Max, Sum

from suppliers.accounts import Account
from suppliers.models import LedgerEntry

NUMBERS = ("delivery_number", "return_line_number", "event_number")


@dataclass(frozen=True)
class Confirmed:
    """A delivery as it stood: `numbers` are the ledger's, 0 for the two that are not its own."""

    commitment: int
    unit: str
    numbers: tuple
    day: date
    amount: Decimal

    @property
    def place(self):
        """Where it stands in the order of the draw: by unit, commitment and day, then by number."""
        return self.unit, self.commitment, self.day, self.numbers


def confirmed(as_at, until, since=None):
    """[Confirmed] of what was delivered from `since` to `until` and stood confirmed, as known by the end of `as_at`."""
    rows = LedgerEntry.objects.filter(account=Account.CONFIRMED).in_period(since, until)
    rows = rows.in_period(until=as_at, written=True).exclude(**dict.fromkeys(NUMBERS))
    sums = rows.values_list("commitment", "commitment__unit", *NUMBERS).annotate(Max("happened_on"), Sum("amount"))
    found = [
        Confirmed(commitment, unit, tuple(number or 0 for number in numbers), day, amount)
        for commitment, unit, *numbers, day, amount in sums.order_by()
        if amount > 0
    ]
    return sorted(found, key=lambda one: one.place)
