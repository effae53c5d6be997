"""Days as commands are given them."""

from datetime import date

from django.core.management.base import CommandError


def read_day(text):
    """A date of YYYY-MM-DD; CommandError (exit status 2) for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise CommandError(f"“{text}” is not a day. Write it like 2026-11-25.", returncode=2) from wrong
