"""Lists of commitments in words that people use: each value is right, or asked about, or refused; never another."""

import csv
import io
import random
from decimal import Decimal

import pytest

from importing import engine
from suppliers.models import Commitment, Contract
from suppliers.registers.commitments import CommitmentImporter

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]  # files are read beside it
FILES = 120
HEADINGS = {
    "external_reference": ["Commitment ID", "Promise ref", "Pledge no.", "Ref", "Commitment code", "Promise ID",
                           "ID"],
    "wording": ["Commitment", "Promise", "What was promised: wording", "Description of commitment", "Pledge text",
                "Commitment description", "Social value initiative", "Obligation"],
    "quantity": ["Quantity", "Qty", "Target", "How many", "Number promised", "Target quantity", "Amount committed"],
    "unit_words": ["Unit", "Units", "UoM", "Measured in", "Unit of measure", "Counted in"],
    "theme": ["Theme", "Category", "Priority", "Pillar"],
    "delivery_area": ["Area", "Where", "Location", "District", "Delivery location", "Borough"],
    "measure": ["Measure", "Metric", "Indicator", "KPI", "TOMs measure"],
    "contract_reference": ["Contract ref", "Contract no", "Agreement reference", "Contract ID",
                           "Contract reference no."],
}  # fmt: skip
BESIDE = {"Delivered to date": "3", "Confirmed quantity": "2", "Owner": "Pat", "Status": "Open",
          "Proxy value (£)": "17",
          "Contract title": "Roads", "Start date": "01/04/2025", "Supplier name": "Acme", "Notes": "Ring first",
          "Actual number": "1", "Previous target": "9"}  # fmt: skip
NEEDED = {"external_reference", "wording", "quantity", "unit_words", "contract_reference"}
UNITS = ("hours", "days", "apprentices")


def written(dice):
    """(headings by field, rows of values, CSV text)"""
    fields = [name for name in HEADINGS if name in NEEDED or dice.random() < 0.6]
    chosen = {name: dice.choice(HEADINGS[name]) for name in fields}
    beside = dice.sample(sorted(BESIDE), dice.randrange(4))
    rows = [
        {"external_reference": f"SV-{dice.randrange(10**6)}-{number}", "wording": f"Help number {number}, in full",
         "quantity": str(dice.randrange(2, 400)), "unit_words": dice.choice(UNITS), "theme": "Skills",
         "delivery_area": "Woking", "measure": "NT1", "contract_reference": "C-77"}
        for number in range(1, 7)
    ]  # fmt: skip
    columns = [*fields, *beside]
    dice.shuffle(columns)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=dice.choice(",;\t"))
    writer.writerow([chosen.get(column, column) for column in columns])
    writer.writerows([[row.get(column, BESIDE.get(column)) for column in columns] for row in rows])
    return chosen, rows, out.getvalue()


def saved(rows):
    found = {row.external_reference: row for row in Commitment.objects.select_related("balance", "contract")}
    wrong = []
    for row in rows:
        there = found.get(row["external_reference"])
        says = there and (
            there.wording,
            there.balance.promised,
            there.unit_words or there.unit,
            there.contract.reference,
        )
        if not says or says[:2] != (row["wording"], Decimal(row["quantity"])) or says[3] != row["contract_reference"]:
            wrong.append((row, says))
    return wrong


def test_each_value_is_right_or_asked_about_or_refused(tmp_path):
    Contract.objects.create(reference="C-77", title="Roads", supplier_name="Acme")
    plain = 0
    for seed in range(FILES):
        chosen, rows, text = written(random.Random(seed))
        path = tmp_path / f"{seed}.csv"
        path.write_text(text, encoding="utf-8")
        report = engine.run(CommitmentImporter(), path, dry_run=False)
        if report.saved:
            assert saved(rows) == [], (seed, chosen)
            plain += 1
        else:
            assert report.questions or report.errors, (seed, chosen)
            print(
                seed, chosen, [q["column"] for q in report.questions], [(e.code, e.column) for e in report.errors][:3]
            )

    assert plain >= 0.95 * FILES, plain
