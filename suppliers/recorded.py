"""What another system recorded before this one: added in the order in which it was entered there, and settled so."""

from datetime import datetime, time
from itertools import groupby

from django.db import transaction
from django.utils import timezone

from . import ledger
from .accounts import Facts, Recorded
from .ledger import Act, Source
from .models import RecordedEvent

NOON = time(12)


@ledger.told_by
def facts(numbers):
    """{commitment id: Facts} of recorded events, each with what corrections made of it."""
    found = {number: Facts() for number in numbers}
    sums, days = {}, {}
    rows = RecordedEvent.objects.filter(commitment__in=numbers).order_by("pk")
    for event in rows.only("commitment", "kind", "quantity", "happened_on", "first"):
        key = event.commitment_id, event.number, event.kind
        sums[key] = sums.get(key, 0) + event.quantity
        days.setdefault(key, event.happened_on)
    for (commitment, number, kind), amount in sums.items():
        day = days[commitment, number, kind]
        found[commitment].recorded.append(Recorded(event=number, account=kind, amount=amount, day=day))
    return found


@transaction.atomic
def add(events, *, by, by_words=""):
    """Keep new RecordedEvents; those of a commitment settle day by day, as they were entered.

    `events` are not saved yet; what they refer to is saved, or stands before them among those of its day or earlier.
    """
    ordered = sorted(events, key=lambda event: (event.commitment_id, event.entered_on))
    for (_, entered_on), together in groupby(ordered, key=lambda event: (event.commitment_id, event.entered_on)):
        batch = list(together)
        for event in batch:
            event.by, event.by_words = by, by_words
            event.refers_to, event.first = event.refers_to, event.first  # their numbers, saved by now
            event.save()
        known_since = timezone.make_aware(datetime.combine(entered_on, NOON))
        reasons = dict.fromkeys(event.reason for event in batch if event.reason)
        words = "; ".join(reasons) or "Recorded in another system"
        act = Act(Source.RECORDED, words, by=by, by_words=by_words, day=entered_on, known_since=known_since)
        ledger.settle(batch[0].commitment, act)
