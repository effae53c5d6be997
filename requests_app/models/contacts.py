"""Who saw how to reach somebody: once a day for each reader."""

from django.conf import settings
from django.db import models

from organisations.models import Organisation
from records.bounds import day_bounds

from .pledges import Pledge


class ContactSeen(models.Model):
    """Somebody of the other side, or of the council, was shown the contact details of an organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "pledge", "by", "on"], name="contact_seen_once_a_day"),
            *day_bounds("contactseen", "on"),
        ]

    def __str__(self):
        return f"{self.organisation}, {self.on:%-d %B %Y}"
