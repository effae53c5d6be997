"""Steps that change who is there: requests and organisations closed, two made one, contracts passed to councils."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from django.utils import timezone

from marketplace import succession
from organisations import approvals, merging
from places.models import Council
from records import figures
from requests_app import moderation
from requests_app.models import Pledge, Request, RequestTotals
from suppliers import contracts, recorded
from suppliers.models import Commitment, Contract, RecordedEvent
from tests.journeys import county_model


class Upheavals:
    """For the County: what ends or moves many things at once."""

    def reread(self):
        """Take over the states of pledges that something else ended."""
        for number, fact in self.model.pledges.items():
            fact.state = Pledge.objects.get(pk=number).state

    def recorded(self, a, b, amount, screen):
        """Another system's history comes in: a claim, half of it confirmed, some verified, or one of them corrected."""
        number = self.pick(self.commitments, a)
        commitment = Commitment.objects.get(pk=number)
        told = self.model.recorded.setdefault(number, [Fraction(0)] * 3)
        day, kept = timezone.localdate() - timedelta(days=b), RecordedEvent.objects.filter(commitment=number)
        fields = {"commitment": commitment, "happened_on": day, "entered_on": day}
        reference, amount = f"E{RecordedEvent.objects.count()}", max(amount.quantize(Decimal(1)), Decimal(1))
        first = kept.filter(first=None, kind=("claimed", "confirmed", "verified")[b % 3]).first()
        if b % 2 and first:
            event = RecordedEvent(kind=first.kind, first=first, refers_to=first, quantity=amount, **fields)
        else:
            stage = min(b % 3, len({event.kind for event in kept}))
            before = kept.filter(kind=("", "claimed", "confirmed")[stage], first=None).first() if stage else None
            event = RecordedEvent(kind=("claimed", "confirmed", "verified")[stage], quantity=amount, **fields)
            event.refers_to = before
        event.reference = reference
        recorded.add([event], by=self.people["cara"])
        told[("claimed", "confirmed", "verified").index(event.kind)] += Fraction(amount)

    def close_request(self, a, b, amount, screen):
        request = Request.objects.get(pk=self.pick(self.requests, a))
        if RequestTotals.objects.get(request=request).is_closed:
            moderation.reopen(request, by=self.people["alice"])
        else:
            moderation.close(request, "Not now", by=self.people["alice"])
        self.reread()

    def close_organisation(self, a, b, amount, screen):
        """The partner, or once in a while the group, is closed by the council: that ends much, so it is rare."""
        if a % 3 == 0:
            approvals.close(self.group if b == a == 3 else self.other, "It is no more", by=self.people["mo"])
            self.reread()

    def merge(self, a, b, amount, screen):
        if a % 3 == 0:
            merging.merge(self.supplier, self.other, "One company number", by=self.people["mo"])

    def succession(self, a, b, amount, screen):
        """A contract passes to a council that takes over from the one that ended yesterday."""
        contract = Contract.objects.select_related("council").get(commitments=self.pick(self.commitments, a))
        others = Council.objects.exclude(pk=contract.council_id).exclude(name__startswith="Surrey").order_by("pk")
        to = self.pick(list(others), b)
        if contract.council.name.startswith("Surrey"):
            yesterday = timezone.localdate() - timedelta(days=1)
            Council.objects.filter(pk=contract.council_id).update(valid_to=yesterday)
            Contract.objects.filter(pk=contract.pk).update(passes_to=to)
            succession.succeed(timezone.localdate())
        else:
            contract.council = to
            contracts.save(contract, by=self.people["cara"])
        rows = Contract.objects.filter(commitments__in=self.commitments)
        self.model.councils = dict(rows.values_list("commitments", "council"))
        self.compare_councils("promised", "claimed")

    def compare_councils(self, *names):
        """The councils' figures (every one where none is named), and that they add up to the whole."""
        for unit in ("hours", "items"):
            for name in names or county_model.ACCOUNTS:
                total = Fraction(0)
                for council in {*Council.objects.values_list("pk", flat=True)}:
                    amount = Fraction(figures.value(name, unit=unit, council=council))
                    assert amount == self.model.of_council(council, unit)[name], (name, council)
                    total += amount
                assert total == Fraction(figures.value(name, unit=unit)), name
