"""E-mails of a pledge that waits, and of the clocks: see cases.py."""

from requests_app import emails
from tests.mail.stage import REASON, SEEN_CLUB, SEEN_FIRM, TITLE, hosting_arrived, moderation_late

CLOCKS = {
    "hosting_received": (hosting_arrived, ["£120 for hosting"], [SEEN_FIRM], "pledge"),
    "pledge_offered": (lambda s: None, [SEEN_FIRM, "4 hours", TITLE], [REASON], "pledge"),
    "request_paused": (lambda s: emails.request_paused(s.request), [TITLE], [], "request"),
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
