"""Figures and lists that come from the rooms above: they register what they can show, pages name it.

Guidance knows nothing of requests or suppliers. `marketplace.feeds` registers figures and lists when the site
starts; an editor picks one by its name; a page asks for it when it is read. Values are kept for half a minute by
each worker, and a page that shows one is cached for less than half a minute: never more than a minute old.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.cache import caches

KEEP_SECONDS = 30

_figures = {}
_lists = {}
_touched = {}


@dataclass(frozen=True)
class Figure:
    """A number from the live data: what it counts, how to read it, and where it opens down to its evidence."""

    name: str
    label: str
    read: Callable[[], Any]
    address: str


@dataclass(frozen=True)
class ShownFigure:
    """A registered figure as it is now: text or a number, and the address of its evidence."""

    label: str
    value: Any
    address: str


def register_figure(name, label, read, address):
    """Offer a figure to editors. `read()` returns text or a number; `address` is where its evidence is seen."""
    _figures[name] = Figure(name, label, read, address)


def figure_choices():
    return [(figure.name, figure.label) for figure in _figures.values()]


def figure(name):
    """The ShownFigure of a name; None where no room offers it any more."""
    found = _figures.get(name)
    if found is None:
        return None
    value = caches["local"].get_or_set(f"figure-{name}", found.read, KEEP_SECONDS)
    return ShownFigure(found.label, value, found.address)


def register_list(name, template, read):
    """Offer a list of things to pages: `read(**wanted)` returns rows that `template` draws."""
    _lists[name] = (template, read)


def listing(name, **wanted):
    """(template, rows) of a registered list; (None, []) where no room offers it."""
    template, read = _lists.get(name, (None, None))
    if template is None:
        return None, []
    key = f"list-{name}-" + "-".join(str(value) for value in wanted.values())
    return template, caches["local"].get_or_set(key, lambda: read(**wanted), KEEP_SECONDS)


def register_touched(name, label, read):
    """Say what a new model version touches in another room.

    `read(outcomes)` takes the ids of lines of the version before and returns [(words, address)], one for each
    thing that refers to one of them.
    """
    _touched[name] = (label, read)


def touched(outcomes):
    """{label: [(words, address)]} of everything the rooms above keep that refers to these lines."""
    return {label: read(outcomes) for label, read in _touched.values()}


def forget():
    """Drop every kept value, for example when a page is published."""
    caches["local"].clear()
