"""What matching has to follow: noted in the transaction that changes it, followed by a worker within a minute."""

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from ..models import Change

BATCH = 2000

noted = Signal()  # sent once a transaction that noted something, when it is committed


def note_request(number, went_live=False):
    _note(Change(of=Change.Of.REQUEST, number=number, went_live=went_live))


def note_commitment(number):
    note_commitments([number])


def note_commitments(numbers):
    _note(*(Change(of=Change.Of.COMMITMENT, number=number) for number in numbers))


def note_everything():
    """The vocabulary or the weights changed: every list is worked out again."""
    _note(Change(of=Change.Of.EVERYTHING))


def _note(*notes):
    """Write the notes; announce them once a transaction, when it is committed.

    Django keeps the list of what is done on commit to itself, but it alone knows what a rolled back savepoint took
    out of it.
    """
    Change.objects.bulk_create(notes)
    waiting = transaction.get_connection().run_on_commit
    if notes and not any(call[1] is announce for call in waiting):
        transaction.on_commit(announce)


def announce():
    noted.send(None)


def follow():
    """Bring the lists up to date with what was noted; returns the requests that have just become public.

    A note is deleted when it is followed, so that a worker killed on the way leaves it for the next.
    """
    from . import engine, tasks

    notes = list(Change.objects.order_by("pk")[:BATCH])
    requests = sorted({note.number for note in notes if note.of == Change.Of.REQUEST})
    commitments = sorted({note.number for note in notes if note.of == Change.Of.COMMITMENT})
    if any(note.of == Change.Of.EVERYTHING for note in notes):
        engine.rank_all()
        tasks.rank_rest.enqueue(timezone.now().isoformat())
        requests = commitments = []
    if commitments:
        engine.rank_commitments(commitments)
    if requests:
        engine.rank_requests(requests)
    live = [note.number for note in notes if note.went_live]
    return notes, live


def done(notes):
    Change.objects.filter(pk__in=[note.pk for note in notes]).delete()
