"""How pages are kept: reviews, reminders, reviews that a new model calls for, readers' answers and reads."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Page

from records.bounds import day_bounds
from records.history import AppendOnly

from .governance import Role
from .outcomes import SocialValueModel


class Review(AppendOnly):
    """Somebody looked at a page and says it is right. Kept apart from the page: publishing rewrites a page's row."""

    class Result(models.TextChoices):
        PUBLISHED = "published", "First published"
        NO_CHANGE = "no_change", "Reviewed, no change"
        CHANGED = "changed", "Reviewed and changed"

    page = models.ForeignKey(Page, on_delete=models.DO_NOTHING, db_constraint=False, related_name="reviews")
    result = models.CharField(max_length=10, choices=Result)
    reason = models.TextField()
    reviewed_on = models.DateField()
    due_on = models.DateField("next review due")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            *day_bounds("review", "reviewed_on", "due_on"),
            models.CheckConstraint(name="review_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="next_review_after_this_one", condition=Q(due_on__gt=F("reviewed_on"))),
        ]

    def __str__(self):
        return f"{self.get_result_display()} on {self.reviewed_on}"

    def days_overdue(self, day):
        """How many days the next review is late on `day`; 0 where it is not."""
        return max(0, (day - self.due_on).days)


class ReviewNotice(models.Model):
    """A reminder that was sent, so that nobody is told the same twice."""

    class Stage(models.TextChoices):
        SOON = "soon", "Reminder before the date"
        DUE = "due", "Due"
        DEPUTY = "deputy", "Escalated to the deputy"
        SPONSOR = "sponsor", "Escalated to the sponsor"

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="notices")
    stage = models.CharField(max_length=10, choices=Stage)
    sent_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "stage"], name="one_notice_a_stage")]

    def __str__(self):
        return f"{self.get_stage_display()}: {self.review}"


class VacancyAlarm(models.Model):
    """The sponsor was told that a role which keeps pages has nobody in it."""

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="alarms")
    vacant_since = models.DateField()
    pages = models.PositiveIntegerField()
    raised_at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            *day_bounds("vacancyalarm", "vacant_since", "ended_on"),
            models.UniqueConstraint(fields=["role"], condition=Q(ended_on=None), name="one_open_alarm_a_role"),
        ]

    def __str__(self):
        return f"{self.role} is vacant"


class ReviewTask(models.Model):
    """Work that a new version of a model opens for the role that owns what it touches."""

    model = models.ForeignKey(SocialValueModel, on_delete=models.PROTECT, related_name="tasks")
    role = models.ForeignKey(Role, null=True, on_delete=models.PROTECT, related_name="tasks")
    page = models.ForeignKey(Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    what = models.CharField(max_length=300)
    address = models.CharField(max_length=300, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.TextField("what was done", blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["closed_at", "pk"]
        verbose_name = "review task"
        constraints = [
            models.CheckConstraint(
                name="task_closed_with_words",
                condition=Q(closed_at=None, outcome="") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
            )
        ]

    def __str__(self):
        return self.what


class PageAnswer(models.Model):
    """A reader's answer to "was this page useful?". No name, no address."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="answers")
    useful = models.BooleanField()
    comment = models.CharField(max_length=500, blank=True)
    answered_on = models.DateField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"{'Useful' if self.useful else 'Not useful'}: {self.page.title}"


class PageReads(models.Model):
    """How often a page was read on one day; counted without cookies."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="reads")
    day = models.DateField()
    reads = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "day"], name="one_count_a_day")]

    def __str__(self):
        return f"{self.page_id} on {self.day}: {self.reads}"


class Publication(models.Model):
    """One row: a number that grows whenever something a public page shows has changed. Cached pages carry it."""

    number = models.PositiveBigIntegerField(default=1)

    wagtail_reference_index_ignore = True

    def __str__(self):
        return str(self.number)


@register_setting(icon="calendar-check")
class ReviewRhythm(BaseGenericSetting):
    """When people are reminded of a review, and when readers are told that it is late."""

    remind_days = models.PositiveSmallIntegerField("remind the owner, days before", default=14)
    deputy_days = models.PositiveSmallIntegerField("tell the deputy, days overdue", default=14)
    sponsor_days = models.PositiveSmallIntegerField("tell the sponsor, days overdue", default=30)
    readers_days = models.PositiveSmallIntegerField("tell readers, days overdue", default=60)
    unread_days = models.PositiveSmallIntegerField("nobody reads a page that had no reader for, days", default=90)

    panels = [
        FieldPanel(name) for name in ("remind_days", "deputy_days", "sponsor_days", "readers_days", "unread_days")
    ]

    class Meta:
        verbose_name = "review rhythm"
