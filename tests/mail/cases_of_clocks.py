"""E-mails of a pledge that waits, and of the clocks: see cases.py."""

from requests_app import deliveries, emails, pledges
from requests_app.models import Pledge
from talking import emails as talk
from tests.mail.stage import REASON, SEEN_CLUB, SEEN_FIRM, TITLE, hosting_arrived, moderation_late


def silent(stage, tell=None):
    """The pledge, accepted, of which nothing comes."""
    stage.accepted()
    pledge = Pledge.objects.with_both_sides().get(pk=stage.pledge.pk)
    if tell:
        tell(pledge)
    return pledge


def disputed(stage):
    delivery = stage.delivery()
    deliveries.dispute(delivery, REASON, by=stage.anna)
    return delivery


CLOCKS = {
    "hosting_received": (hosting_arrived, ["£120 for hosting"], [SEEN_FIRM], "pledge"),
    "pledge_offered": (lambda s: None, [SEEN_FIRM, "4 hours", TITLE], [REASON], "pledge"),
    "request_paused": (lambda s: emails.request_paused(s.request), [TITLE], [SEEN_CLUB, "off the list"], "request"),
    "pledge_waits": (
        lambda s: emails.pledge_waits(s.pledge),
        [SEEN_FIRM, "4 hours", TITLE],
        [REASON],
        "pledge",
    ),
    "still_needed": (
        lambda s: emails.still_needed(s.request.totals),
        [TITLE],
        ["leaves the list"],
        "still_needed",
    ),
    "moderation_late": (moderation_late, [TITLE], ["we are late"], "request_check"),
    "delivery_waits": (
        lambda s: emails.delivery_waits(s.delivery()),
        [SEEN_FIRM, "2 hours"],
        [REASON],
        "delivery_by_link",
    ),
    "pledge_silent": (
        lambda s: silent(s, talk.pledge_silent),
        [SEEN_CLUB, "4 hours", TITLE],
        ["no day lies ahead"],
        "pledge",
    ),
    "pledge_silent_group": (
        lambda s: silent(s, talk.pledge_silent_group),
        [SEEN_FIRM, TITLE],
        ["let the pledge go"],
        "pledge",
    ),
    "pledge_let_go": (
        lambda s: pledges.let_go(silent(s), REASON, by=s.anna),
        [SEEN_CLUB, TITLE],
        [REASON, "4 hours"],
        "pledge",
    ),
    "delivery_troubled": (
        lambda s: emails.delivery_troubled(disputed(s)),
        ["2 hours", TITLE],
        [SEEN_CLUB, "disputes"],
        "delivery",
    ),
    "delivery_unanswered": (
        lambda s: emails.delivery_unanswered(s.delivery()),
        [SEEN_FIRM, SEEN_CLUB],
        ["reminded twice"],
        "delivery",
    ),
    "delivery_unanswered_supplier": (
        lambda s: emails.delivery_unanswered(s.delivery()),
        [SEEN_CLUB],
        ["somebody of the council"],
        "delivery",
    ),
}
