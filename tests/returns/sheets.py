"""Returns as people lay them out: a table with faults of known kinds, drawn by a seed, as XLSX or CSV."""

import csv
import io
import random
from datetime import date, datetime
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from returns.reading import Known
from words.references import reference_key

PERIOD = (date(2024, 10, 1), date(2024, 12, 31))
HEADINGS = {
    "reference": "Commitment ref", "description": "Commitment description", "category": "Category", "unit": "Unit",
    "committed": "Committed (whole contract)", "planned": "Committed this quarter",
    "quantity": "Delivered this quarter",
    "to_date": "Delivered to date", "proxy": "Proxy value (£)", "delivered_on": "Date delivered",
    "evidence": "Evidence", "rag": "RAG", "comment": "Comments",
}  # fmt: skip
ELSE = ("Ward", "Signed off by", "Ref 2", "Postcode", "Checked?")
DAY = date(2024, 11, 14)


def xlsx_number(text, amount):
    """A fault that is one in a workbook alone."""
    return text, ("number_as_text", "warning", amount)


def faults(is_text):
    """{name: [(column, cell, (code, severity, accept_as) or None)]}: what may be wrong with a line, and what not."""
    plain = [("quantity", "7", None)] if is_text else [("quantity", *xlsx_number("7", 7))]
    right = [("delivered_on", "14/11/2024", None), ("delivered_on", "4/11/2024", None)] if is_text else [
        ("delivered_on", "14/11/2024", ("date_as_text", "warning", "2024-11-14")),
        ("delivered_on", datetime(2024, 12, 31, 23, 59), None),
    ]  # fmt: skip
    return [
        *plain, *right,
        ("quantity", " 7", ("number_as_text", "warning", 7)),
        ("quantity", "7\u00a0", ("number_as_text", "warning", 7)),
        ("quantity", "1,234", ("number_as_text_thousands", "warning", 1234)),
        ("quantity", "£12.50", ("currency_text_in_number", "warning", 12.5)),
        ("quantity", "GBP 1,250", ("currency_text_in_number", "warning", 1250)),
        ("quantity", "12,5", ("decimal_comma", "error", None)),
        ("quantity", "3,14", ("decimal_comma", "error", None)),
        ("quantity", "€9", ("second_currency", "error", None)),
        ("quantity", "9 euros", ("second_currency", "error", None)),
        ("quantity", "USD 4", ("second_currency", "error", None)),
        ("quantity", "about 7", ("text_in_number", "error", None)),
        ("quantity", "7 hrs", ("text_in_number", "error", None)),
        ("quantity", "seven", ("text_in_number", "error", None)),
        ("quantity", "7-8", ("text_in_number", "error", None)),
        ("quantity", "(7)", ("text_in_number", "error", None)),
        ("quantity", "1.234,50", ("text_in_number", "error", None)),
        ("quantity", "12,34,567", ("text_in_number", "error", None)),
        ("quantity", "tbc", ("text_in_number", "error", None)),
        ("quantity", "-", ("text_in_number", "error", None)),
        ("quantity", "Nil", ("text_in_number", "warning", 0)),
        ("quantity", "NONE", ("text_in_number", "warning", 0)),
        ("quantity", -3, ("negative_quantity", "error", None)),
        ("quantity", 9999, ("over_ten_times_committed", "warning", None)),
        ("planned", "1,000", ("number_as_text_thousands", "warning", 1000)),
        ("committed", "£1,000.00", ("currency_text_in_number", "warning", 1000)),
        ("committed", "none", ("text_in_number", "warning", 0)),
        ("committed", None, ("missing_committed", "warning", None)),
        ("committed", "  ", ("missing_committed", "warning", None)),
        ("proxy", "$16", ("second_currency", "error", None)),
        ("proxy", "£16.93", ("currency_text_in_number", "warning", 16.93)),
        ("to_date", "lots", ("text_in_number", "error", None)),
        ("to_date", 1, ("to_date_less_than_previous_plus_quarter", "warning", None)),
        ("unit", "donkeys", ("unit_differs_from_commitment", "error", None)),
        ("unit", " Hours ", None),
        ("unit", "hour", None),
        ("rag", "blue", ("bad_rag", "error", None)),
        ("rag", "amber/green", ("bad_rag", "error", None)),
        ("rag", " gREEN ", None),
        ("rag", None, None),
        ("evidence", None, ("missing_evidence", "warning", None)),
        ("evidence", "   ", ("missing_evidence", "warning", None)),
        ("delivered_on", "14/11/24", ("date_as_text", "warning", "2024-11-14")),
        ("delivered_on", "14 Nov 2024", ("date_as_text", "warning", "2024-11-14")),
        ("delivered_on", "14th November 2024", ("date_as_text", "warning", "2024-11-14")),
        ("delivered_on", "November 14, 2024", ("date_as_text", "warning", "2024-11-14")),
        ("delivered_on", "2024-11-14", ("date_as_text", "warning", "2024-11-14")),
        ("delivered_on", "14.11.2024", ("date_as_text", "warning", "2024-11-14")),
        ("delivered_on", "45610", ("excel_serial_number", "warning", "2024-11-14")),
        ("delivered_on", "12 to 14 Nov 2024", ("date_as_text", "error", None)),
        ("delivered_on", "sometime", ("date_as_text", "error", None)),
        ("delivered_on", "31/11/2024", ("date_as_text", "error", None)),
        ("delivered_on", "14/01/2025", ("date_outside_period", "error", None)),
        ("delivered_on", "30 September 2024", ("date_outside_period", "error", None)),
        ("delivered_on", "45658", ("date_outside_period", "error", None)),
        ("reference", "SV-0999", ("unknown_commitment", "error", None)),
    ]  # fmt: skip


