"""Signed links: what a link holds is read back only as it was written, for its purpose, and while it lasts."""

from datetime import timedelta

from django.core import signing


def make(data, salt):
    """The token of a link that holds `data` (a dict of what JSON can hold), good for the purpose `salt` alone."""
    return signing.dumps(data, salt=salt)


def short(value, salt):
    """As `make`, of one short text without a colon: half as long, for links that people read in a letter."""
    return signing.TimestampSigner(salt=salt).sign(value)


def read_short(token, salt, *, days):
    """The text of a token that `short` made, or None."""
    try:
        return signing.TimestampSigner(salt=salt).unsign(token, max_age=timedelta(days=days))
    except signing.BadSignature:
        return None


def read(token, salt, *, days=None, seconds=None):
    """What a token holds, or None for one that is void, made up, for another purpose, or older than it may be."""
    lasts = seconds if days is None else timedelta(days=days)
    try:
        return signing.loads(token, salt=salt, max_age=lasts)
    except signing.BadSignature:
        return None
