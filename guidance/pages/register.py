"""Which pages there are to keep, whichever room their type lives in."""

from wagtail.models import Page, get_page_models

from .types import KeptPage, OwnedPage


def owned_pages():
    """Every live page that a role owns, in its own type."""
    return _of(OwnedPage).live().specific()


def kept_pages(drafts=False):
    """Every live page of guidance, in its own type: those that are reviewed. With `drafts`, those never public too."""
    return (_of(KeptPage) if drafts else _of(KeptPage).live()).specific()


def _of(base):
    types = [model for model in get_page_models() if issubclass(model, base)]
    return Page.objects.type(*types).order_by("path")
