"""Which column of a sheet is which field: what is sure is taken, what is not is asked about, the rest is said."""

from dataclasses import dataclass, field
from functools import cached_property

from . import doubts, headings, meanings
from .headings import heading_words

CURRENCY = ("currency", "currency code", "contract currency")


@dataclass
class Layout:
    """One sheet as it will be read: `columns` is {field name: column index}, `rows` is [(row number, cells)],
    `writing` {field name: how its column is written}, `read_before` {field name: {cell: what it was read as}}.

    What follows from the columns is asked for once they are settled.
    """

    sheet: object
    headings: list
    heading_row: int
    rows: list
    columns: dict = field(default_factory=dict)
    fields: dict = field(default_factory=dict)
    writing: dict = field(default_factory=dict)
    read_before: dict = field(default_factory=dict)
    said: dict = field(default_factory=dict)

    @cached_property
    def called(self):
        """{field name: its column as a person finds it}."""
        return {name: self.sheet.column(index, self.headings[index]) for name, index in self.columns.items()}

    @cached_property
    def required(self):
        return [name for name in self.columns if self.fields[name].required and not self.fields[name].may_be_empty]

    @cached_property
    def width(self):
        """How many columns stand under a heading, counted to the last one."""
        return max((index for index, heading in enumerate(self.headings) if heading), default=-1) + 1

    @cached_property
    def known_words(self):
        texts = [heading for heading in self.headings if heading and not heading.endswith(headings.NO_HEADING)]
        return [heading_words(text) for text in texts]

    @cached_property
    def currency(self):
        """The index of the column that names each row's currency, None where there is none."""
        named = (at for at, heading in enumerate(self.headings) if heading_words(heading) in CURRENCY)
        return next((at for at in named if at not in self.columns.values()), None)

    def leaves_empty(self, name, problem):
        """Whether somebody said that cells of a field with this (severity, code, sentence) are to stay empty."""
        said = {**self.said.get(self.headings[self.columns[name]], {}), **self.said.get(self.called[name], {})}
        return problem[0] == "error" and said.get(problem[1]) == "empty" and not self.fields[name].required

    def cells_under(self, index):
        return [cells[index] for _, cells in self.rows if index < len(cells)]


def find(importer, sheet, rows, mapping, report):
    """The Layout of a sheet with its row of headings, its columns not known yet; None where there are no headings."""
    position, found = headings.find_header(rows, importer.fields, mapping)
    if position is not None:
        fields = {each.name: each for each in importer.fields}
        return Layout(sheet, found, rows[position][0], rows[position + 1 :], fields=fields)
    if any(any(value not in (None, "") for value in values) for _, values in rows):
        message = f"No headings were recognised on “{sheet.name}”; the sheet was left out."
        report.add("warning", sheet=sheet.name, row=1, code="sheet_not_used", message=message)
    return None


def settle(importer, layout, mapping, report):
    """Fill in the columns of a Layout; False where a required one is missing. `mapping` decides before any guess."""
    found = meanings.match(layout.headings, layout.cells_under, importer.fields, mapping)
    layout.columns = found.columns
    left = {
        heading: layout.cells_under(index)
        for index, heading in enumerate(layout.headings)
        if heading in found.unused and heading not in mapping
    }
    doubts.ask_about_columns(importer, layout, found, left, report)
    place = {"sheet": layout.sheet.name, "row": layout.heading_row}
    for heading, name, message in importer.asks(found.columns, left):
        report.add("error", **place, column=heading, code="column_asked", message=message)
        report.ask(layout, heading, name, 0.5, importer.fields)
    for name, index in found.columns.items():
        sure = found.sure.get(name)
        why = "as somebody said" if sure is None else f"its words and what stands in it, {sure:.0%} sure"
        report.decide(layout.headings[index], name, layout.fields[name].label, "its own words" if sure == 1 else why)
    currency = layout.headings[layout.currency] if layout.currency is not None else None
    found.unused = [heading for heading in found.unused if heading != currency]
    labels = {each.name: each.label for each in importer.fields}
    _say_what_is_left_out(found, labels, place, report)
    return not _say_what_is_missing(importer, found.columns, place, report)


def _say_what_is_left_out(found, labels, place, report):
    for heading in found.unused:
        message = f"The column “{heading}” was left out."
        report.add("warning", **place, column=heading, code="column_not_used", message=message)
    for heading, guess, _ in found.unsure:
        report.unsure.append({"heading": heading, "field": guess})
        message = f"“{heading}” may be the {labels[guess]}. Say so to use it."
        report.add("warning", **place, column=heading, code="column_unsure", message=message)


def _say_what_is_missing(importer, columns, place, report):
    made = importer.made(columns)
    for sentence in made.values():
        report.add("warning", **place, code="column_made", message=sentence)
    missing = [each for each in importer.fields if each.required and each.name not in {*columns, *made}]
    for wanted in missing:
        message = f"No column for {wanted.label} was found. Say which it is."
        report.add("error", **place, code="missing_column", message=message)
    return missing
