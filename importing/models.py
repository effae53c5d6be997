"""Imports: every file that was read, who read it, what came of it; and how unknown headings were read."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from files.storage import private_storage, random_name


class ColumnMapping(models.Model):
    """How one layout's headings are read, asked for once and then remembered."""

    kind = models.CharField(max_length=20)
    headings_hash = models.CharField(max_length=64)
    mapping = models.JSONField(help_text="heading to field name")
    answers = models.JSONField(default=dict, help_text="heading to how its column is written: see importing.writing")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    saved_at = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "headings_hash"], name="one_mapping_a_layout")]

    def __str__(self):
        return f"{self.kind} {self.headings_hash[:8]}"


class ImportRunManager(models.Manager):
    def get_queryset(self):
        """What a run touched is long, and read only where it is taken back."""
        return super().get_queryset().defer("touched")


class ImportRun(models.Model):
    """A file that was handed in: on the import screen, previewed first and saved when somebody says so; or on the
    command line, which keeps no file and names nobody.
    """

    class Doing(models.TextChoices):
        """What the worker does with a long file."""

        READING = "reading", "Being read"
        SAVING = "saving", "Being saved"

    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    file = models.FileField(storage=private_storage, upload_to=random_name, max_length=200, blank=True)
    options = models.JSONField(default=dict)
    report = models.JSONField(null=True)
    touched = models.JSONField(null=True, help_text="What was made and changed: see importing.touched")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(null=True)
    doing = models.CharField(max_length=10, blank=True, choices=Doing)
    rows_read = models.PositiveIntegerField(default=0)
    moved_at = models.DateTimeField(null=True, help_text="When the worker last said how far it is")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ImportRunManager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="taken_back_was_saved", condition=Q(taken_back_at=None) | Q(saved_at__isnull=False)
            )
        ]

    def __str__(self):
        return f"{self.name} ({self.kind})"

    @property
    def who(self):
        return str(self.started_by) if self.started_by_id else "The command line"

    @property
    def outcome(self):
        """What became of it, in words."""
        if self.doing:
            return self.get_doing_display()
        if not self.saved_at:
            return "Not saved"
        if self.taken_back_at:
            return "Taken back"
        report = self.report or {}
        return f"Saved: {report.get('created', 0)} new, {report.get('updated', 0)} changed"

    @property
    def may_be_taken_back(self):
        """Whether it was saved and still stands; what was built on it since is looked at when it is tried."""
        return self.saved_at is not None and self.taken_back_at is None
