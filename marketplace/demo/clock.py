"""The demo's history is made by the site's own verbs, each at its own past moment."""

from contextlib import contextmanager
from unittest import mock

from django.utils import timezone


@contextmanager
def at(moment):
    """Let the site believe that it is `moment` (an aware datetime)."""
    with mock.patch.object(timezone, "now", return_value=moment):
        yield
