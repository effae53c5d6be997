"""E-mails of moderation: see cases.py."""

from requests_app import emails as request_emails
from tests.mail.stage import REASON, TITLE

REQUESTS = {
    "request_submitted": (
        lambda s: request_emails.request_submitted(s.request),
        [TITLE],
        ["three working days"],
        "request_check",
    ),
    "request_approved": (lambda s: request_emails.request_approved(s.request, REASON), [TITLE], [REASON], "request"),
    "request_returned": (
        lambda s: request_emails.request_returned(s.request, REASON),
        [TITLE],
        [REASON],
        "request_check",
    ),
    "request_cancelled": (
        lambda s: request_emails.request_cancelled(s.request, REASON, s.staff),
        [TITLE],
        [REASON],
        "request_check",
    ),
    "request_taken_down": (
        lambda s: request_emails.request_taken_down(s.request, REASON, s.staff),
        [TITLE],
        [REASON],
        "request_check",
    ),
}
