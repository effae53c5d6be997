"""Run as a program: 200 mixed acts in 20 threads on the same requests and commitments; prints what came of them.

python -m tests.journeys.mixed_acts ACTS
"""

import json
import random
import sys
import threading
from decimal import Decimal

import django

django.setup()

from django.core.exceptions import PermissionDenied, ValidationError  # noqa: E402 - after setup
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from organisations.models import User  # noqa: E402
from records import transactions  # noqa: E402
from requests_app import conversions, deliveries, moderation, pledges, totals  # noqa: E402
from requests_app.models import Delivery, Pledge, Request  # noqa: E402
from suppliers import commitments, ledger  # noqa: E402
from suppliers.models import Commitment, Contract  # noqa: E402
from tests.journeys.race import make, make_request  # noqa: E402

THREADS = 20


class Acts:
    def __init__(self):
        self.user = User.objects.create_user("race@example.org", name="Race")
        self.judge = User.objects.create_user("judge@example.org", name="Judge")
        self.group = make("Group", "vcse", self.user)
        self.firms = [make(f"Firm {number}", "business", self.user) for number in range(6)]
        self.requests = [make_request(self.group, 400) for _ in range(3)]
        self.days = make_request(self.group, 400)
        Request.objects.filter(pk=self.days.pk).update(unit="days")
        self.commitments = {}
        for firm in self.firms:
            contract = Contract.objects.create(reference=f"C-{firm.pk}", title="Race", supplier=firm)
            promises = [Commitment(contract=contract, wording=words, unit="hours") for words in ("One", "Two")]
            self.commitments[firm.pk] = [commitments.make(one, Decimal(300), by=self.judge) for one in promises]

    def some(self, model, dice, **fields):
        rows = list(model.objects.filter(**fields).order_by("pk")[:30])
        if not rows:
            raise ValidationError("nothing to act on yet")
        return dice.choice(rows)

    def offer(self, dice):
        firm = dice.choice(self.firms)
        wanted = Request.objects.for_page().get(pk=dice.choice([*self.requests, self.days]).pk)
        commitment = dice.choice([*self.commitments[firm.pk], None])
        pledges.offer(wanted, firm, Decimal(5), by=self.user, commitment=commitment, counts=Decimal(7))

    def accept(self, dice):
        pledges.accept(self.some(Pledge, dice, state="offered"), by=self.user)

    def decline(self, dice):
        pledges.decline(self.some(Pledge, dice, state="offered"), "No", by=self.user)

    def take_back(self, dice):
        pledges.withdraw(self.some(Pledge, dice, state="offered"), "No", by=self.user)

    def finish(self, dice):
        pledges.finish(self.some(Pledge, dice, state="accepted"), by=self.user)

    def claim(self, dice):
        pledge = self.some(Pledge, dice, state="accepted", request__unit="hours", commitment__isnull=False)
        pair = self.commitments[pledge.supplier_id]
        crosswise = [(pair[0], Decimal(40)), (pair[1], Decimal(60))]
        shares = dice.choice([None, crosswise, crosswise[::-1]])
        quantity = Decimal(dice.randrange(1, 400)) / 100
        deliveries.claim(pledge, quantity, timezone.localdate(), by=self.user, shares=shares)

    def confirm(self, dice):
        deliveries.confirm(self.some(Delivery, dice, state="claimed"), by=self.user)

    def dispute(self, dice):
        deliveries.dispute(self.some(Delivery, dice, state="claimed"), "No", by=self.user)

    def amend(self, dice):
        deliveries.amend(self.some(Delivery, dice, state="disputed"), Decimal(2), "Less", by=self.user)

    def verify(self, dice):
        deliveries.verify(self.some(Delivery, dice, state="confirmed"), by=self.judge)

    def agree(self, dice):
        pledge = self.some(Pledge, dice, request=self.days, commitment__isnull=False)
        conversions.agree(pledge, Decimal(dice.randrange(1, 20)), by=self.judge, reason="So")

    def close(self, dice):
        """By the page, as its button is the one that used to answer with an error."""
        request = dice.choice(self.requests)
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(self.user)
        answer = client.post(f"/requests/{request.pk}/close/", {"reason": "Enough"})
        assert answer.status_code == 302, answer.status_code
        moderation.reopen(request, by=self.user)

    def vary(self, dice):
        firm = dice.choice(self.firms)
        commitment = Commitment.objects.with_balance().get(pk=self.commitments[firm.pk][0].pk)
        commitments.vary(commitment, Decimal(dice.randrange(250, 350)), by=self.judge, reason="Varied")


OFTEN = "offer offer offer accept accept claim claim claim confirm confirm dispute amend verify agree".split()
SELDOM = "decline take_back finish close vary".split()


def count_second_tries():
    """A list that grows by each error that a verb was run once more for: the order of locks leaves none."""
    met, was_in_the_way = [], transactions.was_in_the_way

    def counted(error):
        if was_in_the_way(error):
            met.append(str(error))
        return was_in_the_way(error)

    transactions.was_in_the_way = counted
    return met


def main(number_of_acts):
    second_tries = count_second_tries()
    acts, outcomes, lock, gate = Acts(), {}, threading.Lock(), threading.Barrier(THREADS)

    def work(number):
        dice = random.Random(number)
        gate.wait()
        for _ in range(number_of_acts // THREADS):
            name = dice.choice(OFTEN + SELDOM)
            try:
                getattr(acts, name)(dice)
                outcome = "done"
            except (ValidationError, PermissionDenied, ledger.LedgerRefused):
                outcome = "refused"
            except Exception as error:  # what a person would see as an error page
                outcome = f"{name}: {type(error).__name__}: {error}"
            with lock:
                outcomes[outcome] = outcomes.get(outcome, 0) + 1
        connections.close_all()

    threads = [threading.Thread(target=work, args=[number]) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    differences = len(ledger.differences()) + len(totals.differences())
    print(json.dumps({"outcomes": outcomes, "differences": differences, "second_tries": second_tries}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
