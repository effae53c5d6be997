"""Who is at work on the queue: a worker that has not beaten for a while is dead, and its task is taken up again."""

from django.db import models


class WorkerBeat(models.Model):
    worker_id = models.CharField(max_length=64, primary_key=True)
    host = models.CharField(max_length=200)
    process = models.PositiveIntegerField()
    beat_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    def __str__(self):
        return f"{self.host} {self.process}"


class Turn(models.Model):
    """When a job of the clockwork was last begun, whichever worker had it."""

    job = models.CharField(max_length=60, primary_key=True)
    begun_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    def __str__(self):
        return f"{self.job} {self.begun_at:%Y-%m-%d %H:%M}"
