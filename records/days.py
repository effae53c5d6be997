"""Days: as commands are given them, and months, anniversaries and London's midnight reckoned."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta

from django.core.management.base import CommandError
from django.utils import timezone

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


def months_after(day, months):
    """The same day `months` later (earlier below 0), or the last day of that month where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def year_before(day):
    """The same day a year before; 28 February for 29 February."""
    return months_after(day, -12)


def day_after(day):
    return day + timedelta(days=1)


def is_leap_day(day):
    return (day.month, day.day) == (2, 29)


def month_end(day):
    """The last day of a day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def month_ends(first, last):
    """[date] of the ends of every month from that of `first` to that of `last`, oldest first."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return [month_end(months_after(first.replace(day=1), number)) for number in range(months + 1)]


def seconds_to_midnight(now=None):
    """Whole seconds until London's next midnight, summer time reckoned in."""
    now = timezone.localtime(now)
    midnight = timezone.make_aware(datetime.combine(now.date() + timedelta(days=1), time.min))
    return int(midnight.timestamp() - now.timestamp())
