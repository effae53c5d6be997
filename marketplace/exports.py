"""Every CSV and workbook that Wagtail's lists and reports write, mended at the one place that all of them share.

Cells lose what a spreadsheet would run and what a workbook can't hold, and a list that names no columns exports
nothing: asked for all the same, it is the page that it is without.
"""

from functools import wraps

from wagtail.admin.views.mixins import SpreadsheetExportMixin

from words.cells import guard

MARK = "_guarded_by_marketplace"


def guard_exports():
    """Called once when the site starts."""
    if getattr(SpreadsheetExportMixin, MARK, False):
        return
    setattr(SpreadsheetExportMixin, MARK, True)
    cell, heading, setup = (
        SpreadsheetExportMixin.preprocess_field_value,
        SpreadsheetExportMixin.get_heading,
        SpreadsheetExportMixin.setup,
    )

    @wraps(cell)
    def guarded_cell(self, *args, **kwargs):
        return _text(cell(self, *args, **kwargs))

    @wraps(heading)
    def guarded_heading(self, *args, **kwargs):
        return _text(heading(self, *args, **kwargs))

    @wraps(setup)
    def setup_with_columns(self, *args, **kwargs):
        setup(self, *args, **kwargs)
        self.is_export = bool(self.is_export and self.list_export)

    SpreadsheetExportMixin.preprocess_field_value = guarded_cell
    SpreadsheetExportMixin.get_heading = guarded_heading
    SpreadsheetExportMixin.setup = setup_with_columns


def _text(value):
    return guard(value) if isinstance(value, str) or hasattr(value, "__html__") else value
