"""Places: councils with their dates, districts, and the postcode districts (outcodes) that touch them."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from records.bounds import day_bounds
from records.dated import DatedQuerySet, lasts
from records.history import AppendOnly

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

    def successor_of(self, numbers):
        """The one Council that all of these numbers name and that is not this one, or None."""
        if len(numbers) != 1 or None in numbers or self.pk in numbers:
            return None
        return Council.objects.get(pk=numbers.pop())


class District(models.Model):
    """A district or borough of the county, and the council that takes over from it."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(unique=True)
    code = models.CharField("GSS code", max_length=9, unique=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    council = models.ForeignKey(
        Council,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The council that it belongs to before any succession",
    )
    successor = models.ForeignKey(Council, null=True, blank=True, on_delete=models.PROTECT, related_name="districts")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [lasts("district_ends_after_it_starts")]

    def __str__(self):
        return self.name


class Outline(models.Model):
    """What a map draws of a district: beside it, as lists of requests and forms read districts by the dozen."""

    district = models.OneToOneField(District, on_delete=models.CASCADE, primary_key=True, related_name="outline")
    rings = models.JSONField(help_text="[[[longitude, latitude]]], each ring closed")

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["district__name"]

    def __str__(self):
        return f"Outline of {self.district}"


class Passing(AppendOnly):
    """One thing passed from a council to its successor on a day (rule 11): it keeps its number and its history."""

    class What(models.TextChoices):
        CONTRACT = "contract", "Contract"
        REQUEST = "request", "Request"
        ORGANISATION = "organisation", "Organisation"

    what = models.CharField(max_length=12, choices=What)
    number = models.PositiveBigIntegerField()
    from_council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="+")
    to_council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="+")
    on = models.DateField("from this day on")
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_words = models.CharField("who, where no account acted", max_length=120, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            *day_bounds("passing", "on"),
            models.UniqueConstraint(fields=["what", "number", "on"], name="passes_once_a_day"),
            models.CheckConstraint(name="passes_to_another", condition=~Q(from_council=F("to_council"))),
            models.CheckConstraint(name="passing_has_an_author", condition=Q(by__isnull=False) | ~Q(by_words="")),
        ]

    def __str__(self):
        return f"{self.get_what_display()} {self.number}: to {self.to_council} on {self.on:%-d %B %Y}"


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


def settle_place(row):
    """Set outcode and district of a row from its postcode, or clear them where it is `remote`; ValidationError."""
    if row.remote:
        row.postcode = ""
    if row.postcode:
        try:
            row.postcode = clean_postcode(row.postcode)
        except ValidationError as error:
            raise ValidationError({"postcode": error}) from error
    row.outcode = outcode_of(row.postcode) if row.postcode else None
    row.district = row.outcode.district if row.outcode else None
