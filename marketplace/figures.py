"""The front page's figures, kept for half a minute by each worker; the page itself for less than that."""

from dataclasses import dataclass

from django.core.cache import caches

from records import figures


@dataclass(frozen=True)
class FrontPage:
    """Requests that anybody may read: all, those still in need, and those wholly confirmed."""

    posted: int
    open: int
    met: int


def front_page():
    """The FrontPage of half a minute ago at most."""
    return caches["local"].get_or_set("front_page", count, 30)


def count():
    """As `front_page`, counted now."""
    return FrontPage(**{name: figures.value(name) for name in ("posted", "open", "met")})
