"""How often somebody did something that writes to others: one row a key, counted up under its lock."""

from django.db import models


class LimitCount(models.Model):
    """`count` acts under `key` since `began_at`; a window that is over starts anew."""

    key = models.CharField(max_length=120, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    def __str__(self):
        return f"{self.key}: {self.count}"