class Drawn:
    """A drawn return: its cells, what is known of its contract, and {(row, column letter): what must be found}."""

    def __init__(self, seed, is_text):
        self.dice, self.is_text = random.Random(seed), is_text
        self.names = [*HEADINGS, *self.dice.sample(ELSE, self.dice.randint(0, 3))]
        if self.dice.random() < 0.6:
            self.dice.shuffle(self.names)
        self.rows, self.expected, self.known, self.named = [], {}, {}, []
        self.draw_above()
        self.rows.append([self.heading(name) for name in self.names])
        self.heading_row = len(self.rows)
        for number in range(self.dice.randint(3, 14)):
            self.between()
            self.draw_line(f"SV-{number + 1:03d}")
        if self.dice.random() < 0.7:
            self.draw_below()

    def draw_above(self):
        labels = [("Contract reference", "SCC-1"), ("Reporting period", "Q3 2024/25"), ("Supplier", "A Ltd")]
        self.dice.shuffle(labels)
        if self.dice.random() < 0.7:
            self.rows.append(["Social value return"])
        for label, value in labels:
            before = [None] * self.dice.randint(0, 2)
            self.rows.append(
                [*before, label + self.dice.choice(["", ":", " "]), *[None] * self.dice.randint(0, 1), value]
            )
            if self.dice.random() < 0.2:
                self.rows.append([])

    def heading(self, name):
        words = HEADINGS.get(name, name)
        ways = [
            words,
            words.upper(),
            words.lower(),
            f" {words} ",
            words.replace(" ", "  "),
            words.replace(" ", "\n", 1),
        ]
        return self.dice.choice(ways)

    def between(self):
        if self.dice.random() < 0.15:
            self.rows.append([])

    def line(self, reference, quantity):
        before = self.known[reference_key(reference)].to_date if reference_key(reference) in self.known else Decimal(0)
        return {
            "reference": reference, "description": f"Promise {reference}", "category": "Community", "unit": "hours",
            "committed": 400, "planned": 50, "quantity": quantity, "to_date": float(before) + (quantity or 0),
            "proxy": 16.93, "delivered_on": DAY, "evidence": "Sheets", "rag": "Green", "comment": "",
        }  # fmt: skip

    def draw_line(self, reference):
        self.known[reference_key(reference)] = Known("hours", "", Decimal(self.dice.randint(0, 200)))
        cells = self.line(reference, self.dice.choice([1, 7, 20, 48.5]))
        row, chance = len(self.rows) + 1, self.dice.random()
        if chance < 0.75:
            name, value, wanted = self.dice.choice(faults(self.is_text))
            cells[name] = value
            if name == "quantity":
                self.follow(cells, wanted, value)
            if wanted:
                self.expected[row, self.letter(name)] = wanted
        elif chance < 0.85:
            cells |= {"quantity": 0, "to_date": float(self.known[reference_key(reference)].to_date), "evidence": None}
            cells["delivered_on"] = "n/a"
            self.expected[row, self.letter("delivered_on")] = ("date_not_applicable", "warning", None)
        elif chance < 0.95 and self.named:
            again = self.dice.choice(self.named)
            cells = self.line(again, 1)
            self.expected[row, self.letter("reference")] = ("duplicate_commitment", "error", None)
        else:
            cells["reference"] = self.dice.choice([f" {reference.lower()} ", f"{reference}\u00a0", reference])
        if cells["reference"] == reference:
            self.named.append(reference)
        self.rows.append([self.written(cells.get(name)) for name in self.names])

    def follow(self, cells, wanted, value):
        """What follows from another quantity: no day or evidence for nothing, and a to-date that still adds up."""
        amount = value if not isinstance(value, str) else (wanted[2] if wanted and wanted[2] is not None else 7)
        if wanted and wanted[2] == 0:
            cells |= {"delivered_on": None, "evidence": None}
        if amount > 500 and value != 9999:
            cells["planned"], cells["committed"] = amount, amount
        before = self.known[reference_key(cells["reference"])].to_date
        cells["to_date"] = float(before) + max(amount, 0)

    def written(self, value):
        """As a file of text has it, where this is one."""
        if not self.is_text or value is None:
            return value
        if isinstance(value, date):
            return f"{value:%d/%m/%Y}"
        return f"{value:g}" if isinstance(value, float) else str(value)

    def draw_below(self):
        total = [None] * len(self.names)
        total[1] = self.dice.choice(["Total", "Grand total", "TOTAL hours"])
        total[-1] = 123
        if HEADINGS.get(self.names[1]) == "Commitment ref" or self.names[-1] == "reference":
            total = ["Total", 5]
        self.rows.append(total)
        note = [None] * len(self.names)
        note[self.dice.randrange(len(note))] = "NB figures for December are provisional"
        self.rows.append(note)

    def letter(self, name):
        return get_column_letter(self.names.index(name) + 1)

    def save(self, folder):
        """The file's path."""
        path = folder / ("return.csv" if self.is_text else "return.xlsx")
        if self.is_text:
            text = io.StringIO()
            csv.writer(text).writerows([["" if cell is None else cell for cell in row] for row in self.rows])
            path.write_bytes(text.getvalue().encode(self.dice.choice(["utf-8", "cp1252", "utf-8-sig"])
                                                    if "₹" not in text.getvalue() else "utf-8"))  # fmt: skip
        else:
            book = Workbook()
            for row in self.rows:
                book.active.append(row)
            book.create_sheet("Notes").append(["free notes"])
            book.save(path)
        return path
