"""Who has which case, and views of lists that somebody keeps."""

from django.conf import settings
from django.db import models


class Holding(models.Model):
    """A case of a queue that somebody has taken on: others see it and leave it to them."""

    queue = models.CharField(max_length=40)
    number = models.BigIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["queue", "number"], name="one_person_has_a_case")]

    def __str__(self):
        return f"{self.user} has {self.queue} {self.number}"


class SavedView(models.Model):
    """A list as somebody narrowed it, kept under a name; `query` is what stands after the ? of its address."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    where = models.CharField(max_length=200)
    title = models.CharField(max_length=60)
    query = models.CharField(max_length=2000, blank=True)

    class Meta:
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["user", "where", "title"], name="one_view_a_name")]

    def __str__(self):
        return self.title
