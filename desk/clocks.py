"""Clocks of what waits: working days in England, weekends and bank holidays left out."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

import holidays
from django.utils import timezone

MOST_BLOCKS = 10  # more days than that are said, not drawn


@cache
def bank_holidays():
    return holidays.country_holidays("GB", subdiv="ENG")


def is_working(day):
    return day.weekday() < 5 and day not in bank_holidays()


def working_days_after(day, count):
    """The day that lies `count` working days after `day`."""
    while count:
        day += timedelta(days=1)
        count -= is_working(day)
    return day


def working_days_before(day, count):
    """The last day from which `count` working days have passed on `day`."""
    while count:
        count -= is_working(day)
        day -= timedelta(days=1)
    return day


def end_of_day(day):
    """The last second of a day in London."""
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


def passed(count, now=None):
    """The moment up to which something must lie for `count` working days to have passed since its day."""
    return end_of_day(working_days_before(timezone.localdate(now), count))


def working_days_between(first, last):
    """How many working days come after `first` up to and with `last`; below nothing where last comes before."""
    if last < first:
        return -working_days_between(last, first)
    weeks, rest = divmod((last - first).days, 7)
    days = weeks * 5 + sum((first + timedelta(days=number)).weekday() < 5 for number in range(1, rest + 1))
    years = range(first.year, last.year + 1)
    off = (day for year in years for day in _weekday_holidays(year) if first < day <= last)
    return days - sum(1 for _ in off)


@cache
def _weekday_holidays(year):
    found = holidays.country_holidays("GB", subdiv="ENG", years=year)
    return tuple(day for day in found if day.weekday() < 5 and day.year == year)


@dataclass(frozen=True)
class Clock:
    """How long something waits: of `allowed` working days up to `due`, `left` are left, below 0 when it is late."""

    since: date
    due: date
    allowed: int
    left: int

    @property
    def is_late(self):
        return self.left < 0

    @property
    def is_near(self):
        """Due today or on the next working day."""
        return 0 <= self.left <= 1

    @property
    def words(self):
        if self.left < 0:
            return f"Late by {-self.left} day{'s' if self.left < -1 else ''}"
        return {0: "Due today", 1: "1 day left"}.get(self.left, f"{self.left} days left")

    @property
    def blocks(self):
        """A word a working day, to be drawn: "spent", "left", then "late" for those beyond."""
        if self.allowed > MOST_BLOCKS:
            return []
        spent = max(self.allowed - max(self.left, 0), 0)
        late = min(max(-self.left, 0), MOST_BLOCKS - self.allowed // 2)
        return ["spent"] * spent + ["left"] * (self.allowed - spent) + ["late"] * late


def allowing(since, allowed, today=None):
    """The Clock of what came in on the day `since` and is to be answered within `allowed` working days."""
    return until(since, working_days_after(since, allowed), today)


def until(since, due, today=None):
    """The Clock of what came in on the day `since` and has the day `due` as its last."""
    today = today or timezone.localdate()
    allowed = max(working_days_between(since, due), 0)
    left = working_days_between(today, due)
    return Clock(since, due, allowed, -1 if left == 0 and due < today else left)
