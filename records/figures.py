"""The registry of figures: what each counts, in one sentence, how it is worked out, and the entries behind it.

Rooms register theirs when the site starts. Pages, exports, e-mails and papers ask here; none counts for itself
(rule 19). The entries of a figure add up to it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

AT_ONCE = 2000


@dataclass(frozen=True)
class Entry:
    """One thing that a figure counts, without anybody's name; `address` is where it opens, or ""."""

    words: str
    amount: Decimal
    address: str = ""
    note: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Entries:
    """The rows behind a figure, as a paginator takes them: a QuerySet, and what makes an Entry of a row."""

    rows: object
    entry: Callable

    def __len__(self):
        return self.rows.count()

    def __iter__(self):
        return (self.entry(row) for row in self.rows.iterator(AT_ONCE))

    def __getitem__(self, part):
        return [self.entry(row) for row in self.rows[part]]


def say_number(amount, **scope):
    """An amount without its unit, which the figure itself names."""
    return f"{amount:,}"


@dataclass(frozen=True)
class Figure:
    """`value(**scope)`, `entries(**scope)` and `say(amount, **scope)` take what `narrowed_by` names and no more.

    `unit` is what it is counted in; "" where the scope says. `permission` is what whoever sees it must hold, "" for
    everybody.
    """

    name: str
    label: str
    sentence: str
    value: Callable
    entries: Callable
    unit: str = ""
    narrowed_by: tuple = ()
    permission: str = ""
    say: Callable = say_number
    by_unit: Callable | None = None  # {unit: amount} of today at once, where that is cheaper than one after the other


_figures = {}


def register(figure):
    _figures[figure.name] = figure
    return figure


def get(name):
    """The Figure of that name, or None."""
    return _figures.get(name)


def every():
    """[Figure] in the order in which they were registered."""
    return list(_figures.values())


def value(name, **scope):
    """What a figure comes to; LookupError where there is none of that name."""
    figure = get(name)
    if figure is None:
        raise LookupError(name)
    return figure.value(**scope)
