"""Transactions that meet another's locks: one order of locking keeps them apart, and one more try the rest."""

from functools import wraps

from django.db import OperationalError, connection, transaction

CODES = {"40P01", "40001"}  # PostgreSQL: deadlock detected, could not serialize


def was_in_the_way(error):
    """Whether the database ended the transaction for another one's sake, so that it may simply be run again."""
    return getattr(error.__cause__, "pgcode", None) in CODES


def atomic_once_more(verb):
    """`transaction.atomic` for a verb; where the database gave it up for another's sake, it is run once more.

    Inside another transaction there is nothing to run again: that one as a whole may be.
    """

    @wraps(verb)
    def run(*args, **kwargs):
        if connection.in_atomic_block:
            with transaction.atomic():
                return verb(*args, **kwargs)
        try:
            with transaction.atomic():
                return verb(*args, **kwargs)
        except OperationalError as error:
            if not was_in_the_way(error):
                raise
        with transaction.atomic():
            return verb(*args, **kwargs)

    return run
