"""Registers whose right values are known, in random layouts and with random damage, and the judge of what was read.

`make(seed, folder)` writes a file and gives what stands in it; `judge` says what was read wrong in silence: a value
that is neither right, nor told with its row, its column or the file as a whole.
"""

import csv
import io
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from words.references import reference_key

from .layouts import AMOUNTS, DAYS, HEADINGS, IN_THOUSANDS, NOISE, SUPPLIERS, WORK, amounts

FIELDS = tuple(HEADINGS)
FIRST = date(2021, 1, 1)


@dataclass
class Made:
    """A file, what it holds by reference, how it was laid out, and the damage done to it ("" for none)."""

    path: Path
    facts: dict
    layout: dict
    damage: str = ""
    headings: dict = field(default_factory=dict)
    called: dict = field(default_factory=dict)
    """{field: its column as a report names it}: the heading, in a workbook the letter."""


def make(seed, folder):
    dice = random.Random(seed)
    facts = facts_of(dice)
    layout = {
        "days": dice.choice(list(DAYS)), "amounts": dice.choice(list(AMOUNTS)), "thousands": dice.random() < 0.08,
        "kind": dice.choice(("csv", "csv", "csv", "xlsx")), "separator": dice.choice(",,,;\t|"),
        "encoding": dice.choice(("utf-8", "utf-8-sig", "cp1252", "utf-16")), "ends": dice.choice(("\r\n", "\n", "\r")),
        "above": dice.choice((0, 0, 0, 1, 3)), "groups": dice.random() < 0.08, "total": dice.random() < 0.25,
        "notes": dice.random() < 0.2, "blank": dice.random() < 0.2, "quoted": dice.random() < 0.3,
    }  # fmt: skip
    names = {name: dice.choice(HEADINGS[name]) for name in FIELDS}
    if layout["thousands"]:
        names["value_gbp"] = dice.choice(IN_THOUSANDS)
        for fact in facts:
            fact["value_gbp"] = (fact["value_gbp"] // 1000 + 1) * 1000
    noise = dice.sample(list(NOISE), dice.randint(0, 5))
    columns = [*FIELDS, *noise]
    dice.shuffle(columns)
    rows = [[cell(fact, column, layout, dice) for column in columns] for fact in facts]
    headings = [names.get(column, column) for column in columns]
    table = Table(headings, rows, columns, layout, dice)
    damage = dice.choice(("", "", "", *DAMAGES)) if layout["kind"] == "csv" else ""
    path = Path(folder) / f"register-{seed}.{layout['kind']}"
    if layout["kind"] == "csv":
        damage = write_csv(path, table, damage)
    else:
        write_workbook(path, table)
    letters = {name: get_column_letter(columns.index(name) + 1) for name in FIELDS}
    called = letters if layout["kind"] == "xlsx" else names
    return Made(path, {reference_key(fact["reference"]): fact for fact in facts}, layout, damage, names, called)


@dataclass
class Table:
    headings: list
    rows: list
    columns: list
    layout: dict
    dice: random.Random


def facts_of(dice):
    count = dice.randint(3, 30)
    prefix, start = dice.choice(("DN", "SCC-2025-", "C/", "CON ", "", "A-")), dice.randint(100, 99000)
    found = []
    for number, value in enumerate(amounts(dice, count)):
        first = FIRST + timedelta(days=dice.randint(0, 1800))
        if dice.random() < 0.4:
            first = first.replace(day=1)
        found.append({
            "reference": f"{prefix}{start + number}", "title": f"{dice.choice(WORK)} {number + 1}",
            "supplier_name": dice.choice(SUPPLIERS), "value_gbp": value, "start": first,
            "end": first + timedelta(days=dice.choice((364, 729, 1094, 500))),
        })  # fmt: skip
    return found


def cell(fact, column, layout, dice):
    if column in NOISE:
        return dice.choice(NOISE[column])
    value = fact[column]
    if column in ("start", "end"):
        return DAYS[layout["days"]](value) if layout["kind"] == "csv" or layout["days"] != "iso" else value
    if column == "value_gbp":
        if layout["thousands"]:
            return f"{value / 1000:.0f}"
        return float(value) if layout["kind"] == "xlsx" and dice.random() < 0.9 else AMOUNTS[layout["amounts"]](value)
    return value


def above_and_below(table):
    """(rows above the headings, rows below the table)"""
    layout, width = table.layout, len(table.headings)
    above = [["Contracts register", *[""] * (width - 1)], ["Published quarterly", *[""] * (width - 1)], [""] * width]
    above = above[: layout["above"]]
    if layout["groups"]:
        above.append([group_of(column) for column in table.columns])
    below = []
    if layout["total"]:
        total = [""] * width
        total[0] = "Total"
        below.append(total)
    if layout["notes"]:
        below.append(["Note: values are estimates.", *[""] * (width - 1)])
    return above, below


def group_of(column):
    return {"start": "Contract", "end": "Contract", "supplier_name": "Supplier"}.get(column, "")


def write_csv(path, table, damage):
    layout, dice = table.layout, table.dice
    above, below = above_and_below(table)
    rows = [*above, table.headings, *table.rows, *below]
    if layout["blank"]:
        rows.insert(len(above) + 1 + len(table.rows) // 2, [""] * len(table.headings))
    text = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if layout["quoted"] else csv.QUOTE_MINIMAL
    writer = csv.writer(text, delimiter=layout["separator"], quoting=quoting, lineterminator="\n")
    writer.writerows(rows)
    lines = text.getvalue().split("\n")
    damaged = DAMAGES[damage](lines, len(above), table, dice) if damage else lines
    if damaged is None:
        damage, damaged = "", lines
    path.write_bytes(layout["ends"].join(damaged).encode(layout["encoding"], errors="replace"))
    return damage


def whole_lines(lines, above, table):
    """Numbers of the lines that hold a row of the table each; none where a heading has a line end in it."""
    first = above + 1 + sum(heading.count("\n") for heading in table.headings)
    return [number for number in range(first, first + len(table.rows)) if number < len(lines) and lines[number].strip()]


def cut(lines, above, table, dice):
    """The file breaks off in the middle of a row."""
    number = whole_lines(lines, above, table)[-1]
    return [*lines[:number], lines[number][: max(4, len(lines[number]) * dice.randint(30, 90) // 100)]]


def open_quote(lines, above, table, dice):
    number = dice.choice(whole_lines(lines, above, table))
    separator = table.layout["separator"]
    cells = lines[number].split(separator)
    if '"' in lines[number] or len(cells) < 3:
        return None
    place = dice.randrange(1, len(cells))
    cells[place] = '"' + cells[place]
    return [*lines[:number], separator.join(cells), *lines[number + 1 :]]


def a_cell_too_many(lines, above, table, dice):
    number = dice.choice(whole_lines(lines, above, table))
    separator = table.layout["separator"]
    if '"' in lines[number]:
        return None
    cells = lines[number].split(separator)
    cells.insert(dice.randrange(len(cells)), dice.choice(("x", "12", "Daily")))
    return [*lines[:number], separator.join(cells), *lines[number + 1 :]]


def a_cell_too_few(lines, above, table, dice):
    number = dice.choice(whole_lines(lines, above, table))
    separator = table.layout["separator"]
    if '"' in lines[number]:
        return None
    cells = lines[number].split(separator)
    del cells[dice.randrange(len(cells))]
    return [*lines[:number], separator.join(cells), *lines[number + 1 :]]


DAMAGES = {"cut": cut, "open quote": open_quote, "too many": a_cell_too_many, "too few": a_cell_too_few}


def write_workbook(path, table):
    book = Workbook()
    sheet = book.active
    sheet.title = "Register"
    above, below = above_and_below(table)
    for row in [*above, table.headings, *table.rows, *below]:
        sheet.append([None if value == "" else value for value in row])
    book.save(path)


def judge(made, saved, report):
    """[(reference, field, right, read)] of what is wrong and was not told; `saved` is {reference key: values}."""
    problems = [*report.errors, *report.warnings]
    told_rows = {problem.row for problem in report.errors}
    told_rows |= {problem.row for problem in report.warnings if problem.code in ("row_not_used", "no_line_end")}
    whole_file = any(not problem.column and problem.row <= 1 for problem in report.errors) or not report.saved
    told_columns = {problem.column for problem in problems}
    codes = {problem.code for problem in report.warnings}
    silent = []
    for key, values in saved.items():
        fact = made.facts.get(key)
        if fact is None:
            silent.append((key, "reference", None, values["reference"]))
            continue
        for name in FIELDS[1:]:
            read = values[name]
            if read == fact[name] or " ".join(str(read).split()) == " ".join(str(fact[name]).split()):
                continue
            if made.damage == "cut" and "no_line_end" in codes:
                continue  # no cell can tell that the last one was cut: the reader says that the file's end is odd
            if read in (None, "") and told_columns & {made.headings[name], made.called[name]}:
                continue
            silent.append((key, name, fact[name], read))
    missing = [key for key in made.facts if key not in saved]
    if missing and not whole_file and not told_rows:
        silent.append((missing[0], "reference", "a contract", "nothing"))
    return silent
