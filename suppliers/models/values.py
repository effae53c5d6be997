"""Proxy values: pounds for a unit of a measure, from a table that the council has rights to, version by version."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from records.history import AppendOnly
from vocabulary.quantities import QuantityField
from vocabulary.units import Unit

from .commitments import Commitment


class ProxyValue(AppendOnly):
    """One line of a version of a table; another value is another version."""

    table = models.CharField("name of the table", max_length=80)
    version = models.CharField(max_length=40)
    reference = models.CharField(max_length=60)
    measure = models.CharField(max_length=300)
    unit = models.CharField(max_length=20, choices=Unit)
    pounds = QuantityField("pounds a unit")
    rights = models.CharField("by what right the council uses it", max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["table", "version", "reference"]
        constraints = [
            models.UniqueConstraint(fields=["table", "version", "reference"], name="one_value_a_reference"),
            models.CheckConstraint(name="value_above_nothing", condition=Q(pounds__gt=0)),
            models.CheckConstraint(name="value_names_its_rights", condition=~Q(rights="") & ~Q(table="")),
        ]

    def __str__(self):
        return f"{self.reference} {self.measure} (£{self.pounds} a unit, {self.named})"

    @property
    def named(self):
        """The table and its version: pounds never stand without it."""
        return f"{self.table} {self.version}"


class CommitmentValue(AppendOnly):
    """The value that a commitment was given at award: it stays, whatever later versions say."""

    commitment = models.OneToOneField(Commitment, on_delete=models.PROTECT, related_name="value")
    proxy = models.ForeignKey(ProxyValue, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["commitment"]

    def __str__(self):
        return str(self.proxy)
