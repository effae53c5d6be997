"""Lists of requests in words that people use: each value is right, or asked about, or refused; never another."""

import csv
import io
import random
from datetime import date
from decimal import Decimal

import pytest

from importing import engine
from requests_app.importer import RequestImporter
from requests_app.models import Request

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]  # files are read beside it
FILES = 40
HEADINGS = {
    "external_reference": ["Request ID", "Request ref", "Need ref", "Ref no.", "Ask ID", "Reference", "ID", "Code",
                           "Project ID", "Request number"],
    "title": ["Title", "Request", "What is needed", "Need", "Request title", "Name of request", "Project title", "Ask",
              "Request name"],
    "description": ["Description", "Details", "What and why", "More about it", "Background", "Why it is needed",
                    "Full description", "Request details"],
    "theme": ["Theme", "Category", "Priority", "Pillar"],
    "quantity": ["Quantity", "Qty", "How many", "How much", "Number needed", "Amount needed", "Quantity required"],
    "unit_words": ["Unit", "Units", "UoM", "Measured in", "Unit of measure", "Counted in"],
    "town": ["Town", "Place", "Where", "Location"],
    "outcode": ["Postcode", "Post code", "Postcode district", "Outcode"],
    "needed_by": ["Needed by", "Deadline", "By when", "Date needed", "Required by", "Needed before",
                  "When is it needed"],
}  # fmt: skip
BESIDE = {"Organisation": "Lunch Club", "Contact name": "Pat Reed", "Contact email": "p@example.org", "Notes": "Ring",
          "Phone": "01632 960123", "Status": "Open", "Date received": "01/04/2025", "People helped": "40",
          "Requested by": "Pat Reed", "Charity number": "1012345", "Delivered to date": "3", "Budget (£)": "17",
          "Contract ref": "C-77"}  # fmt: skip
NEEDED = {"external_reference", "title", "quantity", "unit_words"}


def written(dice):
    """(headings by field, rows of values, CSV text)"""
    fields = [name for name in HEADINGS if name in NEEDED or dice.random() < 0.6]
    chosen = {name: dice.choice(HEADINGS[name]) for name in fields}
    columns = [*fields, *dice.sample(sorted(BESIDE), dice.randrange(4))]
    dice.shuffle(columns)
    rows = [
        {"external_reference": f"R-{dice.randrange(10**6)}-{number}", "title": f"Paint hall number {number}",
         "description": f"The walls of hall {number} have to be painted", "theme": "Skills", "town": "Redhill",
         "quantity": str(dice.randrange(2, 400)), "unit_words": dice.choice(("hours", "days", "chairs")),
         "outcode": "RH1", "needed_by": f"{dice.randrange(13, 29)}/03/2027"}
        for number in range(1, 7)
    ]  # fmt: skip
    out = io.StringIO()
    writer = csv.writer(out, delimiter=dice.choice(",;\t"))
    writer.writerow([chosen.get(column, column) for column in columns])
    writer.writerows([[row.get(column, BESIDE.get(column)) for column in columns] for row in rows])
    return chosen, rows, out.getvalue()


def wrong(rows, chosen):
    """[(row, what was saved of it)] where anything that the file says is not as it says."""
    found = {row.external_reference: row for row in Request.objects.select_related("outcode")}
    return [(row, there) for row in rows if not fits(row, (there := found.get(row["external_reference"])), chosen)]


def fits(row, there, chosen):
    if not there or (there.title, there.quantity) != (row["title"], Decimal(row["quantity"])):
        return False
    day = date(2027, 3, int(row["needed_by"][:2])) if "needed_by" in chosen else None
    placed = "RH1" if chosen.keys() & {"town", "outcode"} else None
    words = row["description"] if "description" in chosen else ""
    return (there.needed_by, there.description, there.outcode_id) == (day, words, placed)


def test_each_value_is_right_or_asked_about_or_refused(tmp_path):
    plain = 0
    for seed in range(FILES):
        chosen, rows, text = written(random.Random(seed))
        path = tmp_path / f"{seed}.csv"
        path.write_text(text, encoding="utf-8")
        report = engine.run(RequestImporter(), path, dry_run=False)
        if report.saved:
            assert wrong(rows, chosen) == [], (seed, chosen)
            plain += 1
        else:
            assert report.questions or report.errors, (seed, chosen)
            print(seed, chosen, [each["column"] for each in report.questions], [e.code for e in report.errors][:3])
    assert plain >= 0.95 * FILES, plain
