"""What a commitment's accounts stand at, from the facts alone: whatever the order in which those came (rule 2).

Amounts are Decimals in the commitment's own unit. Nothing here reads or writes the database.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import IntEnum

from vocabulary.quantities import ZERO

from .models import LedgerEntry

Account = LedgerEntry.Account
ConfirmedBy = LedgerEntry.ConfirmedBy


class Stage(IntEnum):
    """How far a delivery is proved."""

    CLAIMED = 0
    CONFIRMED = 1
    VERIFIED = 2


@dataclass(frozen=True)
class Key:
    """Whose standing it is: that of a pledge, of a delivery (under a pledge or none), of a line of a return, or of an
    event that another system recorded.
    """

    pledge: int | None = None
    delivery: int | None = None
    return_line: int | None = None
    event: int | None = None


NOTHING = Key()


@dataclass(frozen=True)
class Held:
    """A pledge that still owes something: `counts` is what it counts for in all, agreed by the contract manager or not.

    `is_owed`: whether what is not delivered is still held for it.
    """

    pledge: int
    counts: Decimal
    day: date  # of the offer
    is_agreed: bool = True
    is_owed: bool = True


@dataclass(frozen=True)
class Delivered:
    """What one delivery, or one line of a return, counts for, whether or not the promise reaches that far."""

    amount: Decimal
    day: date  # on which it happened
    pledge: int | None = None
    delivery: int | None = None
    return_line: int | None = None
    stage: Stage = Stage.CLAIMED
    confirmed_by: str = ConfirmedBy.NOBODY

    @property
    def key(self):
        return Key(self.pledge, self.delivery, self.return_line)


@dataclass(frozen=True)
class Recorded:
    """What another system recorded: so much of one account, corrections taken in, on the day of the event itself."""

    event: int
    account: str
    amount: Decimal
    day: date

    @property
    def key(self):
        return Key(event=self.event)

    @property
    def confirmed_by(self):
        return ConfirmedBy.NOBODY if self.account == Account.CLAIMED else ConfirmedBy.MANAGER


@dataclass
class Facts:
    """All that stands against one commitment."""

    held: list = field(default_factory=list)
    delivered: list = field(default_factory=list)
    recorded: list = field(default_factory=list)


def holds(facts):
    """{pledge: (account, amount)}: what each pledge's own deliveries leave of what it counts for.

    While nobody agreed what it counts for it stands apart, as to be agreed.
    """
    arrived = {}
    for delivery in facts.delivered:
        arrived[delivery.pledge] = arrived.get(delivery.pledge, ZERO) + delivery.amount
    found = {}
    for pledge in facts.held:
        rest = max(pledge.counts - arrived.get(pledge.pledge, ZERO), ZERO) if pledge.is_owed else ZERO
        found[pledge.pledge] = (Account.RESERVED if pledge.is_agreed else Account.TO_AGREE, rest)
    return found


def settled(promised, facts, *, is_withdrawn):
    """{Key: {account: amount}} of everything but the promise itself.

    What is held comes first. What was delivered counts as far as the rest of the promise reaches, the best proved first
    and the oldest first among those, and what another system recorded last; a surplus is beyond the contract. What of a
    withdrawn commitment is neither held nor delivered is withdrawn, under NOTHING.
    """
    held = holds(facts)
    found = {Key(pledge): {account: amount} for pledge, (account, amount) in held.items() if amount}
    room = promised - sum(amount for _, amount in held.values())
    for delivery in sorted(facts.delivered, key=_best_proved_first):
        counted = max(min(delivery.amount, room), ZERO)
        room -= counted
        found[delivery.key] = {
            Account.CLAIMED: counted,
            Account.CONFIRMED: counted if delivery.stage >= Stage.CONFIRMED else ZERO,
            Account.VERIFIED: counted if delivery.stage >= Stage.VERIFIED else ZERO,
            Account.BEYOND: delivery.amount - counted,
        }
    room -= _count_recorded(facts.recorded, room, found)
    if is_withdrawn:
        found[NOTHING] = {Account.WITHDRAWN: room}
    return found


def _count_recorded(recorded, room, found):
    """Put the standing of recorded events into `found`; how much of the room they take.

    Confirmed counts as far as what was claimed does, and verified as far as what was confirmed does.
    """
    limit, taken = room, ZERO
    for account in (Account.CLAIMED, Account.CONFIRMED, Account.VERIFIED):
        rest = limit
        for event in sorted(recorded, key=lambda event: (event.day, event.event)):
            if event.account == account:
                counted = max(min(event.amount, rest), ZERO)
                rest -= counted
                found[event.key] = {account: counted}
                if account == Account.CLAIMED:
                    found[event.key][Account.BEYOND] = event.amount - counted
        limit -= rest
        taken = taken or limit
    return taken


def _best_proved_first(delivery):
    return -delivery.stage, delivery.day, delivery.delivery or 0, delivery.return_line or 0


def room_for(pledge, promised, facts):
    """How much a pledge may hold without pushing out what others hold or what was delivered."""
    held = sum(amount for other, (_, amount) in holds(facts).items() if other != pledge)
    delivered = sum(delivery.amount for delivery in facts.delivered)
    delivered += sum(event.amount for event in facts.recorded if event.account == Account.CLAIMED)
    return max(promised - held - delivered, ZERO)
