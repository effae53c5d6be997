"""Following changes in the worker. Safe to run again: a worker that died on the way is followed by another."""

from django_tasks import task
from django_tasks_db.models import DBTaskResult

from .models import Change


@task(backend="worker", priority=50)
def follow():
    """Follow the changes noted since; tell at once of requests that have just become public."""
    from .alerts import recipients, tasks
    from .ranking import changes

    notes, live = changes.follow()
    told = recipients.at_once(live) if live else 0
    changes.done(notes)
    if told:
        tasks.send.enqueue()
    if Change.objects.exists():
        follow.enqueue()
    return len(notes)


def wake(sender, **kwargs):
    """Put the task in the queue unless it waits there already."""
    if not DBTaskResult.objects.filter(task_path=follow.module_path, status="READY").exists():
        follow.enqueue()
