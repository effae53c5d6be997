"""How the headings of a layout were read once: asked for, and then remembered."""

from . import headings, sheets
from .models import ColumnMapping


def remembered(kind):
    """A look-up of the mapping saved for a layout: hash to {heading: field}."""

    def find(layout):
        saved = ColumnMapping.objects.filter(kind=kind, headings_hash=layout).first()
        return saved.mapping if saved else {}

    return find


def remember(importer, path, mapping, by=None):
    """Save `mapping` for each layout of the file, so that it need not be given again."""
    for sheet in sheets.read(path):
        position, found = headings.find_header(list(sheet.rows), importer.fields, mapping)
        if position is not None:
            ColumnMapping.objects.update_or_create(
                kind=importer.kind,
                headings_hash=headings.layout_hash(found),
                defaults={"mapping": mapping, "saved_by": by},
            )
