"""The demo's contracts and what was promised in them."""

from datetime import timedelta
from decimal import Decimal
from itertools import accumulate

from guidance.models import Outcome
from records.days import months_after
from suppliers import commitments, plans
from suppliers.models import Commitment, Contract

from .clock import at
from .words import PROMISES, SECTORS

CONTRACTS = 75
COMMITMENTS_EACH = 4
MILESTONES = ("The first groups are helped", "Half of the districts are reached", "Every district is reached")


def make_contracts(suppliers, manager, dice, today):
    """{supplier id: [Commitment]} of 75 contracts with 300 commitments between them."""
    outcomes = {outcome.code: outcome for outcome in Outcome.objects.all()}
    made = {}
    for number in range(CONTRACTS):
        supplier, sector = suppliers[number % len(suppliers)]
        titles = SECTORS[sector]
        start = (today - timedelta(days=dice.randrange(200, 620))).date()
        years = dice.choice([2, 3, 4, 5])
        contract = Contract.objects.create(
            reference=f"SCC-{start.year}-{1001 + number}",
            title=f"{titles[(number // len(suppliers) + number) % len(titles)]} {start.year}",
            description="Awarded after an open tender.",
            buyer=dice.choice(["Environment", "Land and Property", "Adults, Wellbeing and Health", "Resources"]),
            supplier_name=supplier.name,
            supplier=supplier,
            company_number=supplier.company_number,
            value_gbp=Decimal(dice.choice([85_000, 240_000, 610_000, 1_400_000, 3_750_000, 9_200_000])),
            start=start,
            end=months_after(start, 12 * years) - timedelta(days=1),
            award_date=start - timedelta(days=40),
            sme=dice.random() < 0.5,
            vcse=sector == "care" and dice.random() < 0.4,
            plan_id_as_typed=f"PM3-{20000 + number * 7}" if dice.random() < 0.4 else "",
            manager=manager if number % 2 else None,
        )
        choices = PROMISES[sector] + PROMISES["any"]
        for wording, measure, kind, unit, quantities, code in dice.sample(choices, COMMITMENTS_EACH):
            commitment = Commitment(
                contract=contract,
                wording=wording,
                measure=measure,
                kind=kind,
                unit=unit,
                delivery_area="Surrey",
                outcome=outcomes[code],
            )
            quantity = Decimal(dice.choice(quantities))
            rhythm = plans.Rhythm.YEARLY if number % 3 else plans.Rhythm.QUARTERLY
            days = plans.periods(start, contract.end, rhythm)
            lines = list(zip(days, accumulate(plans.equal_parts(quantity, unit, len(days))), strict=True))
            milestones = {} if number % 3 else dict(zip(days[1::4], MILESTONES, strict=False))
            with at(today - timedelta(days=(today.date() - start).days + 30)):
                commitments.make(commitment, quantity, by=manager)
                said = {"by": manager, "reason": "Agreed at award", "rhythm": rhythm, "milestones": milestones}
                plans.write(commitment, lines, **said)
            made.setdefault(supplier.pk, []).append(commitment)
    return made
