"""Requests that somebody keeps for later."""

from django.conf import settings
from django.db import models

from .requests import Request


class Shortlisted(models.Model):
    """A person's own note of a request; nobody else sees it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "request"], name="shortlisted_once")]

    def __str__(self):
        return f"{self.request} of {self.person}"
