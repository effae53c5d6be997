"""The demo's golden thread: three months of extracts, with Plan IDs as people type them."""

import csv
import random
import tempfile
from calendar import monthrange
from datetime import date
from pathlib import Path

from suppliers.importing import engine
from suppliers.models import Contract
from suppliers.thread.extracts import ContractExtractImporter, ProjectImporter

MONTHS = 3
OFFICERS = ["Ann Okafor", "Ben Hale", "Chris Doyle", "Devi Shah", "Ewan Grant", "Farah Aziz"]
PROJECTS = ["Plan ID", "Plan Title", "Directorate", "Procurement Officer", "Supplier", "Status", "Completed Date",
            "Social Value Recorded", "Estimated Value"]  # fmt: skip
CONTRACTS = ["Contract Ref", "Contract Title", "Department", "Supplier", "Date Signed", "Contract Value", "PM3 Plan ID",
             "Record Status"]  # fmt: skip
TYPED = ["PM3-{0:05}", "PM3-{0:05}", "PM3-{0:05}", "pm3 {0}", "Plan {0}", "PM3/{0:05}", "TBC", "", "", "PM3-O{0}",
         "see MySurrey"]  # fmt: skip


def month_ends(today):
    """The last MONTHS month ends before `today`, oldest first."""
    found, year, month = [], today.year, today.month
    for _ in range(MONTHS):
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        found.append(date(year, month, monthrange(year, month)[1]))
    return found[::-1]


def make_thread(today):
    """Extracts of PM3 and Proactis about the demo's contracts; each month a little more is recorded and mended."""
    contracts = list(Contract.objects.exclude(award_date=None).order_by("reference"))
    for step, day in enumerate(month_ends(today.date())):
        dice = random.Random(7)  # noqa: S311 - the same people make the same mistakes each month
        projects, signed = [PROJECTS], [CONTRACTS]
        for number, contract in enumerate(contracts, start=401):
            mended, typed, recorded = dice.random() < 0.08 * step, dice.choice(TYPED), dice.random()
            officer, done = dice.choice(OFFICERS), contract.award_date
            value = str(contract.value_gbp or "")
            yes = "Yes" if recorded < 0.35 + 0.15 * step else "No"
            projects.append(
                [f"PM3-{number:05}", contract.title, contract.buyer, officer, contract.supplier_name, "Completed",
                 f"{done:%d/%m/%Y}", yes, value]
            )  # fmt: skip
            typed = TYPED[0] if mended else typed
            signed.append(
                [contract.reference, contract.title, contract.buyer, contract.supplier_name, f"{done:%d/%m/%Y}", value,
                 typed.format(number), "Void" if number % 29 == 0 else "Live"]
            )  # fmt: skip
        for importer, rows in ((ProjectImporter, projects), (ContractExtractImporter, signed)):
            _hand_in(importer(day, f"{importer.system}-{day}.csv"), rows)


def _hand_in(importer, rows):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "extract.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
        report = engine.run(importer, path)
    if not report.saved:
        raise RuntimeError(report.errors)
