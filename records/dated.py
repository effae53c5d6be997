"""Rows that hold from one day to another: a missing date is an open end."""

from django.db import models
from django.db.models import F, Q


def lasts(name):
    """The constraint that an end is not before its start."""
    return models.CheckConstraint(
        name=name,
        condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
        violation_error_message="The end is before the start.",
    )


class DatedQuerySet(models.QuerySet):
    def standing_on(self, day):
        """Rows whose dates cover `day`; a missing date is an open end."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day)).filter(Q(valid_to=None) | Q(valid_to__gte=day))
