"""A model as CSV: read all or nothing with every faulty row named, and written back as it is read.

Columns: level, code, title, parent, description, unit, unit_words, confidence. One row a line, in any order. The
second file of a version maps the version before it: from, to, relation, share, basis, confidence.
"""

import tempfile
from dataclasses import dataclass, field

from django.db import transaction

from importing.cells import read_text
from importing.sheets import BrokenRow, Unreadable, read
from vocabulary.units import Unit
from words.cells import unguard, write_table

from ..models import Outcome
from ..models.outcomes import ABOVE, Confidence

COLUMNS = ["level", "code", "title", "parent", "description", "unit", "unit_words", "confidence"]
MAPPING_COLUMNS = ["from", "to", "relation", "share", "basis", "confidence"]
LARGEST = 5000
LONGEST = {"code": 20, "title": 300, "unit_words": 60, "basis": 200}


@dataclass
class Report:
    """What reading a file found: {row number: [sentences]}, and what it made. Row 1 is the headings."""

    problems: dict = field(default_factory=dict)
    rows: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    saved: bool = False

    def add(self, row, words):
        self.problems.setdefault(row, []).append(words)

    @property
    def listed(self):
        return [(row, words) for row in sorted(self.problems) for words in self.problems[row]]


def read_rows(data, columns, required, report):
    """[(row number, {column: text})] of a CSV or workbook; problems with the file as a whole go to its first row."""
    table = read_table(data, report)
    if not table:
        return []
    headings = [text.lower().replace(" ", "_") for text in table[0][1]]
    refusal = wrong_headings(headings, columns, required)
    if not refusal and len(table) - 1 > LARGEST:
        refusal = f"The file has {len(table) - 1} rows. A model has {LARGEST} at most."
    if refusal:
        report.add(1, refusal)
        return []
    empty = dict.fromkeys(columns, "")
    named = [name if name in columns else None for name in headings]
    rows = [
        (number, empty | {name: text for name, text in zip(named, texts, strict=False) if name})
        for number, texts in table[1:]
        if any(texts)
    ]
    report.rows = len(rows)
    return rows


def read_table(data, report):
    """[(row number, [text])] of the first sheet with rows, as the one reading engine of the site reads it."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        try:
            found = [[(number, list(map(clean, cells))) for number, cells in sheet.rows] for sheet in read(file.name)]
        except BrokenRow as broken:
            report.add(broken.row, str(broken))
            return []
        except Unreadable as unreadable:
            report.add(1, str(unreadable) if data.strip() else "The file is empty.")
            return []
    table = next((rows for rows in found if rows), [])
    if not table:
        report.add(1, "The file is empty.")
    return table


def wrong_headings(headings, columns, required):
    """A sentence where a column is missing or stands there twice, else ""."""
    missing = [name for name in required if name not in headings]
    if missing:
        return f"A column is missing: {', '.join(missing)}. The columns are {', '.join(columns)}."
    twice = sorted({name for name in headings if name in columns and headings.count(name) > 1})
    return f"A column stands there twice: {', '.join(twice)}." if twice else ""


def clean(cell):
    """The text of a cell, without the mark that our own exports put before a formula."""
    return unguard(read_text(cell)[0])


@transaction.atomic
def read_lines(model, data, *, save=True):
    """Bring the lines of a draft model in line with a CSV; returns the Report.

    Nothing is saved where any row is refused, or where `save` is false. Lines that the file doesn't name stay.
    """
    report = Report()
    rows = read_rows(data, COLUMNS, ["level", "code", "title"], report)
    if not model.is_draft:
        report.add(1, f"{model} is {model.get_state_display().lower()}: its lines don’t change. Make a new version.")
    checked = _check_lines(rows, report)
    if report.problems or not save:
        if not report.problems:
            _count(model, checked, report)
        return report
    _save_lines(model, checked, report)
    report.saved = True
    return report


def _check_lines(rows, report):
    """[(row number, row)] with levels and confidence brought to one form; what is wrong goes to the report."""
    by_code = {}
    for number, row in rows:
        row["level"] = row["level"].lower()
        row["confidence"] = row["confidence"].upper() or Confidence.VERIFIED
        for words in [*_wrong_words(row), *_wrong_unit(row)]:
            report.add(number, words)
        if row["code"] in by_code:
            report.add(number, f"Code “{row['code']}” stands in row {by_code[row['code']][0]} already.")
        elif row["code"]:
            by_code[row["code"]] = (number, row)
    for number, row in rows:
        _check_parent(number, row, by_code, report)
    return rows


def _wrong_words(row):
    """Sentences on a line's level, code, title and confidence."""
    if row["level"] not in Outcome.Level.values:
        yield f"Level “{row['level']}” is not one of {', '.join(Outcome.Level.values)}."
    for name in ("code", "title"):
        if not row[name]:
            yield f"The {name} is missing."
    for name, length in LONGEST.items():
        if len(row.get(name, "")) > length:
            yield f"The {name.replace('_', ' ')} is longer than {length} characters."
    if row["confidence"] not in Confidence.values:
        yield f"Confidence “{row['confidence']}” is not V (as published) or C (to be checked)."


