"""The clocks of requests, pledges and deliveries: who is reminded of what, and what ends by itself (rule 12).

Every period is a setting in working days. A worker runs `tick` every few minutes and `daily` once more; each e-mail is
written once (mail.reminders), whoever runs it and however often.
"""

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from desk import clocks
from mail import reminders

from . import emails, moderation, pledges, standing
from .models import Delivery, DeliveryEvent, Pledge, RequestTotals

What = DeliveryEvent.What
CLAIMS = (What.CLAIMED, What.AMENDED)
TROUBLES = (What.DISPUTED, What.QUERIED)


def waiting_pledges(now):
    """(what, rows, field of the clock, how to tell) of pledges that wait for an answer."""
    rows = Pledge.objects.waiting_for_answer().with_both_sides().filter(answer_due_at__gt=now)
    early = rows.filter(offered_at__lte=clocks.passed(settings.PLEDGE_NUDGE_DAYS, now))
    last_day = clocks.end_of_day(clocks.working_days_after(timezone.localdate(now), 1))
    yield "pledge_waits", early, "offered_at", emails.pledge_waits
    yield "pledge_lapses_soon", rows.filter(answer_due_at__lte=last_day), "offered_at", emails.pledge_waits


def open_requests(now):
    rows = RequestTotals.objects.open().filter(listed=True).select_related("request__organisation")
    asked = standing.asked_about(now).select_related("request__organisation")
    yield "still_needed", asked, "checked_at", emails.still_needed
    silent = rows.filter(checked_at__lte=clocks.passed(settings.REQUEST_ASK_DAYS + settings.REQUEST_SILENT_DAYS, now))
    yield "still_needed_again", silent, "checked_at", emails.still_needed


def claimed_deliveries(now):
    """Deliveries that a group has not answered for, since they were recorded or last changed."""
    rows = unconfirmed()
    for what, days, tell in (
        ("confirm", settings.CONFIRM_REMIND_DAYS, emails.delivery_waits),
        ("confirm_again", settings.CONFIRM_REMIND_AGAIN_DAYS, emails.delivery_waits),
        ("confirm_council", settings.CONFIRM_COUNCIL_DAYS, emails.delivery_unanswered),
    ):
        yield what, rows.filter(since__lte=clocks.passed(days, now)), "since", tell


def unconfirmed():
    """Deliveries that wait for their group, each with `since` when."""
    claims = DeliveryEvent.objects.filter(delivery=OuterRef("pk"), what__in=CLAIMS).order_by("-at")
    return Delivery.objects.to_confirm().with_pledge().annotate(since=Subquery(claims.values("at")[:1])).order_by("pk")


def troubled_deliveries(now):
    """Deliveries that were disputed or asked about, and that their supplier left so."""
    asked = DeliveryEvent.objects.filter(delivery=OuterRef("pk"), what__in=TROUBLES).order_by("-at")
    rows = Delivery.objects.questioned().with_pledge().annotate(since=Subquery(asked.values("at")[:1]))
    late = rows.filter(since__lte=clocks.passed(settings.TROUBLE_REMIND_DAYS, now)).order_by("pk")
    yield "delivery_troubled", late, "since", emails.delivery_troubled


def moderated(now):
    """Requests that a moderator should have answered by now: their group hears that it takes longer."""
    rows = moderation.queue().select_related("workflow_state", "revision")
    late = rows.filter(started_at__lte=clocks.passed(settings.MODERATION_DAYS + 1, now))
    yield "moderation_late", late, "started_at", emails.moderation_late


CLOCKS = (waiting_pledges, open_requests, claimed_deliveries, troubled_deliveries, moderated)


def remind(now=None):
    """Write every e-mail that is due; returns how many rows somebody was reminded of."""
    return reminders.write(CLOCKS, now or timezone.now())


def tick(now=None):
    """What must not wait for the night: lapses, pauses and reminders. Returns {what: how many}."""
    now = now or timezone.now()
    return {
        "pledges lapsed": pledges.lapse_overdue(now),
        "requests paused": moderation.pause_stale(standing.stale_before(now)),
        "reminders": remind(now),
    }
