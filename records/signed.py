"""Signed links: what a link holds is read back only as it was written, for its purpose, and while it lasts."""

from datetime import timedelta

from django.core import signing


def make(data, salt):
    """The token of a link that holds `data` (a dict of what JSON can hold), good for the purpose `salt` alone."""
    return signing.dumps(data, salt=salt)


def read(token, salt, *, days=None, seconds=None):
    """What a token holds, or None for one that is void, made up, for another purpose, or older than it may be."""
    lasts = seconds if days is None else timedelta(days=days)
    try:
        return signing.loads(token, salt=salt, max_age=lasts)
    except signing.BadSignature:
        return None
