"""Rows that are added and never changed."""

from django.db import models


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise TypeError("History is never edited: add a correction.")

    def delete(self):
        raise TypeError("History is never deleted: add a correction.")


class AppendOnly(models.Model):
    """Rows that are added and never changed; the database refuses too, by a trigger."""

    objects = AppendOnlyQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.pk and not kwargs.get("force_insert"):
            raise TypeError("History is never edited: add a correction.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("History is never deleted: add a correction.")
