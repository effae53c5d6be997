"""Reminders: each is a row in the transaction that writes the e-mail, so that nobody is told twice (rule 16)."""

from datetime import timedelta
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from .models import Reminder

KEPT_DAYS = 400


def not_yet(rows, what, since):
    """Of a queryset, the rows that nobody was reminded of `what` since the moment in the field `since`."""
    told = Reminder.objects.filter(what=what, number=OuterRef("pk"), since=OuterRef(since))
    return rows.filter(~Exists(told))


def told(what, numbers):
    """{(number, since)} of those that somebody was reminded of `what`."""
    return set(Reminder.objects.filter(what=what, number__in=numbers).values_list("number", "since"))


def mark(what, number, since):
    """Say that somebody is told; IntegrityError where that was said before."""
    Reminder.objects.create(what=what, number=number, since=since, at=timezone.now())


def once(what, number, since, tell):
    """Call `tell()` in one transaction with the row that says so; False where somebody was told before.

    Two workers at one row: the second waits for the first, and finds it told. A worker that is killed leaves neither.
    """
    try:
        with transaction.atomic():
            mark(what, number, since)
            tell()
    except IntegrityError:
        if (number, since) in told(what, [number]):
            return False
        raise  # a fault of what was told
    return True


def write(clocks, now):
    """Write every e-mail that is due by `clocks`; returns how many rows somebody was reminded of.

    Each clock is called with `now` and yields (what, rows, the field of the moment since when, tell): `tell(row)` for
    each of the rows that still waits when its turn comes. Safe to do twice, and at any moment.
    """
    count = 0
    for clock in clocks:
        for what, rows, since, tell in clock(now):
            for row in not_yet(rows, what, since):
                if rows.filter(pk=row.pk).exists():
                    count += once(what, row.pk, getattr(row, since), partial(tell, row))
    return count


def prune(now=None):
    """Forget reminders that are older than any clock."""
    Reminder.objects.filter(at__lt=(now or timezone.now()) - timedelta(days=KEPT_DAYS)).delete()
