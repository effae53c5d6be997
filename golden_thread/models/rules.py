"""What the council counts, as its staff can change it: the go-live day, the window, status words and target lines."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from places import councils
from places.models import Council
from records.bounds import day_bounds


class Window(models.TextChoices):
    ANNIVERSARY_EXCLUSIVE = "anniversary_exclusive", "From the day after the same day last year"
    ANNIVERSARY_INCLUSIVE = "anniversary_inclusive", "From the same day last year"
    LAST_365_DAYS = "last_365_days", "The last 365 days"
    WHOLE_MONTHS = "whole_calendar_months", "The last twelve whole calendar months"


def words_field(label, default, help_text):
    return models.TextField(label, default=default, blank=True, help_text=f"{help_text} One a line, in any case")


class RulesFields(models.Model):
    """What an authority counts, how it names things, and where it wants to be."""

    go_live = models.DateField(
        "go-live of the golden thread",
        default=date(2022, 10, 3),
        help_text="Contracts signed from this day on are in scope",
    )
    first_month = models.DateField(
        "first month of the trend",
        default=date(2024, 10, 1),
        help_text="Months before the first extract are reckoned from it, as far as it knows them",
    )
    window = models.CharField("rolling twelve months", max_length=30, choices=Window, default=Window.choices[0][0])
    completed_words = words_field(
        "words for a completed project", "complete\ncompleted", "Statuses in PM3 that mean a project is completed."
    )
    cancelled_words = words_field(
        "words for a cancelled project", "cancelled\ncanceled\nabandoned\nwithdrawn", "Told apart in what is left out."
    )
    void_words = words_field("words for a void contract", "void\nvoided", "Records in Proactis that do not count.")
    recorded_target = models.PositiveSmallIntegerField(
        "target: social value recorded (%)", default=80, validators=[MaxValueValidator(100)]
    )
    linked_target = models.PositiveSmallIntegerField(
        "target: contracts linked (%)", default=80, validators=[MaxValueValidator(100)]
    )

    class Meta:
        abstract = True


@register_setting(icon="link")
class GoldenThreadRules(RulesFields, BaseGenericSetting):
    """The rules of the site's own council."""

    panels = [
        MultiFieldPanel(
            [FieldPanel("go_live"), FieldPanel("window"), FieldPanel("first_month")],
            heading="Which records are in scope",
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("completed_words", "cancelled_words", "void_words")], heading="Status words"
        ),
        MultiFieldPanel([FieldPanel("recorded_target"), FieldPanel("linked_target")], heading="Target lines"),
    ]

    class Meta:
        verbose_name = "rules of the golden thread"
        constraints = day_bounds("goldenthreadrules", "go_live", "first_month")

    def __str__(self):
        return "Rules of the golden thread"


class PartnerRules(RulesFields):
    """The rules of another authority whose golden thread this site follows too."""

    council = models.OneToOneField(Council, on_delete=models.PROTECT, related_name="+")

    panels = [FieldPanel("council"), *GoldenThreadRules.panels]

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "partner authority"
        verbose_name_plural = "partner authorities"
        ordering = ["council__name"]
        constraints = day_bounds("partnerrules", "go_live", "first_month")

    def __str__(self):
        return str(self.council)

    def clean(self):
        kept = PartnerRules.objects.filter(pk=self.pk).first()
        if kept and kept.council_id != self.council_id:
            raise ValidationError({"council": "Its extracts are kept under this council. Add another one instead."})
        if self.council_id and self.council == councils.home():
            raise ValidationError({"council": "This is the site’s own council: its rules are under Settings."})
