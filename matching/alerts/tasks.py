"""Alerts in the worker. Both tasks go by the table of alerts, not by what they were told: safe to run again."""

from django_tasks import task


@task(backend="worker", priority=20)
def send():
    """Send every alert that is due."""
    from .sending import send_due

    return send_due()


@task(backend="worker")
def digests():
    """Note what is new for daily and weekly subscriptions, and send it."""
    from .recipients import digests as note
    from .sending import send_due

    note()
    return send_due()
