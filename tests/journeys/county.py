"""A small county that is moved by steps, through the verbs or through the screens; each step is told to the model."""

import tempfile
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from io import StringIO

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from requests_app import conversions, deliveries, pledges
from requests_app.models import Delivery, Pledge, Request, RequestTotals
from returns import lines as returns
from returns.models import ReturnLine
from suppliers import commitments
from suppliers.ledger import LedgerRefused
from suppliers.models import Commitment, CommitmentBalance, Contract, ContractParty
from tests.conftest import make_commitment, make_organisation, make_request
from tests.journeys import county_model
from tests.journeys.county_plans import Planning
from tests.journeys.county_returns import Reporting
from tests.journeys.county_upheavals import Upheavals


class County(Upheavals, Reporting, Planning):
    """Three requests and three commitments, moved by steps; each step that was not refused is told to the model."""

    def __init__(self, group, supplier, people):
        self.group, self.supplier, self.people = group, supplier, people
        self.requests = [
            make_request(group, quantity, unit=unit).pk
            for quantity, unit in ((20, "hours"), (30, "hours"), (9, "days"))
        ]
        made = [make_commitment(supplier, amount, by=people["cara"], reference=f"M-{amount}") for amount in (20, 35)]
        made.append(make_commitment(supplier, 12, unit="items", by=people["cara"], reference="M-12"))
        self.commitments = [commitment.pk for commitment in made]
        for number in self.commitments:
            Commitment.objects.filter(pk=number).update(external_reference=f"M{number}")
        units = {("c", commitment.pk): commitment.unit for commitment in made}
        units |= {("r", number): Request.objects.get(pk=number).unit for number in self.requests}
        self.model = county_model.Model(
            units,
            {commitment.pk: Fraction(amount) for commitment, amount in zip(made, (20, 35, 12), strict=True)},
            {number: Fraction(amount) for number, amount in zip(self.requests, (20, 30, 9), strict=True)},
        )
        self.clients, self.lines_of = {}, {}
        self.other = make_organisation("Partner Ltd", "business", people["charlie"])
        for commitment in made[:2]:
            ContractParty.objects.create(
                contract=commitment.contract, organisation=self.other, name="Partner Ltd", role="consortium"
            )
        contracts_now = Contract.objects.filter(commitments__in=made)
        self.model.councils = dict(contracts_now.values_list("commitments", "council"))

    def client(self, who):
        if who not in self.clients:
            self.clients[who] = Client()
            self.clients[who].force_login(self.people[who])
        return self.clients[who]

    def pick(self, rows, number):
        return rows[number % len(rows)] if rows else None

    def pledge(self, number, *states):
        """One of the pledges in these states, else one in any."""
        rows = sorted(self.model.pledges)
        fitting = [key for key in rows if self.model.pledges[key].state in states]
        found = self.pick(fitting or rows, number)
        return found and Pledge.objects.with_both_sides().get(pk=found)

    def delivery(self, number, *states):
        """One of the deliveries in these states, else one in any."""
        rows = Delivery.objects.filter(pk__in=self.model.deliveries).order_by("pk")
        found = self.pick(list(rows.filter(state__in=states) or rows), number)
        return found and Delivery.objects.with_pledge().get(pk=found.pk)

    def acting(self, pledge):
        """Who acts for the supplier of a pledge."""
        return "charlie" if pledge.supplier_id == self.other.pk else "sam"

    def units_differ(self, fact):
        units = self.model.units
        return bool(fact.commitment) and units["c", fact.commitment] != units["r", fact.request]

    # Each step: (two numbers that choose, an amount, whether through the screen).

    def offer(self, a, b, amount, screen):
        request = Request.objects.for_page().get(pk=self.pick(self.requests, a))
        number = self.pick([*self.commitments, None], b)
        commitment = Commitment.objects.select_related("contract", "balance").get(pk=number) if number else None
        differs = commitment and commitment.unit != request.unit
        counts = (amount * 2).quantize(Decimal(1)) if differs else None
        before = set(Pledge.objects.values_list("pk", flat=True))
        supplier, who = ((self.supplier, "sam"), (self.other, "charlie"))[(a + b) % 4 == 3]
        if screen:
            address = reverse("pledge_new_as", args=[request.pk, supplier.pk])
            data = {"quantity": amount, "commitment": number or "", "counts": counts if differs else ""}
            self.client(who).post(address, data)
        else:
            pledges.offer(request, supplier, amount, by=self.people[who], commitment=commitment, counts=counts)
        for made in Pledge.objects.exclude(pk__in=before):
            assert made.commitment_id == number
            self.model.pledges[made.pk] = county_model.Pledge(
                request.pk, number, Fraction(amount), Fraction(counts if differs else amount), not differs
            )

    def answer(self, verb, to, who, a, screen, *words, **data):
        states = {"finish": ["accepted"], "withdraw": ["offered", "accepted"]}.get(verb, ["offered"])
        pledge = self.pledge(a, *states)
        if pledge is None:
            return
        who = self.acting(pledge) if who == "sam" else who
        if screen:
            self.client(who).post(reverse(f"pledge_{verb}", args=[pledge.pk]), data)
        else:
            getattr(pledges, verb)(pledge, *words, by=self.people[who])
        before, pledge = pledge.state, Pledge.objects.get(pk=pledge.pk)
        if not screen or pledge.state != before:
            assert pledge.state == to
        self.model.pledges[pledge.pk].state = pledge.state

    def accept(self, a, b, amount, screen):
        self.answer("accept", "accepted", "alice", a, screen, answer="")

    def decline(self, a, b, amount, screen):
        self.answer("decline", "declined", "alice", a, screen, "Not now", reason="Not now")

    def withdraw(self, a, b, amount, screen):
        self.answer("withdraw", "withdrawn", "sam", a, screen, "Ill", reason="Ill")

    def finish(self, a, b, amount, screen):
        self.answer("finish", "completed", "sam", a, screen)

    def claim(self, a, b, amount, screen):
        pledge = self.pledge(a, "accepted")
        if pledge is None:
            return
        day, before = timezone.localdate(), set(Delivery.objects.values_list("pk", flat=True))
        who, own = self.acting(pledge), pledge.commitment_id
        shares = [(own, 100)] if own else []
        partner = self.pick([n for n in self.commitments if n != own], b)
        if own and b % 3 == 2 and not screen:
            shares = [(own, (33, 50, 70)[a % 3]), (partner, (67, 50, 30)[a % 3])]
        if screen:
            data = {"quantity": amount, "note": "Done", "shared_with": ""}
            data |= {f"delivered_on_{name}": getattr(day, name) for name in ("day", "month", "year")}
            self.client(who).post(reverse("delivery_new", args=[pledge.pk]), data)
        else:
            rows = Commitment.objects.select_related("contract", "balance").in_bulk([n for n, _ in shares])
            told = [(rows[number], Decimal(per_cent)) for number, per_cent in shares]
            deliveries.claim(pledge, amount, day, by=self.people[who], shares=told)
        for made in Delivery.objects.exclude(pk__in=before):
            fact = county_model.Delivery(pledge.pk, day, Fraction(amount), shares=shares)
            self.model.deliveries[made.pk] = fact

    def seen(self, delivery):
        """Take over what a delivery says of itself; what follows from it is the model's own."""
        row, fact = Delivery.objects.get(pk=delivery.pk), self.model.deliveries[delivery.pk]
        fact.claimed = Fraction(row.claimed)
        fact.confirmed = None if row.confirmed is None else Fraction(row.confirmed)
        fact.verified = None if row.verified is None else Fraction(row.verified)
        fact.taken_back = row.state == "withdrawn"
        self.model.pledges[row.pledge_id].state = Pledge.objects.get(pk=row.pledge_id).state

    def on_delivery(self, a, states, act, screen=None):
        delivery = self.delivery(a, *states.split())
        if delivery is None:
            return
        try:
            if screen:
                who, name, data = screen
                self.client(who).post(reverse(name, args=[delivery.pk]), data)
            else:
                act(delivery)
        finally:
            self.seen(delivery)

    def confirm(self, a, b, amount, screen):
        data = {"answer": "other" if b % 2 else "yes", "quantity": amount, "reason": "Counted"}
        quantity, reason = (amount, "Counted") if b % 2 else (None, "")
        words = {"by": self.people["alice"], "quantity": quantity, "reason": reason}
        self.on_delivery(
            a, "claimed disputed", lambda delivery: deliveries.confirm(delivery, **words),
            ("alice", "delivery_confirm", data) if screen else None,
        )  # fmt: skip

    def dispute(self, a, b, amount, screen):
        self.on_delivery(a, "claimed", lambda delivery: deliveries.dispute(delivery, "No", by=self.people["alice"]))

    def amend(self, a, b, amount, screen):
        data = {"quantity": amount, "reason": "Counted"}
        self.on_delivery(
            a, "disputed", lambda delivery: deliveries.amend(delivery, amount, "Counted", by=self.people["sam"]),
            ("sam", "delivery_amend", data) if screen else None,
        )  # fmt: skip

    def take_back(self, a, b, amount, screen):
        self.on_delivery(
            a, "claimed disputed", lambda delivery: deliveries.withdraw(delivery, "Wrong", by=self.people["sam"])
        )

    def verify(self, a, b, amount, screen):
        who = ("cara", "pat")[b % 2]  # pat may not on the screen, and may by the verb
        data = {"verify": "", "quantity": amount, "reason": "Seen"}
        words = {"by": self.people[who], "quantity": amount, "reason": "Seen"}
        self.on_delivery(
            a, "confirmed queried", lambda delivery: deliveries.verify(delivery, **words),
            ("cara", "delivery_verify", data) if screen else None,
        )  # fmt: skip

    def agree(self, a, b, amount, screen):
        rows = [key for key, fact in self.model.pledges.items() if self.units_differ(fact)]
        number = self.pick(sorted(rows), a)
        if number is None:
            return
        pledge = Pledge.objects.with_both_sides().get(pk=number)
        counts, agreed_before = amount.quantize(Decimal(1)), pledge.counts_agreed_at
        if screen:
            address = reverse("count_agree", args=[pledge.pk])
            self.client("cara").post(address, {"agree": "", "counts": counts, "reason": "So"})
        else:
            conversions.agree(pledge, counts, by=self.people["cara"], reason="So")
        after, fact = Pledge.objects.get(pk=pledge.pk), self.model.pledges[pledge.pk]
        if after.counts_agreed_at != agreed_before:
            assert after.counts == counts
            fact.counts, fact.agreed = Fraction(counts), True
        for number, delivery in self.model.deliveries.items():
            if delivery.pledge == pledge.pk:
                self.seen(Delivery.objects.get(pk=number))

    def not_against(self, a, b, amount, screen):
        pledge = self.pledge(a)
        if pledge is None or not pledge.commitment_id:
            return
        number = pledge.commitment_id
        conversions.refuse(pledge, by=self.people["cara"], reason="Another kind of help")
        self.model.pledges[pledge.pk].commitment = None
        for fact in self.model.deliveries.values():
            if fact.pledge == pledge.pk:
                fact.shares = [share for share in fact.shares if share[0] != number]

    def vary(self, a, b, amount, screen):
        commitment = Commitment.objects.select_related("balance").get(pk=self.pick(self.commitments, a))
        commitments.vary(commitment, amount * 2, by=self.people["cara"], reason="Varied")
        self.model.promised[commitment.pk] = Fraction(amount * 2)

    def without_pledge(self, a, b, amount, screen):
        commitment = Commitment.objects.get(pk=self.pick(self.commitments, a))
        line = self.pick(list(ReturnLine.objects.standing().order_by("pk")), b)
        if line is not None and screen:
            made = returns.correct(line, amount, "Counted again", by=self.people["cara"])
        else:
            made = returns.record(commitment, amount, timezone.localdate(), "Seen", by=self.people["cara"])
        self.model.returns[made.number] = (made.commitment_id, Fraction(amount), 1)

    def import_again(self, a, b, amount, screen):
        commitment = Commitment.objects.get(pk=self.pick(self.commitments, a))
        row = f"M{commitment.pk},{commitment.wording},{amount * 2},{commitment.unit}"
        with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
            file.write(f"Commitment Reference,Wording,Quantity,Unit\n{row}\n")
            file.flush()
            try:
                call_command("import_commitments", file.name, "--json", stdout=StringIO())
            except SystemExit:
                return  # refused, with the reason on its row
        self.model.promised[commitment.pk] = Fraction(amount * 2)

    def give_up(self, a, b, amount, screen):
        commitment = Commitment.objects.get(pk=self.pick(self.commitments, a))
        verb = commitments.reinstate if commitment.withdrawn_at else commitments.withdraw
        verb(commitment, "Because", by=self.people["cara"])
        self.model.withdrawn ^= {commitment.pk}

    def edit(self, a, b, amount, screen):
        request = Request.objects.get(pk=self.pick(self.requests, a))
        request.quantity = amount
        request.save_revision(user=self.people["alice"]).publish()
        self.model.asked[request.pk] = Fraction(amount)

    def time_passes(self, a, b, amount, screen):
        self.traveller.shift(timedelta(days=1 + a))
        pledges.lapse_overdue()
        self.reread()

    def step(self, name, a, b, amount, screen):
        try:
            with transaction.atomic():
                getattr(self, name)(a, b, amount, screen)
        except (ValidationError, PermissionDenied, LedgerRefused):
            pass
        self.compare()

    def compare(self):
        self.compare_plans()
        for number in self.commitments:
            row = CommitmentBalance.objects.get(commitment=number)
            expected = self.model.commitment(number)
            assert {name: Fraction(getattr(row, name)) for name in expected} == expected, f"commitment {number}"
        for number in self.requests:
            row, expected = RequestTotals.objects.get(request=number), self.model.request(number)
            assert {name: Fraction(getattr(row, name)) for name in expected} == expected, f"request {number}"
            needs = max(expected["quantity"] - max(expected["accepted"], expected["confirmed"]), 0)
            assert row.still_needs == needs
            assert not (row.fulfilled and row.still_needs)
            assert row.listed == (row.is_open and needs > 0)
