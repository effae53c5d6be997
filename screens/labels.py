"""Cells of a table that know their column: on a phone a row becomes a block, each cell with its heading before it.

The roles say again what the markup says: a style that shows a row as a block may take its meaning away.
"""

import re

from django.utils.html import escape
from django.utils.safestring import mark_safe  # for markup that came from the template engine

ROW_OR_CELL = re.compile(r"<(tr|td|th)\b([^>]*)>")
SPAN = re.compile(r'\b(row|col)span="(\d+)"')


def labelled(rows, columns):
    """The markup of a table's rows with a role on each row and cell, and the heading of its column on each cell."""
    names, below, place = [escape(column) for column in columns], {}, 0

    def mark(found):
        nonlocal place
        kind, rest = found.groups()
        if kind == "tr":
            place = 0
            return f'<tr role="row"{rest}>'
        while below.get(place):  # a cell of a row above reaches down to here
            below[place] -= 1
            place += 1
        spans = {which: int(number) for which, number in SPAN.findall(rest)}
        below[place] = spans.get("row", 1) - 1
        label = names[place] if place < len(names) and spans.get("col", 1) == 1 else ""
        place += spans.get("col", 1)
        role = "rowheader" if kind == "th" else "cell"
        return f'<{kind} role="{role}" data-label="{label}"{rest}>'

    return mark_safe(ROW_OR_CELL.sub(mark, rows))