def _wrong_unit(row):
    if row["unit"] and row["unit"] not in Unit.values:
        yield f"Unit “{row['unit']}” is not one of {', '.join(Unit.values)}."
    if row["level"] != "measure" and (row["unit"] or row["unit_words"]):
        yield "Only a measure has a unit."


def _check_parent(number, row, by_code, report):
    parent = row["parent"]
    if not parent:
        if row["level"] in ("criterion", "measure"):
            report.add(number, f"A {row['level']} needs a parent.")
        return
    if parent not in by_code:
        report.add(number, f"Parent “{parent}” is not in the file.")
        return
    seen, code = [row["code"]], parent
    while code:
        if code in seen:
            report.add(number, f"The parents go round in a circle: {' → '.join([*seen, code])}.")
            return
        seen.append(code)
        code = by_code[code][1]["parent"] if code in by_code else ""
    above = by_code[parent][1]["level"]
    allowed = ABOVE.get(row["level"], [])
    if above not in allowed:
        under = " or ".join(allowed) or "nothing"
        report.add(number, f"A {row['level']} stands under {under}, not under a {above}.")


def _values(row):
    return {
        "level": row["level"],
        "title": row["title"],
        "description": row["description"],
        "unit": row["unit"],
        "unit_words": row["unit_words"],
        "confidence": row["confidence"],
    }


def _count(model, checked, report):
    kept = {line.code: line for line in model.outcomes.select_related("parent")}
    for position, (_, row) in enumerate(checked):
        line = kept.get(row["code"])
        if line is None:
            report.created += 1
        elif _differs(line, row, position):
            report.changed += 1
        else:
            report.unchanged += 1


def _differs(line, row, position):
    return any(getattr(line, name) != value for name, value in _values(row).items()) or (
        (line.parent.code if line.parent else "") != row["parent"] or line.position != position
    )


def _save_lines(model, checked, report):
    _count(model, checked, report)
    saved = {}
    for position, (_, row) in enumerate(checked):
        saved[row["code"]], _ = Outcome.objects.update_or_create(
            model=model, code=row["code"], defaults=_values(row) | {"position": position}
        )
    for _, row in checked:
        parent = saved.get(row["parent"])
        saved[row["code"]].parent = parent
        saved[row["code"]].save(update_fields=["parent"])


def write_lines(model):
    """The model as CSV text, as read_lines reads it."""
    return write_table(
        COLUMNS,
        (
            [
                o.level,
                o.code,
                o.title,
                o.parent.code if o.parent else "",
                o.description,
                o.unit,
                o.unit_words,
                o.confidence,
            ]
            for o in model.outcomes.select_related("parent").order_by("position", "code")
        ),
    )
