"""Run as a program: fill an empty database with N public requests and a tenth as many commitments, all of them open.

python -m tests.benchmarks.fill_matching N

Texts are put together from the vocabulary's own phrases, a different sentence each time, so that needs spread over
the whole field. How good the ranking is, evaluate_matching measures; this is about speed alone.
"""

import random
import sys
from datetime import timedelta
from decimal import Decimal

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 - after setup
from django.utils import timezone  # noqa: E402

from guidance.models import Outcome  # noqa: E402
from organisations.models import Membership, Organisation, User  # noqa: E402
from places.models import Outcode  # noqa: E402
from requests_app.models import Request, RequestTotals  # noqa: E402
from suppliers.models import Commitment, CommitmentBalance, Contract, SupplierProfile  # noqa: E402
from vocabulary.models import Need  # noqa: E402
from vocabulary.reading import read_terms  # noqa: E402
from vocabulary.units import Unit  # noqa: E402

BATCH = 2000
UNITS = {
    "goods": Unit.ITEMS, "money": Unit.POUNDS, "space": Unit.DAYS, "jobs": Unit.PLACES,
}  # fmt: skip
SENTENCES = [
    "We look for {0}.", "Could somebody help us with {0}, please?", "Our members would love {0}.",
    "It has been years since anyone offered {0} here.", "Anything to do with {0} or {1} is welcome.",
]  # fmt: skip


class County:
    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.now, self.today = timezone.now(), timezone.localdate()
        self.needs = [
            (need.kind, [words for words, strength in read_terms(need.terms) if strength == 1])
            for need in Need.objects.exclude(kind=Need.NO_HELP)
        ]
        self.places = list(Outcode.objects.select_related("district").filter(district__isnull=False))
        self.outcomes = list(Outcome.objects.filter(level=Outcome.Level.OUTCOME).exclude(model__state="draft"))

    def organisations(self, kind, how_many, user):
        return Organisation.objects.bulk_create(
            Organisation(
                name=f"{kind} {n}", kind=kind, state="approved", decided_at=self.now, decided_by=user,
                outcode=self.dice.choice(self.places),
            )
            for n in range(how_many)
        )  # fmt: skip

    def text(self):
        """(kind, unit, title, description)."""
        kind, phrases = self.dice.choice(self.needs)
        unit = UNITS.get(kind, self.dice.choice([Unit.HOURS, Unit.HOURS, Unit.DAYS, Unit.EVENTS]))
        title = self.dice.choice(phrases).capitalize()
        picked = [self.dice.choice(phrases) for _ in range(4)]
        words = [self.dice.choice(SENTENCES).format(*self.dice.sample(picked, 2)) for _ in range(3)]
        return kind, unit, title, " ".join(words)

    def requests(self, how_many, groups):
        dice, made = self.dice, []
        for n in range(how_many):
            kind, unit, title, description = self.text()
            place, day = dice.choice(self.places), self.today + timedelta(days=dice.randrange(5, 300))
            made.append(
                Request(
                    organisation=dice.choice(groups), title=f"{title} {n}"[:100], description=description, kind=kind,
                    beneficiaries="Everybody", unit=unit, quantity=Decimal(dice.choice([2, 5, 10, 20, 50])),
                    outcode=place, district=place.district, postcode=place.code, outcome=dice.choice(self.outcomes),
                    live=True, needed_by=day, first_published_at=self.now,
                )
            )  # fmt: skip
        made = Request.objects.bulk_create(made)
        RequestTotals.objects.bulk_create(
            RequestTotals(
                request=one, listed=True, published_at=self.now, checked_at=self.now, asked=one.quantity,
                kind=one.kind, district=one.district_id, outcome=one.outcome_id, needed_by=one.needed_by,
                outcode=one.outcode_id,
            )
            for one in made
        )  # fmt: skip

    def commitments(self, how_many, suppliers):
        dice, made = self.dice, []
        contracts = Contract.objects.bulk_create(
            Contract(
                reference=f"B{n}", reference_key=f"b{n}", title=f"Contract {n}", supplier=supplier,
                start=self.today - timedelta(days=90), end=self.today + timedelta(days=dice.randrange(90, 900)),
            )
            for n, supplier in enumerate(suppliers)
        )  # fmt: skip
        for n in range(how_many):
            kind, unit, title, description = self.text()
            area = "Surrey" if dice.random() < 0.5 else f"within 15 miles of {dice.choice(self.places).code}"
            made.append(
                Commitment(
                    contract=contracts[n % len(contracts)], wording=f"{title}: {description}", kind=kind, unit=unit,
                    delivery_area=area, outcome=dice.choice(self.outcomes),
                )
            )  # fmt: skip
        made = Commitment.objects.bulk_create(made)
        CommitmentBalance.objects.bulk_create(
            CommitmentBalance(commitment=one, promised=Decimal(dice.choice([20, 50, 100, 200]))) for one in made
        )


@transaction.atomic
def fill(how_many):
    county = County(how_many)
    user = User.objects.create_user("bench@example.org", name="Bench")
    groups = county.organisations("vcse", max(how_many // 50, 20), user)
    suppliers = county.organisations("business", max(how_many // 100, 10), user)
    SupplierProfile.objects.bulk_create(
        SupplierProfile(organisation=one, travels_miles=county.dice.choice([10, 20, 30, None])) for one in suppliers
    )
    Membership.objects.create(organisation=suppliers[0], user=user, role="owner", admitted_at=county.now)
    for start in range(0, how_many, BATCH):
        county.requests(min(BATCH, how_many - start), groups)
    county.commitments(how_many // 10, suppliers)


if __name__ == "__main__":
    fill(int(sys.argv[1]))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
