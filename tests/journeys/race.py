"""Run as a program: many suppliers act in the same instant; prints what came of it as JSON.

python -m tests.journeys.race WRITERS
"""

import json
import sys
import threading
from datetime import timedelta
from decimal import Decimal

import django

django.setup()

from django.core.exceptions import ValidationError  # noqa: E402 - after setup
from django.db import connection, connections  # noqa: E402
from django.utils import timezone  # noqa: E402

from organisations.models import Membership, Organisation, User  # noqa: E402
from places.models import Outcode  # noqa: E402
from requests_app import deliveries, pledges, totals  # noqa: E402
from requests_app.models import Pledge, Request, RequestTotals  # noqa: E402
from suppliers import commitments, ledger  # noqa: E402
from suppliers.models import Commitment, CommitmentBalance, Contract, LedgerEntry  # noqa: E402

# PostgreSQL takes 100 connections as it comes; a site has no more threads than that.
CONNECTIONS = 40  # of the hundred that PostgreSQL gives by default: the test of mixed acts may run beside it


def make(name, kind, user):
    organisation = Organisation.objects.create(
        name=name,
        kind=kind,
        state="approved",
        decided_at=timezone.now(),
        decided_by=user,
        outcode=Outcode.objects.first(),
    )
    Membership.objects.create(organisation=organisation, user=user, role="owner", admitted_at=timezone.now())
    return organisation


def make_request(group, quantity):
    request = Request.objects.create(
        organisation=group,
        title="The last ten hours",
        kind="volunteers",
        quantity=Decimal(quantity),
        unit="hours",
        live=True,
        remote=True,
        needed_by=timezone.localdate() + timedelta(days=30),
    )
    totals.place(request)
    return request


def together(jobs):
    """Run each job in a thread of its own, all let go at once over so many connections; returns {outcome: count}."""
    outcomes, gate, lock = {}, threading.Barrier(len(jobs)), threading.Lock()
    slots = threading.BoundedSemaphore(CONNECTIONS)

    def run(job):
        gate.wait()
        try:
            with slots:
                try:
                    job()
                finally:
                    connections.close_all()
            outcome = "done"
        except ValidationError:
            outcome = "refused"
        except Exception as error:  # what a person would see as an error page
            outcome = f"{type(error).__name__}: {error}"
        with lock:
            outcomes[outcome] = outcomes.get(outcome, 0) + 1

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def race(writers):
    user = User.objects.create_user("race@example.org", name="Race")
    group = make("Group", "vcse", user)
    busy = make("Busy Ltd", "business", user)
    contract = Contract.objects.create(reference="RACE-1", title="Race", supplier=busy)
    commitment = commitments.make(
        Commitment(contract=contract, wording="Ten hours", unit="hours"), Decimal(10), by=None, by_words="A race"
    )

    # The last ten hours of one commitment, pledged towards as many requests as there are writers
    requests = [make_request(group, 5) for _ in range(writers)]
    offers = [
        lambda r=r: pledges.offer(
            Request.objects.for_page().get(pk=r.pk), busy, Decimal(1), by=user, commitment=commitment
        )
        for r in requests
    ]
    offered = together(offers)

    # The last ten hours of one request, accepted from as many suppliers as there are writers
    wanted = make_request(group, 10)
    waiting = []
    for number in range(writers):
        supplier = make(f"Supplier {number}", "business", user)
        waiting.append(pledges.offer(Request.objects.for_page().get(pk=wanted.pk), supplier, Decimal(1), by=user))
    accepted = together([lambda p=p: pledges.accept(Pledge.objects.get(pk=p.pk), by=user) for p in waiting])

    # The same delivery confirmed by everybody at once
    pledge = Pledge.objects.filter(request=wanted, state="accepted").first()
    delivery = deliveries.claim(pledge, Decimal(1), timezone.localdate(), by=user)
    confirmed = together(
        [
            lambda: deliveries.confirm(type(delivery).objects.get(pk=delivery.pk), by=user)
            for _ in range(min(writers, 20))
        ]
    )
    # Each supplier takes its pledge back in the very moment in which the group accepts it
    torn = make_request(group, writers)
    waiting = []
    for number in range(min(writers, 30)):
        supplier = Organisation.objects.get(name=f"Supplier {number}")
        waiting.append(pledges.offer(Request.objects.for_page().get(pk=torn.pk), supplier, Decimal(1), by=user))
    jobs = [lambda p=p: pledges.accept(Pledge.objects.get(pk=p.pk), by=user) for p in waiting]
    jobs += [lambda p=p: pledges.withdraw(Pledge.objects.get(pk=p.pk), "Sorry", by=user) for p in waiting]
    together(jobs)
    left_over = RequestTotals.objects.get(request=torn)
    balance, row = (
        CommitmentBalance.objects.get(commitment=commitment),
        RequestTotals.objects.get(request=wanted),
    )
    return {
        "database": connection.vendor,
        "offered": offered,
        "accepted": accepted,
        "confirmed": confirmed,
        "reserved": str(balance.reserved),
        "reserved_entries": LedgerEntry.objects.filter(commitment=commitment, account="reserved").count(),
        "offered_pledges": Pledge.objects.filter(commitment=commitment).count(),
        "torn": [
            str(left_over.pledged),
            str(left_over.accepted),
            Pledge.objects.filter(request=torn, state="accepted").count(),
        ],
        "row": [str(row.accepted), str(row.pledged), str(row.confirmed), row.listed],
        "differences": len(ledger.differences()) + len(totals.differences()),
    }


if __name__ == "__main__":
    print(json.dumps(race(int(sys.argv[1]))))
