"""Run as a program: fill an empty database with N public requests and their pledges.

python -m tests.benchmarks.fill N
"""

import json
import random
import sys
from datetime import timedelta
from decimal import Decimal

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 - after setup
from django.utils import timezone  # noqa: E402

from guidance.models import Outcome, Role  # noqa: E402
from guidance.pages.types import GuidancePage, GuidanceSection  # noqa: E402
from marketplace.demo.words import NEEDS  # noqa: E402
from marketplace.models import HomePage  # noqa: E402
from organisations.models import Organisation, User  # noqa: E402
from places.models import Outcode  # noqa: E402
from requests_app import index  # noqa: E402
from requests_app.models import Pledge, Request, RequestTotals  # noqa: E402
from tests.benchmarks.words import BODY  # noqa: E402

BATCH = 2000
RARE = "zebra"


def organisations(user, kind, how_many):
    now = timezone.now()
    return Organisation.objects.bulk_create(
        Organisation(name=f"{kind} {n}", kind=kind, state="approved", decided_at=now, decided_by=user)
        for n in range(how_many)
    )


@transaction.atomic
def fill(how_many):
    dice = random.Random(how_many)
    now, today = timezone.now(), timezone.localdate()
    user = User.objects.create_user("bench@example.org", name="Bench")
    groups, suppliers = organisations(user, "vcse", 400), organisations(user, "business", 100)
    outcodes = list(Outcode.objects.select_related("district").filter(district__isnull=False))
    outcomes = list(Outcome.objects.all())
    for start in range(0, how_many, BATCH):
        requests = []
        for n in range(start, min(start + BATCH, how_many)):
            title, description, beneficiaries, kind, quantities, unit, words, _ = NEEDS[n % len(NEEDS)]
            place = dice.choice(outcodes)
            rare = f" {RARE}" if n % (how_many // 5) == 7 else ""
            requests.append(
                Request(
                    organisation=dice.choice(groups),
                    title=f"{title} {n}",
                    beneficiaries=beneficiaries,
                    kind=kind,
                    description=f"{description} We are grateful for every bit of help.{rare}",
                    unit=unit,
                    unit_words=words,
                    quantity=Decimal(dice.choice(quantities) + 1),
                    outcode=place,
                    district=place.district,
                    postcode=place.code,
                    outcome=dice.choice(outcomes),
                    live=True,
                    needed_by=today + timedelta(days=dice.randrange(5, 300)),
                    first_published_at=now,
                )
            )
        requests = Request.objects.bulk_create(requests)
        totals, pledges = [], []
        for n, request in enumerate(requests):
            pledged = Decimal(1) if n % 2 else Decimal(0)
            totals.append(
                RequestTotals(
                    request=request,
                    listed=True,
                    published_at=now - timedelta(minutes=how_many - start - n),
                    checked_at=now,
                    quantity=request.quantity,
                    asked=request.quantity,
                    pledged=pledged,
                    kind=request.kind,
                    district=request.district_id,
                    outcome=request.outcome_id,
                    needed_by=request.needed_by,
                    outcode=request.outcode_id,
                )
            )
            if pledged:
                pledges.append(
                    Pledge(
                        request=request,
                        supplier=dice.choice(suppliers),
                        quantity=1,
                        offered_by=user,
                        offered_at=now,
                        answer_due_at=now + timedelta(days=14),
                    )
                )
        RequestTotals.objects.bulk_create(totals)
        Pledge.objects.bulk_create(pledges)
        index.write_all(requests)


def guidance():
    """A section and one page of guidance, as the stock project's page is: a heading and three paragraphs."""
    role = Role.objects.create(title="Keeper", slug="keeper", responsibilities="Keeps it")
    section = GuidanceSection(title="Guidance", slug="guidance", owner_role=role)
    HomePage.objects.get().add_child(instance=section)
    page = GuidancePage(
        title="Advice", slug="advice", introduction="How to ask.", owner_role=role, body=json.dumps(BODY)
    )
    section.add_child(instance=page)
    page.save_revision().publish()


if __name__ == "__main__":
    fill(int(sys.argv[1]))
    guidance()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
