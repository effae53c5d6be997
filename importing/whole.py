"""What looks wrong with a file as a whole: half of it gone, amounts tenfold, all days in one month."""

from collections import Counter
from datetime import date
from decimal import Decimal

FEWEST = 10  # rows, from which a whole tells anything
TENFOLD = 8  # times as much as before, or as little
FACTORS = (10, 100, 1000, 1_000_000)


def look_at_days(importer, records, report):
    """Warn of columns of days that all lie in one month, where days are not all the same by their nature."""
    if len(records) < FEWEST:
        return
    for field in importer.fields:
        if field.holds != "day":
            continue
        days = [day for record in records if isinstance(day := record.values.get(field.name), date)]
        months = {(day.year, day.month) for day in days}
        if len(days) >= FEWEST and len(months) == 1:
            called = records[0].columns.get(field.name, field.label)
            words = "are the same" if len(set(days)) == 1 else f"lie in {days[0]:%B %Y}"
            message = f"All {len(days)} days of the {field.label} {words}. Is this the whole file?"
            report.add("warning", sheet=records[0].sheet, row=1, column=called, code="days_alike", message=message)


def look_at_what_is_gone(report, held):
    """Warn where half of what a file of this kind held before is not in it any more."""
    if held >= FEWEST and len(report.gone) > held / 2:
        message = f"{len(report.gone)} of {held} that were in this file before are not in it now. Is it the whole file?"
        report.add("warning", sheet="", row=1, code="half_gone", message=message)


def is_tenfold(before, after):
    return bool(before and after) and not 1 / TENFOLD < after / before < TENFOLD


class Weighed:
    """The amounts of things that were there before: what they came to, and what the file says they come to."""

    def __init__(self):
        self.before, self.after, self.factors, self.count = Counter(), Counter(), Counter(), Counter()

    def compare(self, importer, found, record, report):
        """Note what a row would change, old beside new."""
        pairs = importer.differences(found, record.values)
        fields = {field.name: field for field in importer.fields}
        shown = [
            [fields[name].label if name in fields else name, _as_text(old), _as_text(new)] for name, old, new in pairs
        ]
        report.changes.append({"what": str(found), "sheet": record.sheet, "row": record.row, "fields": shown})
        for name, old, new in pairs:
            if name in fields and fields[name].holds == "amount" and old and new:
                self.weigh(fields[name].label, Decimal(old), Decimal(new))

    def weigh(self, label, old, new):
        self.before[label] += old
        self.after[label] += new
        self.count[label] += 1
        self.factors[label] += any(old * factor == new or new * factor == old for factor in FACTORS)

    def tell(self, report):
        """Warn of amounts that changed as though a point or a scale had been lost."""
        for label, count in self.count.items():
            before, after, factors = self.before[label], self.after[label], self.factors[label]
            if count >= FEWEST // 2 and (is_tenfold(before, after) or factors >= count / 2):
                message = (
                    f"Of {count} that change, the {label} came to {before:,.2f} and would come to {after:,.2f}. "
                    "Was a point or “£000” lost?"
                )
                report.add("warning", sheet="", row=1, code="tenfold", message=message)


def _as_text(value):
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return f"{value:%-d %B %Y}"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return f"{value:,.2f}" if isinstance(value, Decimal) else str(value)
