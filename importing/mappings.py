"""How the headings of a layout were read once: asked for, and then remembered."""

from . import headings, sheets
from .models import ColumnMapping
from .writing import CHOICES


def remembered(kind):
    """A look-up of what was said of a layout: hash to ({heading: field}, {heading: how its column is written})."""

    def find(layout):
        saved = ColumnMapping.objects.filter(kind=kind, headings_hash=layout).first()
        return (saved.mapping, saved.answers) if saved else ({}, {})

    return find


def together(before, mapping):
    """What was said of columns before and now: a field that another column is now is what was said last."""
    now = set(mapping.values()) - {""}
    return {heading: name for heading, name in before.items() if name not in now} | mapping


def each_with(before, now):
    """{heading: {about: answer}} of what was said before and now, heading by heading."""
    return {heading: before.get(heading, {}) | now.get(heading, {}) for heading in {**before, **now}}


def remember(importer, path, mapping, answers=None, by=None):
    """Save `mapping` and how columns are written for each layout of the file, so that it need not be said again; what
    was said before of other columns stays.

    What becomes of faulty rows is said of one file alone.
    """
    how = {
        heading: {about: each[about] for about in each if about in CHOICES} for heading, each in (answers or {}).items()
    }
    for sheet in sheets.read(path, releases=importer.reads_releases):
        position, found = headings.find_header(list(sheet.rows), importer.fields, mapping)
        if position is not None:
            layout = headings.layout_hash(found)
            before, written = remembered(importer.kind)(layout)
            said = each_with(written, how)
            ColumnMapping.objects.update_or_create(
                kind=importer.kind,
                headings_hash=layout,
                defaults={
                    "mapping": together(before, mapping),
                    "answers": {heading: each for heading, each in said.items() if each},
                    "saved_by": by,
                },
            )
