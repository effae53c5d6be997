"""Which pages there are to keep, whichever room their type lives in."""

from wagtail.models import Page, get_page_models

from ..models import KeptPage, OwnedPage


def owned_pages():
    """Every live page that a role owns, in its own type."""
    return _live(OwnedPage).specific()


def kept_pages():
    """Every live page of guidance, in its own type: those that are reviewed."""
    return _live(KeptPage).specific()


def _live(base):
    types = [model for model in get_page_models() if issubclass(model, base)]
    return Page.objects.live().type(*types).order_by("path")
