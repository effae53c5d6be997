"""The rules of the ledger and of requests as a second, plain model: facts in dictionaries, figures from them.

Nothing of the product's own sums is used here. Amounts are Fractions; `figures` is what every total must come to.
"""

from dataclasses import dataclass, field
from fractions import Fraction

WHOLE = ("items",)
ACCOUNTS = ("promised", "reserved", "to_agree", "claimed", "confirmed", "verified", "beyond", "withdrawn")


def half_up(amount, unit):
    places = 1 if unit in WHOLE else 100
    return Fraction((amount * places + Fraction(1, 2)).__floor__(), places)


@dataclass
class Pledge:
    request: int
    commitment: int | None
    quantity: Fraction
    counts: Fraction
    agreed: bool
    state: str = "offered"


@dataclass
class Delivery:
    pledge: int
    day: object
    claimed: Fraction
    confirmed: Fraction | None = None
    verified: Fraction | None = None
    taken_back: bool = False
    shares: list = field(default_factory=list)  # [(commitment, per cent)] in the order in which they were named

    @property
    def stands_at(self):
        if self.taken_back:
            return Fraction(0)
        return next(figure for figure in (self.verified, self.confirmed, self.claimed) if figure is not None)

    @property
    def stage(self):
        return 0 if self.confirmed is None else 1 if self.verified is None else 2


@dataclass
class Model:
    """`units` of commitments ("c") and requests ("r") by number."""

    units: dict
    promised: dict
    asked: dict
    withdrawn: set = field(default_factory=set)
    pledges: dict = field(default_factory=dict)
    deliveries: dict = field(default_factory=dict)
    returns: dict = field(default_factory=dict)  # {number: (commitment, amount, stage)} without a pledge
    recorded: dict = field(default_factory=dict)  # {commitment: [claimed, confirmed, verified]} by another system
    councils: dict = field(default_factory=dict)  # {commitment: council} that its contract belongs to

    def of_pledge(self, number):
        found = [(d.day, n, d) for n, d in self.deliveries.items() if d.pledge == number and not d.taken_back]
        return [delivery for _, _, delivery in sorted(found, key=lambda row: row[:2])]

    def arrived(self, number):
        return sum((d.stands_at for d in self.of_pledge(number) if d.confirmed is not None), Fraction(0))

    def part(self, delivery, unit, number):
        """What of a delivery, in the request's unit, is a commitment's: the last share of a whole takes the rest."""
        rest, found = delivery.stands_at, Fraction(0)
        for place, (commitment, per_cent) in enumerate(delivery.shares, start=1):
            takes_rest = place == len(delivery.shares) and sum(share for _, share in delivery.shares) == 100
            part = rest if takes_rest else min(half_up(delivery.stands_at * per_cent / 100, unit), rest)
            rest -= part
            found += part if commitment == number else 0
        return found

    def commitment(self, number):
        """{account: amount} of a commitment, in the closed form of rules 2 and 20."""
        reserved = to_agree = Fraction(0)
        reached = [Fraction(0)] * 3
        for key, pledge in self.pledges.items():
            if pledge.state not in ("offered", "accepted", "completed"):
                continue
            is_own, owed, unit = (
                pledge.commitment == number,
                pledge.state != "completed",
                self.units["r", pledge.request],
            )
            parts = [(d, self.part(d, unit, number)) for d in self.of_pledge(key)]
            rate = pledge.counts / pledge.quantity if is_own else Fraction(1)
            if is_own and not pledge.agreed:
                total = sum((part for _, part in parts), Fraction(0))
                to_agree += pledge.counts if owed else half_up(total * rate, self.units["c", number])
                continue
            total = counted = Fraction(0)
            for delivery, part in parts:
                total += part
                now = half_up(total * rate, self.units["c", number])
                for stage in range(delivery.stage + 1):
                    reached[stage] += now - counted
                counted = now
            reserved += max(pledge.counts - counted, 0) if is_own and owed else 0
        for commitment, amount, proved in self.returns.values():
            for stage in range(proved + 1) if commitment == number else ():
                reached[stage] += amount
        room = self.promised[number] - reserved - to_agree
        claimed, confirmed, verified = (min(room, amount) for amount in reached)
        told = self.recorded.get(number, [Fraction(0)] * 3)
        first = min(told[0], room - claimed)
        second = min(told[1], first)
        claimed, confirmed, verified = claimed + first, confirmed + second, verified + min(told[2], second)
        return {
            "promised": self.promised[number], "reserved": reserved, "to_agree": to_agree, "claimed": claimed,
            "confirmed": confirmed, "verified": verified, "beyond": reached[0] + told[0] - claimed,
            "withdrawn": room - claimed if number in self.withdrawn else 0,
        }  # fmt: skip

    def of_council(self, council, unit):
        """{account: amount} over the commitments in one unit whose contracts are a council's now."""
        rows = [
            self.commitment(n) for n, whose in self.councils.items() if (whose, self.units["c", n]) == (council, unit)
        ]
        return {name: sum((row[name] for row in rows), Fraction(0)) for name in ACCOUNTS}

    def request(self, number):
        """{figure: amount} of a request."""
        own = {key: pledge for key, pledge in self.pledges.items() if pledge.request == number}
        accepted = Fraction(0)
        for key, pledge in own.items():
            if pledge.state == "accepted":
                accepted += pledge.quantity
            elif pledge.state == "completed":
                accepted += min(pledge.quantity, self.arrived(key))
        deliveries = [delivery for key in own for delivery in self.of_pledge(key)]
        return {
            "quantity": self.asked[number],
            "asked": max(self.asked[number], accepted),
            "pledged": sum((pledge.quantity for pledge in own.values() if pledge.state == "offered"), Fraction(0)),
            "accepted": accepted,
            "claimed": sum((d.stands_at for d in deliveries), Fraction(0)),
            "confirmed": sum((d.stands_at for d in deliveries if d.confirmed is not None), Fraction(0)),
            "verified": sum((d.verified for d in deliveries if d.verified is not None), Fraction(0)),
        }
