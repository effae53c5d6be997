"""Days as commands are given them."""

from datetime import date

from django.core.management.base import CommandError

from .bounds import FIRST_DAY, LAST_DAY


def read_day(text):
    """A date of YYYY-MM-DD; CommandError (exit status 2) for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError as wrong:
        raise CommandError(f"“{text}” is not a day. Write it like 2026-11-25.", returncode=2) from wrong
    if not FIRST_DAY <= day <= LAST_DAY:
        raise CommandError(f"“{text}” lies before 2000 or after 2100.", returncode=2)
    return day
