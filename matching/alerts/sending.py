"""Writing what is due: one message a subscription, in the transaction that marks its alerts as told.

The message is a row of the outbox, so a worker that is killed leaves both or neither. One subscription that can't be
written to holds up no other: it is logged, and tried again when alerts are next sent.
"""

import logging
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from mail.composing import compose
from requests_app.models import Request, RequestTotals

from ..models import Alert, Subscription
from ..ranking import exposure
from . import recipients

MOST = 20  # requests an e-mail

logger = logging.getLogger(__name__)


def waiting():
    """What is still to be told."""
    return Alert.objects.filter(sent_at=None, dropped_at=None)


def send_due():
    """Write everything due; returns how many messages were written. One that goes takes along what waits with it."""
    sent, tried = 0, set()
    while True:
        due = waiting().filter(due_at__lte=timezone.now()).exclude(subscription__in=tried)
        number = due.values_list("subscription", flat=True).first()
        if number is None:
            return sent
        tried.add(number)
        try:
            sent += _send_one(number)
        except Exception:  # whatever is wrong with this one is not the others' fault
            logger.exception("The alerts of subscription %s could not be written", number)


@transaction.atomic
def _send_one(number):
    """Send one subscription's due alerts; False where another worker has it, or nothing is left to tell of."""
    subscription = (
        Subscription.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("user", "organisation")
        .filter(pk=number)
        .first()
    )
    if subscription is None:
        return False
    alerts = list(waiting().filter(subscription=subscription).select_for_update(of=("self",)).order_by("pk"))
    shown = _still_told(subscription, alerts)
    now = timezone.now()
    told = [alert for alert in alerts if alert.request_id in shown]
    untold = waiting().filter(subscription=subscription, pk__in=[alert.pk for alert in alerts if alert not in told])
    recipients.give_to_others(subscription, untold)
    untold.update(dropped_at=now)
    if not told:
        return False
    Alert.objects.filter(pk__in=[alert.pk for alert in told]).update(sent_at=now)
    exposure.record({alert.request_id: 1 for alert in told[:MOST]})
    _message(subscription, told, shown).send()
    return True


def _still_told(subscription, alerts):
    """{request id: [Match]} of those that may still be told of, as things stand in this moment."""
    running = subscription.stopped_at is None and subscription.user.is_active
    if not running or not alerts:
        return {}
    numbers = [alert.request_id for alert in alerts]
    if subscription.organisation_id:
        return recipients.matches_of(subscription, numbers)
    open_ones = RequestTotals.objects.in_need_on(timezone.localdate()).filter(request__in=numbers, request__live=True)
    return {number: [] for number in open_ones.values_list("request_id", flat=True)}


def _message(subscription, told, shown):
    requests = Request.objects.in_order([alert.request_id for alert in told[:MOST]])
    stop = settings.SITE_URL + reverse("alert_stop", args=[subscription.key])
    mark = sha256("-".join([subscription.key, *(str(alert.pk) for alert in told)]).encode()).hexdigest()[:32]
    host = urlsplit(settings.SITE_URL).hostname
    headers = {
        "Message-ID": f"<alert-{mark}@{host}>",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return compose(
        "alert",
        subscription.user,
        headers,
        subscription=subscription,
        count=len(told),
        rows=[{"request": request, "matches": shown[request.pk]} for request in requests],
        more=max(len(told) - MOST, 0),
        stop=stop,
    )
