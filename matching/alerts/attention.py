"""A budget for attention: a new request is told at once to those who fit it best, and to each at most so often a week.

The others hear of it in their next digest. Telling everybody of everything is known to silence people: `allocation/
silence.py` plays a year with and without the budget.
"""

from collections import Counter
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from ..models import Alert, Subscription

WEEK = timedelta(days=7)


def later(found):
    """{subscription's primary key: requests that it is told of in its next digest} of what fits subscriptions now.

    `found` is {Subscription to matches, told at once: {request id: [Match]}}.
    """
    best = {}
    for subscription, matches in found.items():
        for number, each in matches.items():
            score = max(match.score for match in each)
            best.setdefault(number, []).append((-score, subscription.pk))
    first = {number: {pk for _, pk in sorted(ranked)[: settings.ALERTS_TOLD_FIRST]} for number, ranked in best.items()}
    tired = over_budget([subscription.user_id for subscription in found])
    return {
        subscription.pk: {
            number for number in matches if subscription.user_id in tired or subscription.pk not in first[number]
        }
        for subscription, matches in found.items()
    }


def over_budget(users, now=None):
    """Those of these people who were written to as often in the last seven days as is good."""
    since = (now or timezone.now()) - WEEK
    rows = Alert.objects.filter(user__in=set(users), sent_at__gt=since, subscription__often=Subscription.Often.AT_ONCE)
    mails = Counter(user for user, _ in set(rows.values_list("user", "sent_at")))
    return {user for user, count in mails.items() if count >= settings.ALERTS_AT_ONCE_A_WEEK}


def digest_day(subscription, now):
    """When a subscription's next digest of what had to wait is due: with what waits already, else in a week."""
    waiting = Alert.objects.filter(subscription=subscription, sent_at=None, dropped_at=None, due_at__gt=now)
    first = waiting.order_by("due_at").values_list("due_at", flat=True).first()
    return first or now + WEEK
