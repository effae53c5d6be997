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


def remember(importer, path, mapping, answers=None, by=None):
    """Save `mapping` and how columns are written for each layout of the file, so that it need not be said again.

    What becomes of faulty rows is said of one file alone.
    """
    how = {
        heading: {about: each[about] for about in each if about in CHOICES} for heading, each in (answers or {}).items()
    }
    for sheet in sheets.read(path, releases=importer.reads_releases):
        position, found = headings.find_header(list(sheet.rows), importer.fields, mapping)
        if position is not None:
            ColumnMapping.objects.update_or_create(
                kind=importer.kind,
                headings_hash=headings.layout_hash(found),
                defaults={
                    "mapping": mapping,
                    "answers": {name: said for name, said in how.items() if said},
                    "saved_by": by,
                },
            )
