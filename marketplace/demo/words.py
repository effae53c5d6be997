"""The demo's words, read from data/: invented organisations, requests and promises of a believable county."""

import csv
from pathlib import Path

DATA = Path(__file__).with_name("data")


def rows(name):
    """[tuple] of a CSV file's rows in the order of its columns; a column of quantities is a list of numbers."""
    with (DATA / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return [
            tuple(
                [int(number) for number in text.split()] if key == "quantities" else text for key, text in row.items()
            )
            for row in csv.DictReader(file)
        ]


def by_first(name):
    """{first column: [rest of the row, a single column bare]} of a CSV file."""
    found = {}
    for first, *rest in rows(name):
        found.setdefault(first, []).append(rest[0] if len(rest) == 1 else tuple(rest))
    return found


GROUPS = rows("organisations")
SECTORS = by_first("contracts")
SUPPLIERS = rows("suppliers")
PROMISES = by_first("commitments")
NEEDS = rows("requests")
SAYINGS = by_first("sayings")
NOTES, MESSAGES, DECLINED = SAYINGS["delivery"], SAYINGS["pledge"], SAYINGS["declining"]
