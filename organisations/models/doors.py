"""Who may sign up, by which code they came, and how many looked in: for a launch in two steps."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from records.bounds import day_bounds
from screens.fields import something_to_see


class Campaign(models.Model):
    """A code for an event or a letter: whoever comes by it may sign up while only the invited may."""

    code = models.CharField(
        max_length=30, unique=True, error_messages={"unique": "This code was used before. Choose another."}
    )
    name = models.CharField("what it is for", max_length=120, validators=[something_to_see])
    since = models.DateField("first day")
    until = models.DateField("last day")
    most = models.PositiveIntegerField("at most how many sign up by it", null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-since", "code"]
        constraints = [
            *day_bounds("campaign", "since", "until"),
            models.CheckConstraint(name="campaign_days_in_order", condition=Q(until__gte=F("since"))),
            models.CheckConstraint(name="campaign_lets_somebody_in", condition=Q(most=None) | Q(most__gt=0)),
        ]

    def __str__(self):
        return self.name


class Doors(models.Model):
    """One row: whether anybody may sign up, or only whoever was invited or has a code."""

    class Mode(models.TextChoices):
        OPEN = "open", "Open: anybody may sign up"
        INVITED = "invited", "By invitation: whoever was invited, or has a code"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.OPEN)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.CheckConstraint(name="one_row_of_doors", condition=Q(id=1))]

    def __str__(self):
        return self.get_mode_display()


class Visits(models.Model):
    """How many opened the page of signing up on a day, by which code if by any; no cookie and no address."""

    day = models.DateField()
    campaign = models.ForeignKey(Campaign, null=True, on_delete=models.CASCADE, related_name="visits")
    count = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            *day_bounds("visits", "day"),
            models.UniqueConstraint(fields=["day", "campaign"], name="one_row_of_visits_a_day_and_code"),
            models.UniqueConstraint(
                fields=["day"], condition=Q(campaign=None), name="one_row_of_visits_a_day_without_a_code"
            ),
        ]

    def __str__(self):
        return f"{self.count} visits on {self.day:%-d %B %Y}"
