"""What matching has to follow: noted in the transaction that changes it, followed by a worker within a minute."""

from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from ..models import Change

BATCH = 2000


def note_request(number, went_live=False):
    _note(Change(of=Change.Of.REQUEST, number=number, went_live=went_live))


def note_commitment(number):
    _note(Change(of=Change.Of.COMMITMENT, number=number))


def note_everything():
    """The vocabulary or the weights changed: every list is worked out again."""
    _note(Change(of=Change.Of.EVERYTHING))


def _note(change):
    """Write the note; wake a worker once a transaction."""
    change.save()
    waiting = transaction.get_connection().run_on_commit
    if not any(call[1] is wake for call in waiting):
        transaction.on_commit(wake)


def wake():
    """Put the task in the queue unless it waits there already."""
    from . import tasks

    if not DBTaskResult.objects.filter(task_path=tasks.follow.module_path, status="READY").exists():
        tasks.follow.enqueue()


def follow():
    """Bring the lists up to date with what was noted; returns the requests that have just become public.

    A note is deleted when it is followed, so that a worker killed on the way leaves it for the next.
    """
    from . import ranking, tasks

    notes = list(Change.objects.order_by("pk")[:BATCH])
    requests = sorted({note.number for note in notes if note.of == Change.Of.REQUEST})
    commitments = sorted({note.number for note in notes if note.of == Change.Of.COMMITMENT})
    if any(note.of == Change.Of.EVERYTHING for note in notes):
        ranking.rank_all()
        tasks.rank_rest.enqueue(timezone.now().isoformat())
        requests = commitments = []
    if commitments:
        ranking.rank_commitments(commitments)
    if requests:
        ranking.rank_requests(requests)
    live = [note.number for note in notes if note.went_live]
    return notes, live


def done(notes):
    Change.objects.filter(pk__in=[note.pk for note in notes]).delete()
