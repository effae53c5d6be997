"""The demo's golden thread: three months of extracts with Plan IDs as people type them, some of it mended."""

import csv
import random
import tempfile
from datetime import timedelta
from pathlib import Path

from golden_thread import links, published, rules, training
from golden_thread.extracts import ContractExtractImporter, FinanceImporter, ProjectImporter
from golden_thread.models import Officer, TrainingSession
from importing import engine
from records.days import month_ends, months_after
from suppliers.models import Contract

MONTHS = 3
OFFICERS = ["Ann Okafor", "Ben Hale", "Chris Doyle", "Devi Shah", "Ewan Grant", "Farah Aziz"]
PROJECTS = ["Plan ID", "Plan Title", "Directorate", "Procurement Officer", "Supplier", "Status", "Completed Date",
            "Social Value Recorded", "Estimated Value"]  # fmt: skip
CONTRACTS = ["Contract Ref", "Contract Title", "Department", "Contract Owner", "Supplier", "Date Signed",
             "Contract Value", "PM3 Plan ID", "Record Status"]  # fmt: skip
FINANCE = ["Supplier", "Contract Reference", "Payment Date", "Net Amount"]
IMPORTERS = (ProjectImporter, ContractExtractImporter, FinanceImporter)
TYPED = ["PM3-{0:05}", "PM3-{0:05}", "PM3-{0:05}", "pm3 {0}", "Plan {0}", "PM3/{0:05}", "TBC", "", "", "PM3-O{0}",
         "see MySurrey"]  # fmt: skip


def make_thread(today, staff):
    """Extracts of all three systems about the demo's contracts; each month a little more is recorded and mended.

    All months but the last are published, and a few suggested links answered.
    """
    contracts = list(Contract.objects.exclude(award_date=None).order_by("reference"))
    last = months_after(today.date(), -1)
    days = month_ends(months_after(last, 1 - MONTHS), last)
    for step, day in enumerate(days):
        for importer, rows in zip(IMPORTERS, _rows(contracts, step, day), strict=True):
            _hand_in(importer(day, f"{importer.system}-{day}.csv"), rows)
        if day != days[-1]:
            published.publish(day, rules.current(), by=staff["edie"])
    links.search()
    training.note_officers()
    _answer(by=staff["pat"])
    _train(days[0] - timedelta(days=240))


def _rows(contracts, step, day):
    """(projects, contracts, spend) as the three systems export them, headings first."""
    dice = random.Random(7)  # noqa: S311 - the same people make the same mistakes each month
    projects, signed, spent = [PROJECTS], [CONTRACTS], [FINANCE]
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
            [contract.reference, contract.title, contract.buyer, officer, contract.supplier_name, f"{done:%d/%m/%Y}",
             value, typed.format(number), "Void" if number % 29 == 0 else "Live"]
        )  # fmt: skip
        if contract.value_gbp:
            reference = contract.reference if dice.random() < 0.7 else dice.choice(["", f"PO {450000 + number}"])
            amount = f"{contract.value_gbp / 36:.2f}"
            spent.append([contract.supplier_name, reference, f"{day:%d/%m/%Y}", amount])
    return projects, signed, spent


def _answer(by):
    """Two suggestions are confirmed, and of one contract none was right."""
    keys = list(dict.fromkeys(links.unanswered().values_list("reference_key", flat=True)))[:3]
    asked = links.questions(keys)
    answers = {question.first.reference_key: question.first.pk for question in asked[:-1]}
    answers |= {question.first.reference_key: question.none for question in asked[-1:]}
    links.answer(answers, by=by)


def _train(day):
    """Half the officers took part in a session, and may be written to."""
    session = TrainingSession.objects.create(
        title="Plan IDs in Proactis", held_on=day, recording="https://example.org/recordings/plan-ids"
    )
    for number, officer in enumerate(Officer.objects.all()):
        officer.email = f"{officer.name_key.replace(' ', '.')}@example.org"
        officer.save()
        if number % 2 == 0:
            session.officers.add(officer)


def _hand_in(importer, rows):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "extract.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
        report = engine.run(importer, path)
    if not report.saved:
        raise RuntimeError(report.errors)
