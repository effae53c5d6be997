"""What the worker does for the golden thread. Each task may be run again."""

from django.db import transaction
from django.utils import timezone
from django_tasks import task


@task(backend="worker")
def follow():
    """Where an extract or a rule is new: search for the projects of unlinked contracts, note officers' names, and
    work out what pages show, so that nobody waits for it.
    """
    from . import drilldown, figures, links, rules, training, worklist

    for counted in rules.every():
        if links.search(counted.council):
            training.note_officers(counted.council)
            day = figures.newest_day(counted.council)
            for work in (figures.report, figures.series, worklist.worklist, drilldown.groups):
                work(day, counted)


def rules_changed(**kwargs):
    transaction.on_commit(follow.enqueue)


@task(backend="worker")
def letters():
    """This month's letters that were not sent yet."""
    from . import letters

    letters.send_month(timezone.localdate())
