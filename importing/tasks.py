"""What the worker does with a long file. Safe to run again: a preview saves nothing, and a file is saved once."""

from django.contrib.auth import get_user_model
from django_tasks import task


@task(backend="worker", priority=30)
def read(number):
    """Look at a kept file, or save it, as its run says."""
    from . import runs
    from .models import ImportRun

    run = ImportRun.objects.get(pk=number)
    if run.doing:
        runs.work(run, get_user_model().objects.get(pk=run.options["by"]))
