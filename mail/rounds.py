"""The rounds of those who want their e-mails together: one message a day, or a week, of all that was held for them.

What is sent is deleted in the same transaction: a worker that is killed leaves all or nothing, and of two workers the
second passes by.
"""

from django.db import transaction
from django.utils import timezone

from .composing import Reader, compose
from .models import Held

MOST_ADDRESSES = 500


def send_due(now=None):
    """Write to everybody whose round has come; returns how many were written to."""
    now = now or timezone.now()
    due = Held.objects.filter(due_at__lte=now).order_by("address").values_list("address", flat=True).distinct()
    return sum(_send(address, now) for address in list(due[:MOST_ADDRESSES]))


@transaction.atomic
def _send(address, now):
    rows = Held.objects.filter(address=address, due_at__lte=now).select_for_update(skip_locked=True)
    held = list(rows.order_by("at", "pk"))
    if not held:
        return 0
    compose("round", Reader(address, held[-1].name), None, False, held=held).send()
    Held.objects.filter(pk__in=[row.pk for row in held]).delete()
    return 1
