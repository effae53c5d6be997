"""Hints on the posting form that rooms above offer: they register them when the site starts."""

_readers = []
_usual = []


def register(read):
    """Offer a hint: `read(draft)` returns sentences for what a draft says so far."""
    _readers.append(read)


def for_draft(draft):
    return [words for read in _readers for words in read(draft)]


def register_usual_unit(read):
    """Offer what most suppliers count in: `read(kind)` returns a unit, or "" where nobody holds any."""
    _usual.append(read)


def usual_unit(kind):
    return next((unit for read in _usual if (unit := read(kind))), "")
