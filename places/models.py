"""Places: councils with their dates, districts, and the postcode districts (outcodes) that touch them."""

import re

from django.core.exceptions import ValidationError
from django.db import models

from records.dated import DatedQuerySet, lasts

POSTCODE = re.compile(r"^([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})?$")


class Council(models.Model):
    """A council for as long as it exists; a dissolved one keeps its history and names its successors."""

    name = models.CharField(max_length=120, unique=True)
    code = models.CharField(max_length=20, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [lasts("council_ends_after_it_starts")]

    def __str__(self):
        return self.name


class District(models.Model):
    """A district or borough of the county, and the council that takes over from it."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(unique=True)
    code = models.CharField("GSS code", max_length=9, unique=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    successor = models.ForeignKey(Council, null=True, blank=True, on_delete=models.PROTECT, related_name="districts")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [lasts("district_ends_after_it_starts")]

    def __str__(self):
        return self.name


class Outcode(models.Model):
    """The first half of a postcode with its centre: as near as the site ever places anybody."""

    code = models.CharField(max_length=4, primary_key=True)
    town = models.CharField(max_length=60)
    district = models.ForeignKey(District, null=True, on_delete=models.PROTECT, related_name="outcodes")
    latitude = models.FloatField()
    longitude = models.FloatField()
    radius_km = models.FloatField(help_text="Within which 95% of its addresses lie")

    class Meta:
        ordering = ["code"]

    def __str__(self):
        return f"{self.town} ({self.code})"


def clean_postcode(text):
    """A postcode or its first half, upper case with one space; ValidationError when it has not the form.

    Lower case, missing or extra spaces and punctuation are accepted, as people type them.
    """
    compact = re.sub(r"[^A-Z0-9]", "", str(text).upper())
    for spaced in (f"{compact[:-3]} {compact[-3:]}", compact):
        if POSTCODE.match(spaced):
            return spaced
    raise ValidationError("Enter a postcode like GU1 1AA, or its first half, like GU1.", code="postcode")


def clean_known_postcode(text):
    """As clean_postcode; ValidationError too for a place away from the county and its edges."""
    postcode = clean_postcode(text)
    if outcode_of(postcode) is None:
        raise ValidationError("We don’t know this postcode. Enter one in or near the county.", code="unknown")
    return postcode


def outcode_of(postcode):
    """The Outcode row of a cleaned postcode, or None where it lies outside the county and its edges."""
    return Outcode.objects.select_related("district").filter(code=postcode.split(" ")[0]).first()
