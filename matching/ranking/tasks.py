"""What runs in the worker. Each task may be run again: a worker that died in the middle is followed by another."""

from datetime import datetime

from django.utils import timezone
from django_tasks import task

from ..models import WeightsTrial

REST = 5000  # requests a task


@task(backend="worker")
def weigh(trial):
    """Work out what other weights would do to the evaluation."""
    from . import evaluation
    from .weights import current

    row = WeightsTrial.objects.get(pk=trial)
    row.effect = evaluation.effect(row.values, current())
    row.save(update_fields=["effect"])


@task(backend="worker")
def rank_all():
    """Every list anew: once a night, as days pass and requests expire."""
    from . import engine

    began = timezone.now()
    count = len(engine.rank_all())
    rank_rest.enqueue(began.isoformat())
    return count


@task(backend="worker", priority=-10)
def rank_rest(before):
    """Requests' own lists made before a moment, a batch at a time, so that news need not wait for the night's work."""
    from . import engine

    count = engine.rank_rest(datetime.fromisoformat(before), most=REST)
    if count == REST:
        rank_rest.enqueue(before)
    return count
