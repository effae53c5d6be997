"""Saved searches and matches by e-mail: who wants what how often, and what was sent."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q

from organisations.models import Organisation
from requests_app.models import Request


def new_key():
    return secrets.token_urlsafe(24)


class SubscriptionQuerySet(models.QuerySet):
    def running(self):
        return self.filter(stopped_at=None, user__is_active=True)


class Subscription(models.Model):
    """One person's wish: a search, or the matches of a supplier's commitments; at once, daily or weekly."""

    class Often(models.TextChoices):
        AT_ONCE = "at_once", "At once"
        DAILY = "daily", "Once a day"
        WEEKLY = "weekly", "Once a week"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="subscriptions")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="subscriptions"
    )
    name = models.CharField(max_length=120)
    search = models.JSONField(default=dict, help_text="A saved search, as its address has it; empty for matches")
    often = models.CharField("how often", max_length=10, choices=Often, default=Often.DAILY)
    key = models.CharField(max_length=40, unique=True, default=new_key, help_text="Opens the unsubscribe link")
    created_at = models.DateTimeField(auto_now_add=True)
    looked_at = models.DateTimeField(null=True, help_text="Up to when new requests were looked through")
    stopped_at = models.DateTimeField(null=True)

    objects = SubscriptionQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=Q(stopped_at=None, organisation__isnull=False),
                name="one_match_alert_each",
            )
        ]

    def __str__(self):
        return self.name


class Alert(models.Model):
    """One request told of, or to be told of, to one person: never twice, whatever number of searches it answers."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="alerts")
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="+")
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True, help_text="No longer to be told of when its turn came")

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "request"], name="told_once"),
            models.CheckConstraint(name="sent_or_dropped", condition=Q(sent_at=None) | Q(dropped_at=None)),
        ]
        indexes = [models.Index(fields=["due_at"], name="alerts_waiting", condition=Q(sent_at=None, dropped_at=None))]

    def __str__(self):
        return f"{self.subscription_id}: request {self.request_id}"
