"""Measure contracts, sums and the ledger beside floors in the same run: make bench-ledger [SIZES=...] [DATABASES=...]

A size is a number of contracts, with ten commitments each and twenty entries a commitment. The floors: the plain SQL
that gives the same rows or sums, by the driver alone. Prints a table and how each cost grows, and writes
var/bench_ledger.json.
"""

import json
import os

from tests.benchmarks.matching import growth_of, show
from tests.benchmarks.run import DEFAULT_URL
from tests.served import ROOT, Site

SIZES = [int(size) for size in os.environ.get("SIZES", "500 5000").split()]
DATABASES = os.environ.get("DATABASES", "sqlite postgresql").split()
STEPS = [
    "floor: rows of a contract, plain SQL",
    "a contract's page",
    "floor: the council's sums, plain SQL",
    "the council's sums",
    "floor: a quarter's sum, plain SQL",
    "a quarter's sum",
    "a public figure opened",
    "floor: the greatest 75, plain SQL",
    "the page of the greatest 75",
    "200 postings at once to one commitment",
]


def measure(database, size):
    os.environ["TEST_ON"] = database
    os.environ.setdefault("TEST_DATABASE_URL", DEFAULT_URL)
    site, rows = Site(f"ledger{size}"), []
    try:
        site.manage("collectstatic", "--noinput", "--verbosity", "0")
        site.python("-m", "tests.benchmarks.ledger_step", "fill", str(size))
        for step in STEPS:
            said = site.python("-m", "tests.benchmarks.ledger_step", step, str(size))
            rows.append({"database": database, "contracts": size, "step": step, **json.loads(said.splitlines()[-1])})
            show(rows[-1], "contracts")
    finally:
        site.close()
    return rows


def main():
    rows = [row for database in DATABASES for size in SIZES for row in measure(database, size)]
    growth_of(rows, "contracts", STEPS)
    out = ROOT / "var" / "bench_ledger.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(rows, indent=1))
    print(f"Written to {out.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
