"""Files that organisations hand in: kept out of the web server's reach, served by a view that asks who you are."""

from django.conf import settings
from django.db import models

from files.storage import private_storage, random_name
from records.bounds import day_bounds

from .organisations import Organisation


class Upload(models.Model):
    """One file with the content type that its bytes show, never the one the browser claimed."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="uploads")
    file = models.FileField(storage=private_storage, upload_to=random_name, max_length=200)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    likeness = models.CharField(max_length=40, blank=True, db_index=True)  # files/likeness.py
    made_on = models.DateField(null=True)  # as the file itself says: files/made_on.py
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        constraints = day_bounds("upload", "made_on")

    def __str__(self):
        return self.name

    @property
    def is_picture(self):
        return self.content_type.startswith("image/")
