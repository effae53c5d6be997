"""Measure matching beside floors in the same run: make bench-matching [SIZES="1000 10000 100000"] [DATABASES=...]

N open requests and N/10 commitments. The floors: brute-force numpy over all pairs (every pair's texts multiplied and
sorted, in blocks that fit the memory), and blocked scoring of only the pairs that share a kind of help and a place.
Each step runs in a process of its own, so that its memory is its own. Prints a table and how each cost grows, and
writes var/bench_matching.json.
"""

import json
import os
from itertools import pairwise

from tests.benchmarks.run import DATABASES, DEFAULT_URL, SIZES
from tests.served import ROOT, Site

STEPS = [
    "first reading of all texts",
    "floor: brute-force numpy, all pairs",
    "floor: blocks of one kind and place",
    "all pairs, the whole score",
    "full re-rank, kept",
    "requests' own lists, by night",
    "a new request, cold worker",
    "a new request, warm worker",
    "a supplier's page",
    "an allocation of the county",
]
LARGE = ["an allocation of 200,000 pairs", "the same, a tenth with converted units"]  # once, at the largest size


def measure(database, size):
    os.environ["TEST_ON"] = database
    os.environ.setdefault("TEST_DATABASE_URL", DEFAULT_URL)
    site, rows = Site(f"match{size}"), []
    site.env |= {"OMP_NUM_THREADS": "2", "OPENBLAS_NUM_THREADS": "2"}
    try:
        site.python("-m", "tests.benchmarks.fill_matching", str(size))
        site.serve()
        for step in STEPS + (LARGE if size == SIZES[-1] else []):
            said = site.python("-m", "tests.benchmarks.matching_step", step)
            found = json.loads(said.splitlines()[-1])
            rows.append({"database": database, "requests": size, "step": step, **found})
            show(rows[-1])
    finally:
        site.close()
    return rows


def show(row, counted="requests"):
    rest = {name: value for name, value in row.items() if name not in ("database", counted, "step", "seconds", "mb")}
    print(
        f"{row['database']:<10} {row[counted]:>7}  {row['step']:<38} {row['seconds']:>9.3f} s {row['mb']:>6} MB  "
        + ", ".join(f"{name} {value}" for name, value in rest.items()),
        flush=True,
    )


def growth_of(rows, counted, steps):
    """How often each step's time grew from size to size."""
    for step in steps:
        for database in DATABASES:
            times = [
                (row[counted], row["seconds"]) for row in rows if (row["database"], row["step"]) == (database, step)
            ]
            said = [f"{size}: {seconds:.3f} s" for size, seconds in times[:1]]
            said += [f"{size}: x{seconds / before:.1f}" for (_, before), (size, seconds) in pairwise(times)]
            print(f"growth, {database}, {step}: " + ", ".join(said))


def main():
    rows = [row for database in DATABASES for size in SIZES for row in measure(database, size)]
    growth_of(rows, "requests", STEPS)
    out = ROOT / "var" / "bench_matching.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(rows, indent=1))
    print(f"Written to {out.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
