"""What a file is read into: sheets of rows, with row and column as a person sees them, and what is told of them."""

from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

MOST_COLUMNS = 2000


class Unreadable(Exception):
    """The file can't be read at all; its text says what to do."""


class BrokenRow(Exception):
    """A row of text whose cells can't be told apart; its text says what to do."""

    def __init__(self, row, sentence):
        super().__init__(sentence)
        self.row = row


@dataclass
class Sheet:
    """`rows` yields (row number from 1, values). `lettered` sheets name columns by letter, others by heading.

    `has_formulas` is told of a workbook only; `unreckoned` are its cells, (row, column from 0), whose formula was
    never worked out, so that they look empty. `from_1904` workbooks count days from that year; a text with
    `no_line_end` may have been cut off. `told` is filled while rows are read: {row: sentence} of what a person may not
    see in them.
    """

    name: str
    rows: object
    lettered: bool = False
    has_formulas: bool = False
    unreckoned: frozenset = frozenset()
    by_semicolon: bool = False
    from_1904: bool = False
    no_line_end: bool = False
    told: dict = field(default_factory=dict)

    def column(self, index, heading):
        return get_column_letter(index + 1) if self.lettered else heading
