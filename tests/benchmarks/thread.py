"""Measure the golden thread beside floors in the same run: make bench-thread [SIZES="1000 100000"] [DATABASES=...]

N projects and N contracts. The floors: reading the file's cells and nothing else, and inserting rows as wide with the
driver alone. Each step runs in a process of its own, so that its memory is its own. Prints a table and how each cost
grows, and writes var/bench_thread.json.
"""

import csv
import json
import os
import random
from datetime import date, timedelta

import openpyxl

from tests.benchmarks.matching import growth_of, show
from tests.benchmarks.run import DATABASES, DEFAULT_URL, SIZES
from tests.served import ROOT, Site

STEPS = [
    "floor: reading cells",
    "floor: inserting rows",
    "importing projects",
    "importing contracts",
    "importing contracts again",
    "floor: reading rows",
    "the three metrics",
    "the public page, made anew",
    "the staff page, made anew",
    "suggested links",
]
PROJECTS = ["Plan ID", "Plan Title", "Directorate", "Procurement Officer", "Supplier", "Status", "Completed Date",
            "Social Value Recorded", "Social Value (£)"]  # fmt: skip
CONTRACTS = ["Contract Ref", "Contract Title", "Supplier", "Department", "Date Signed", "Start Date", "End Date",
             "Contract Value", "PM3 Plan ID", "Record Status"]  # fmt: skip
WORKS = "Roads Bridges Lighting Catering Cleaning Fostering Mentoring Libraries Software Printing Taxis Energy".split()
PLACES = "Woking Redhill Dorking Farnham Epsom Esher Oxted Horley Camberley Staines Godalming Leatherhead".split()
TYPED = ["PM3-{0:06}"] * 6 + ["pm3 {0}", "Plan {0}", "PM3/{0:06}", "TBC", "", "", "PM3-O{0}", "see MySurrey"]


def rows_of(size):
    """(project rows, contract rows), headings first: a county of `size` of each."""
    dice = random.Random(size)
    projects, contracts = [PROJECTS], [CONTRACTS]
    for number in range(1, size + 1):
        title = f"{dice.choice(WORKS)} in {dice.choice(PLACES)} {dice.randrange(size)}"
        supplier, directorate = f"Supplier {dice.randrange(size // 20 + 1):05} Ltd", f"Directorate {dice.randrange(8)}"
        signed = date(2022, 6, 1) + timedelta(days=dice.randrange(1300))
        value = str(dice.randrange(20, 9000) * 500)
        projects.append(
            [f"PM3-{number:06}", title, directorate, f"Officer {dice.randrange(60):02}", supplier,
             dice.choice(["Completed", "Completed", "complete", "In progress", "Cancelled"]), f"{signed:%d/%m/%Y}",
             dice.choice(["Yes", "No", "Pending", ""]), value]
        )  # fmt: skip
        contracts.append(
            [f"C-{number:06}", f"{title} - Lot {dice.randrange(3)}", supplier, directorate, f"{signed:%d-%b-%Y}",
             f"{signed:%d/%m/%Y}", f"{signed + timedelta(days=900):%d/%m/%Y}", f"£{value}",
             dice.choice(TYPED).format(number), dice.choice(["Live"] * 19 + ["Void"])]
        )  # fmt: skip
    return projects, contracts


def write(site, size):
    projects, contracts = rows_of(size)
    for name, rows in (("projects", projects), ("contracts", contracts)):
        with (site.folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        book.save(site.folder / f"{name}.xlsx")


def measure(database, size):
    os.environ["TEST_ON"] = database
    os.environ.setdefault("TEST_DATABASE_URL", DEFAULT_URL)
    site, rows = Site(f"thread{size}"), []
    try:
        write(site, size)
        site.manage("collectstatic", "--noinput", "--verbosity", "0")
        steps = [(step, "csv") for step in STEPS]
        steps += [("floor: reading cells", "xlsx"), ("importing projects", "xlsx")]
        for step, ending in steps:
            said = site.python("-m", "tests.benchmarks.thread_step", step, str(site.folder), ending)
            name = step if ending == "csv" else f"{step}, XLSX"
            rows.append({"database": database, "rows": size, "step": name, **json.loads(said.splitlines()[-1])})
            show(rows[-1], "rows")
    finally:
        site.close()
    return rows


def main():
    rows = [row for database in DATABASES for size in SIZES for row in measure(database, size)]
    growth_of(rows, "rows", dict.fromkeys(row["step"] for row in rows))
    out = ROOT / "var" / "bench_thread.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(rows, indent=1))
    print(f"Written to {out.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
