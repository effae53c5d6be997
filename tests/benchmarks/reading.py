"""Measure the reading of registers beside floors in the same run: make bench-reading [ROWS=100000]

The floor of CSV is Python's own reader, that of a workbook openpyxl's values and nothing else. What no table is (a
bomb, a million columns, one cell of 100 MB) has to be refused. Each step runs in a process of its own, so that its
memory is its own; prints a table.
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

import openpyxl

ROWS = int(os.environ.get("ROWS", 100_000))
HEADINGS = ["Contract Reference", "Title", "Supplier", "Contract Value", "Start Date", "End Date", "Department", "SME"]
STEPS = (
    "floor csv", "csv looked at", "csv saved", "floor xlsx", "xlsx looked at", "a bomb", "a million columns",
    "a cell of 50 MB", "a file of 100 MB",
)  # fmt: skip


def row_of(number):
    first = date(2021, 1, 1) + timedelta(days=number % 1500)
    return [
        f"DN-{number:07}", f"Grounds care, lot {number}", f"Supplier {number % 999} Ltd", f"£{number * 7 + 1:,}.00",
        f"{first:%d/%m/%Y}", f"{first + timedelta(days=729):%d/%m/%Y}", "Highways", "Yes" if number % 2 else "No",
    ]  # fmt: skip


def write(folder):
    rows = [HEADINGS, *(row_of(number) for number in range(ROWS))]
    with (folder / "register.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Register")
    for row in rows:
        sheet.append(row)
    book.save(folder / "register.xlsx")
    (folder / "columns.csv").write_text(",".join(["Ref", "Title", *["x"] * 1_000_000]) + "\nA1,Alpha\n")
    for name, size in (("cell.csv", 50_000_000), ("large.csv", 100_000_000)):
        (folder / name).write_bytes(b'Ref,Title\nA1,"' + b"x" * size + b'"\n')
    with zipfile.ZipFile(folder / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", b"<workbook/>")
        bomb.writestr("xl/worksheets/sheet1.xml", b" " * 500_000_000)


def floor_csv(folder):
    with (folder / "register.csv").open(newline="", encoding="utf-8") as file:
        return sum(len(row) for row in csv.reader(file))


def floor_xlsx(folder):
    book = openpyxl.load_workbook(folder / "register.xlsx", read_only=True, data_only=True)
    return sum(len(row) for row in book.active.iter_rows(values_only=True))


def imported(path, saves):
    """How many rows an import saves, or would save, or the sentence that refuses the file."""
    from importing import engine, sheets
    from suppliers.registers.contracts import ContractImporter

    try:
        report = engine.run(ContractImporter(), path, dry_run=not saves, accept_valid=True)
        return report.created + report.unchanged
    except sheets.Unreadable as refused:
        return str(refused)


def step(name, folder):
    files = {"csv looked at": "register.csv", "csv saved": "register.csv", "xlsx looked at": "register.xlsx",
             "a bomb": "bomb.xlsx", "a million columns": "columns.csv", "a cell of 50 MB": "cell.csv",
             "a file of 100 MB": "large.csv"}  # fmt: skip
    floors = {"floor csv": floor_csv, "floor xlsx": floor_xlsx}
    if name not in floors:
        import django

        django.setup()
    begun = perf_counter()
    came = floors[name](folder) if name in floors else imported(folder / files[name], name.endswith("saved"))
    high = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    memory = int(high.split()[1]) / 1024
    print(json.dumps({"seconds": round(perf_counter() - begun, 1), "MB": round(memory), "came": came}))


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder)
        env = os.environ | {"VAR_DIR": name, "DJANGO_SETTINGS_MODULE": "marketplace.settings"}
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], check=True, env=env)
        for each in STEPS:
            command = [sys.executable, "-m", "tests.benchmarks.reading", each, name]
            out = subprocess.run(command, check=True, env=env, capture_output=True, text=True).stdout
            found = json.loads(out.splitlines()[-1])
            print(f"{each:20} {found['seconds']:7.1f} s {found['MB']:6} MB  {found['came']}", flush=True)


if __name__ == "__main__":
    step(sys.argv[1], Path(sys.argv[2])) if len(sys.argv) > 2 else main()
