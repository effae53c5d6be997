"""Run as a program: one step of tests.benchmarks.ledger; its last line is JSON with seconds (p50), p95 and MB."""

import json
import random
import resource
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from time import perf_counter

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import marketplace.wsgi  # noqa: F401 - set up as the server is
from marketplace.roles import apply_roles
from organisations import limits
from organisations.models import Membership, Organisation, User
from places import councils
from records import figures
from requests_app import pledges, totals
from requests_app.models import Request
from suppliers import commitments, ledger, sums
from suppliers.models import (
    Commitment,
    CommitmentBalance,
    Contract,
    DeliveryPlan,
    DeliveryTarget,
    LedgerEntry,
)

COMMITMENTS, ENTRIES, TIMES = 10, 20, 40
UNITS = ("hours", "days", "weeks", "items", "pounds")


def approved(kind, name, by):
    return Organisation.objects.create(
        kind=kind, name=name, state="approved", state_reason="Known", decided_at=timezone.now(), decided_by=by
    )


def fill(size):
    """Contracts with commitments and entries that add up, written as the ledger would have written them."""
    own, today, now = councils.home(), date(2026, 6, 30), timezone.now()
    supplier = approved("business", "Large Ltd", User.objects.create(email="mo@bench.example", name="Mo"))
    for first in range(0, size, 500):
        made = Contract.objects.bulk_create(
            Contract(
                reference=f"L-{n}", reference_key=f"l-{n}", title=f"Works {n}", supplier=supplier, council=own,
                start=date(2024, 4, 1), end=date(2028, 3, 31), directorate=f"Directorate {n % 8}", value_gbp=n * 1000,
            )
            for n in range(first, min(first + 500, size))
        )  # fmt: skip
        promised = Commitment.objects.bulk_create(
            Commitment(contract=contract, wording=f"Help {n}", unit=UNITS[n % 5], kind="volunteers")
            for contract in made
            for n in range(COMMITMENTS)
        )
        CommitmentBalance.objects.bulk_create(
            CommitmentBalance(commitment=row, promised=100, claimed=18, confirmed=1) for row in promised
        )
        plans = DeliveryPlan.objects.bulk_create(
            DeliveryPlan(
                commitment=row, version=1, starts_on=date(2024, 4, 1), agreed_on=date(2024, 3, 1), reason="Agreed",
                by_words="A benchmark", at=now,
            )
            for row in promised
        )  # fmt: skip
        DeliveryTarget.objects.bulk_create(
            DeliveryTarget(plan=plan, due_on=date(2025 + year, 3, 31), quantity_in_all=25 * (year + 1))
            for plan in plans
            for year in range(4)
        )
        entries = []
        for row in promised:
            shared = {"commitment_id": row.pk, "council": own, "at": now, "reason": "Filled", "by_words": "A benchmark"}
            entries.append(LedgerEntry(account="promised", amount=100, happened_on=today, source="contract", **shared))
            for number in range(ENTRIES - 1):
                account = "confirmed" if number == 0 else "claimed"
                entries.append(
                    LedgerEntry(
                        account=account, amount=1, happened_on=today - timedelta(days=number * 40), source="delivery",
                        confirmed_by="group" if number == 0 else "", return_line_number=number + 1, **shared,
                    )
                )  # fmt: skip
        LedgerEntry.objects.bulk_create(entries, batch_size=5000)
    apply_roles()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {"entries": LedgerEntry.objects.count()}


def timed(work, times=TIMES):
    taken = []
    for number in range(times):
        started = perf_counter()
        work(number)
        taken.append(perf_counter() - started)
    taken.sort()
    return {"seconds": taken[len(taken) // 2], "p95": round(taken[int(len(taken) * 0.95)], 4)}


def contract_rows(size):
    numbers = list(Contract.objects.values_list("pk", flat=True))
    dice = random.Random(1)
    chosen = [dice.choice(numbers) for _ in range(TIMES)]

    def read(number):
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM suppliers_contract WHERE id = %s", [chosen[number]])
            cursor.fetchall()
            cursor.execute(
                "SELECT c.*, b.* FROM suppliers_commitment c JOIN suppliers_commitmentbalance b "
                "ON b.commitment_id = c.id WHERE c.contract_id = %s",
                [chosen[number]],
            )
            cursor.fetchall()

    return timed(read)


def contract_page(size):
    user = User.objects.create(email="bench@example.org", name="Bench", is_superuser=True)
    client, numbers = Client(), list(Contract.objects.values_list("pk", flat=True))
    settings.ALLOWED_HOSTS = ["*"]
    client.force_login(user)
    dice = random.Random(1)
    addresses = [reverse("contract", args=[dice.choice(numbers)]) for _ in range(TIMES)]
    assert client.get(addresses[0]).status_code == 200  # templates are compiled once a process
    return timed(lambda number: client.get(addresses[number]))


def plain_sums(size):
    def read(number):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT c.unit, COUNT(*), SUM(b.promised), SUM(b.reserved), SUM(b.claimed), SUM(b.confirmed), "
                "SUM(b.verified), SUM(b.beyond) FROM suppliers_commitmentbalance b "
                "JOIN suppliers_commitment c ON c.id = b.commitment_id GROUP BY c.unit"
            )
            cursor.fetchall()

    return timed(read)


def council_sums(size):
    return timed(lambda number: sums.by_unit())


QUARTER = {"since": date(2026, 4, 1), "until": date(2026, 6, 30)}


def plain_quarter(size):
    def read(number):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT SUM(e.amount) FROM suppliers_ledgerentry e JOIN suppliers_commitment c "
                "ON c.id = e.commitment_id WHERE e.account = 'claimed' AND c.unit = 'hours' "
                "AND e.happened_on BETWEEN %s AND %s",
                [QUARTER["since"], QUARTER["until"]],
            )
            cursor.fetchall()

    return timed(read, 15)


