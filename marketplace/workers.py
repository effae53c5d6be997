"""Workers on the queue: each beats while it lives; what a dead one was doing is taken up again.

The queue is the database (django-tasks-db). It has no answer of its own for a worker that was killed: its task would
stay "running" for ever. All our tasks go by tables and may be run again, so a dead worker's task simply waits anew.
"""

import logging
import os
import socket
import threading
from contextlib import suppress
from datetime import timedelta

from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from mail import delivery

from .models import WorkerBeat

BEAT_SECONDS = 5
DEAD_SECONDS = 45  # so long without a beat, a worker on another host is taken for dead
TRIES = 5
KEPT_DAYS = 14

NICE = 10  # pages come first where a worker shares a machine with them

logger = logging.getLogger(__name__)


def step_back():
    """Let other processes of this machine go first, where it knows of that."""
    if hasattr(os, "nice"):
        os.nice(NICE)


def beat(worker_id):
    WorkerBeat.objects.update_or_create(
        worker_id=worker_id,
        defaults={"host": socket.gethostname(), "process": os.getpid(), "beat_at": timezone.now()},
    )


def is_alive(worker, now):
    """A worker lives while it beats; on this host, where we can look, only while its process is there as well."""
    if worker.beat_at <= now - timedelta(seconds=DEAD_SECONDS):
        return False  # whatever has its process number now
    if worker.host != socket.gethostname():
        return True
    try:
        with suppress(PermissionError):  # it is there, but somebody else's
            os.kill(worker.process, 0)
    except ProcessLookupError:
        return False
    return True


@transaction.atomic
def take_up(now=None):
    """Let tasks and e-mail of dead workers wait again; returns how many tasks. One tried too often fails, aloud."""
    now = now or timezone.now()
    beats = {worker.worker_id: worker for worker in WorkerBeat.objects.all()}
    living = {name for name, worker in beats.items() if is_alive(worker, now)}
    delivery.take_up(living, now)
    count = 0
    for task in DBTaskResult.objects.running().select_for_update(skip_locked=True):
        if task.worker_ids and task.worker_ids[-1] in living:
            continue
        unknown = not task.worker_ids or task.worker_ids[-1] not in beats
        if unknown and task.started_at and task.started_at > now - timedelta(seconds=DEAD_SECONDS):
            continue  # it may just have begun
        if len(task.worker_ids) >= TRIES:
            task.set_failed(RuntimeError(f"Tried {TRIES} times; each time the worker died."))
            logger.error("Task %s (%s) was given up: its worker died %s times", task.id, task.task_path, TRIES)
            continue
        DBTaskResult.objects.filter(pk=task.pk).update(status="READY", started_at=None)
        logger.warning("Task %s (%s) waits again: its worker died", task.id, task.task_path)
        count += 1
    WorkerBeat.objects.filter(beat_at__lt=now - timedelta(days=1)).delete()
    return count


def prune(now=None):
    """Forget results of tasks that ended KEPT_DAYS ago."""
    moment = (now or timezone.now()) - timedelta(days=KEPT_DAYS)
    DBTaskResult.objects.finished().filter(finished_at__lt=moment).delete()


class Heart(threading.Thread):
    """Beats for a worker and takes up what the dead left, until it is stopped."""

    def __init__(self, worker_id):
        super().__init__(daemon=True)
        self.worker_id = worker_id
        self.stopped = threading.Event()

    def run(self):
        while not self.stopped.wait(BEAT_SECONDS):
            with suppress(DatabaseError):  # tried again at the next beat
                beat(self.worker_id)
                take_up()
            connection.close_if_unusable_or_obsolete()
        connection.close()

    def stop(self):
        self.stopped.set()
        with suppress(DatabaseError):
            WorkerBeat.objects.filter(worker_id=self.worker_id).delete()
