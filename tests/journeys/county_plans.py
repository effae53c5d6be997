"""Steps of delivery plans: written anew, carried forward, one promise in another's place, contracts that run longer."""

from datetime import timedelta
from fractions import Fraction

from django.utils import timezone

from suppliers import adjusting, commitments, pace, plans
from suppliers.models import Commitment, CommitmentBalance, Contract

MOST_COMMITMENTS = 6


class Planning:
    """For the County: what was to be delivered by when; no step but `substitute` and `extend` moves a promise."""

    def planned(self, a):
        number = self.pick(self.commitments, a)
        return Commitment.objects.select_related("contract", "balance").get(pk=number)

    def plan(self, a, b, amount, screen):
        """A new version in equal parts over two years, by quarter or by year."""
        commitment, today = self.planned(a), timezone.localdate()
        rhythm = (plans.Rhythm.QUARTERLY, plans.Rhythm.YEARLY)[b % 2]
        days = plans.periods(today, today + timedelta(days=730), rhythm)
        parts = plans.equal_parts(commitment.balance.promised, commitment.unit, len(days))
        lines = [(day, sum(parts[: place + 1])) for place, day in enumerate(days)]
        commitments.plan(
            commitment, lines, by=self.people["cara"], reason="Planned", rhythm=rhythm, starts_on=today,
            milestones={days[0]: "Open"}, start_up_days=b * 30
        )  # fmt: skip

    def carry_forward(self, a, b, amount, screen):
        commitment = self.planned(a)
        days = [target.due_on for target in plans.targets(commitment)]
        if len(days) > 1:
            from_day, to_day = days[b % (len(days) - 1)], days[-1]
            adjusting.carry_forward(commitment, amount, from_day, to_day, by=self.people["cara"], reason="Later")

    def substitute(self, a, b, amount, screen):
        commitment = self.planned(a)
        if len(self.commitments) == MOST_COMMITMENTS:
            return
        new = Commitment(wording="Something else", unit=("hours", "items")[b % 2])
        made = adjusting.substitute(commitment, amount, new, amount + 1, by=self.people["cara"], reason="Asked for")
        Commitment.objects.filter(pk=made.pk).update(external_reference=f"M{made.pk}")
        self.commitments.append(made.pk)
        self.model.units["c", made.pk] = made.unit
        self.model.councils[made.pk] = commitment.contract.council_id
        self.model.promised[made.pk] = Fraction(amount + 1)
        self.model.promised[commitment.pk] -= Fraction(amount)

    def extend(self, a, b, amount, screen):
        commitment = self.planned(a)
        contract = commitment.contract
        if contract.end is None:
            Contract.objects.filter(pk=contract.pk).update(end=timezone.localdate() + timedelta(days=800))
            return
        more = {commitment.pk: amount} if b % 2 else {}
        adjusting.extend(
            contract, contract.end + timedelta(days=1 + 90 * a), more, by=self.people["cara"], reason="Option"
        )
        if more:
            self.model.promised[commitment.pk] += Fraction(amount)

    def compare_plans(self):
        """The last line of each plan is the promise, no line falls, and its milestone was never lost."""
        promised = dict(CommitmentBalance.objects.values_list("commitment", "promised"))
        for number, known in plans.in_force(self.commitments).items():
            in_all = [amount for _, amount in known.points]
            assert in_all[-1] == promised[number] and in_all == sorted(in_all), f"plan of commitment {number}"
            assert pace.expected(known, known.ends_on) == promised[number]
            assert plans.milestones([number], known.starts_on, known.ends_on), f"milestone of {number}"