def quarter(size):
    return timed(lambda number: figures.value("claimed", unit="hours", **QUARTER), 15)


def opened(size):
    client, address = Client(), reverse("figure", args=["claimed"]) + "?unit=hours"
    settings.ALLOWED_HOSTS = ["*"]
    client.get(address)
    return timed(lambda number: client.get(address), 15)


def plain_greatest(size):
    """Contracts by what they hold of each unit, their totals and plans, as the driver gives them."""

    def read(number):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT c.contract_id, c.unit, SUM(b.promised) FROM suppliers_commitment c "
                "JOIN suppliers_commitmentbalance b ON b.commitment_id = c.id WHERE c.withdrawn_at IS NULL "
                "AND EXISTS (SELECT 1 FROM suppliers_deliveryplan p WHERE p.commitment_id = c.id) GROUP BY 1, 2"
            )
            shown = sorted({row[0] for row in cursor.fetchall()})[:75]
            marks = ", ".join(["%s"] * len(shown))
            cursor.execute(
                "SELECT c.*, k.*, b.*, t.due_on, t.quantity_in_all FROM suppliers_commitment c "
                "JOIN suppliers_contract k ON k.id = c.contract_id "
                "JOIN suppliers_commitmentbalance b ON b.commitment_id = c.id "
                "JOIN suppliers_deliveryplan p ON p.commitment_id = c.id "
                f"JOIN suppliers_deliverytarget t ON t.plan_id = p.id WHERE c.contract_id IN ({marks})",
                shown,
            )
            cursor.fetchall()

    return timed(read, 15)


def greatest_page(size):
    user, _ = User.objects.get_or_create(email="top@example.org", defaults={"name": "Top", "is_superuser": True})
    client, address = Client(), reverse("greatest_contracts")
    settings.ALLOWED_HOSTS, settings.STAFF_TWO_STEP = ["*"], False
    client.force_login(user)
    assert client.get(address).status_code == 200
    return timed(lambda number: client.get(address))


def post_at_once(size):
    """200 suppliers' pledges of one hour each at one commitment of 150 hours: 150 are taken, and no more."""
    now = timezone.now()
    staff = User.objects.create(email="staff@bench.example", name="Staff")
    sam = User.objects.create(email="sam@bench.example", name="Sam")
    group, firm = approved("vcse", "Group", staff), approved("business", "Firm", staff)
    Membership.objects.create(organisation=firm, user=sam, admitted_at=now)
    contract = Contract.objects.create(reference="ONCE-1", title="Once", supplier=firm)
    commitment = commitments.make(Commitment(contract=contract, wording="Once", unit="hours"), Decimal(150), by=staff)
    requests = []
    for number in range(200):
        request = Request.objects.create(
            organisation=group, title=f"Need {number}", quantity=1, unit="hours", kind="volunteers", live=True,
            first_published_at=now, needed_by=date(2099, 1, 1), description="Help",
        )  # fmt: skip
        totals.place(request)
        requests.append(request.pk)

    def offer(number):
        try:
            request = Request.objects.for_page().get(pk=number)
            held = Commitment.objects.select_related("contract").get(pk=commitment.pk)
            pledges.offer(request, firm, Decimal(1), by=sam, commitment=held)
        except ValidationError:
            return 0
        except OperationalError:
            return -1
        finally:
            connections.close_all()
        return 1

    limits.MOST["offer"], settings.PLEDGES_UNANSWERED = (1000, ""), 1000
    started = perf_counter()
    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(offer, requests))
    seconds = perf_counter() - started
    reserved = int(CommitmentBalance.objects.get(commitment=commitment).reserved)
    assert reserved == done.count(1) <= 150
    assert not [row for row in ledger.differences() if row[0] == commitment.pk]
    return {"seconds": seconds, "taken": reserved, "refused": done.count(0), "busy": done.count(-1)}


WORK = {
    "fill": fill,
    "floor: rows of a contract, plain SQL": contract_rows,
    "a contract's page": contract_page,
    "floor: the council's sums, plain SQL": plain_sums,
    "the council's sums": council_sums,
    "floor: a quarter's sum, plain SQL": plain_quarter,
    "a quarter's sum": quarter,
    "a public figure opened": opened,
    "floor: the greatest 75, plain SQL": plain_greatest,
    "the page of the greatest 75": greatest_page,
    "200 postings at once to one commitment": post_at_once,
}


if __name__ == "__main__":
    found = WORK[sys.argv[1]](int(sys.argv[2]))
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"seconds": 0.0, **found, "mb": megabytes}))
