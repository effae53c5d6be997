"""The Charity Commission's register of England and Wales, as a downloaded file of it said."""

from django.db import models

from records.bounds import day_bounds


class RegisteredCharity(models.Model):
    """One registered charity, without those linked to it. Source: the Commission's public extract, table "charity"."""

    number = models.CharField(max_length=10, primary_key=True)
    name = models.CharField(max_length=300)
    registered = models.BooleanField(help_text="False: it was removed from the register")
    postcode = models.CharField(max_length=10, blank=True)
    as_at = models.DateField(help_text="The day of the extract")

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = day_bounds("registeredcharity", "as_at")

    def __str__(self):
        return f"{self.name} ({self.number})"
