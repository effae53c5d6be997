"""Columns of a register whose headings say nothing that is known, and whose cells look like what it must not lack.

A value, a supplier, a start or an end never goes missing in silence: where no column was found for one, the columns
that hold such cells are asked about.
"""

import re

from importing import profiles
from importing.headings import OF_MONEY, all_words

MOSTLY = 0.6  # of the cells of a column
NAMES = 0.3  # of its cells that sound like a company's name
SIGNED = re.compile(r"£|^\d[\d,]*\.\d\d$|^\d{1,3}(,\d{3})+(\.\d+)?$")  # how pounds are written
COUNTS = frozenset(
    "id no number code ref reference year years month months day days week weeks lot lots quantity qty count percent "
    "percentage rate score rank row line phone telephone tel postcode version hours fte term period duration page uprn "
    "company registration easting northing latitude longitude notice duns vat charity".split()
)  # words of headings over numbers that are no pounds
OTHER_DAYS = frozenset(
    "published publication updated modified created notice review extension break tender payment paid invoice "
    "transaction".split()
)
OTHER_NAMES = frozenset("buyer authority council department category owner manager contact officer title".split())
LARGE = 100  # pounds: numbers without a sign that are smaller say nothing


def is_money(heading, cells):
    """Whether a column holds amounts that may be pounds: its heading or its cells say so, or nothing says otherwise."""
    filled = [cell for cell in cells if cell not in (None, "")]
    if profiles.of(filled).amounts < MOSTLY:
        return False
    signed = [cell for cell in filled if SIGNED.search(str(cell))]
    return bool(OF_MONEY.search(str(heading))) or len(signed) >= MOSTLY * len(filled) or is_large(heading, filled)


def is_large(heading, filled):
    """Whether numbers without a sign may be pounds: no word of the heading counts something else, no cell is a code."""
    if all_words(heading) & COUNTS:
        return False
    plain = [str(cell).strip() for cell in filled if re.fullmatch(r"[1-9]\d*(\.\d+)?", str(cell).strip())]
    large = [text for text in plain if float(text) >= LARGE and not is_year(text)]
    return len(large) >= MOSTLY * len(filled) and len({len(text) for text in plain}) > 1


def is_year(text):
    return text.isdigit() and 1990 <= int(text) <= 2060


def is_days(heading, cells):
    profile = profiles.of(cells)
    words = all_words(heading)
    return profile.filled > 0 and profile.days >= MOSTLY and words != {"date"} and not words & OTHER_DAYS


def is_names(heading, cells):
    profile = profiles.of(cells)
    return profile.filled > 0 and profile.companies >= NAMES and not all_words(heading) & OTHER_NAMES


LACKING = (
    ("value_gbp", is_money, "holds money, and no column is called the value. Is it the value?"),
    (
        "supplier_name",
        is_names,
        "holds names like companies’, and no column is called the supplier. Is it the supplier?",
    ),
    ("start", is_days, "holds days, and no column is called the start. Is it the start?"),
    ("end", is_days, "holds days, and no column is called the end. Is it the end?"),
)


def ask(columns, unused):
    """[(heading, field name, sentence)] of the unused columns that look like a field which no column was found for;
    `columns` and `unused` as `importing.report.Importer.asks` has them. Each column is asked about once.
    """
    asked = {}
    for name, looks, words in LACKING:
        if name not in columns:
            for heading, cells in unused.items():
                if heading not in asked and looks(heading, cells):
                    asked[heading] = (heading, name, f"“{heading}” {words} Say so, or leave it out.")
    return list(asked.values())
