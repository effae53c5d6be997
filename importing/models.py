"""Imports: every file that was read, who read it, what came of it; and how unknown headings were read."""

from django.conf import settings
from django.db import models

from files.storage import private_storage, random_name


class ColumnMapping(models.Model):
    """How one layout's headings are read, asked for once and then remembered."""

    kind = models.CharField(max_length=20)
    headings_hash = models.CharField(max_length=64)
    mapping = models.JSONField(help_text="heading to field name")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    saved_at = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "headings_hash"], name="one_mapping_a_layout")]

    def __str__(self):
        return f"{self.kind} {self.headings_hash[:8]}"


class ImportRun(models.Model):
    """A file handed in on the import screen: previewed first, saved when somebody says so."""

    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    file = models.FileField(storage=private_storage, upload_to=random_name, max_length=200)
    options = models.JSONField(default=dict)
    report = models.JSONField(null=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-started_at"]

    def __str__(self):
        return f"{self.name} ({self.kind})"
