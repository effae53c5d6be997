"""E-mails of talking: {template: (what happens, words of the subject, words of the text, where the link leads)}."""

from talking import conversation, emails, meetings, questions, reporting
from tests.mail.stage import (
    REASON,
    SEEN_CLUB,
    SEEN_FIRM,
    TITLE,
    agreed_day,
    answered_question,
    asked,
    proposed_day,
    settled,
)

TALKING = {
    "question_asked": (asked, [SEEN_FIRM, TITLE], [REASON], "question"),
    "question_answered": (answered_question, [SEEN_CLUB, TITLE], ["Yes, at the gate"], "request"),
    "question_waiting": (answered_question, [TITLE], ["become public if you agree"], "question_decide"),
    "question_public": (
        lambda s: questions.publish(answered_question(s), by=s.staff), [TITLE], [REASON], "request"
    ),
    "question_withheld": (
        lambda s: questions.withhold(answered_question(s), "Too private", by=s.staff), [TITLE],
        [REASON, "Too private"], "question",
    ),
    "message_written": (
        lambda s: conversation.write(s.pledge, REASON, by=s.sid), [SEEN_FIRM, "4 hours", TITLE], [REASON],
        "message_by_link",
    ),
    "day_proposed": (
        proposed_day, [SEEN_FIRM, TITLE], ["old clothes"], "day_choose",
    ),
    "day_agreed": (agreed_day, ["Agreed", TITLE], ["old clothes", "Put it into your calendar"], "day_file"),
    "day_is_near": (lambda s: emails.day_is_near(agreed_day(s)), ["Soon", TITLE], ["old clothes"], "pledge"),
    "day_called_off": (
        lambda s: meetings.cancel(agreed_day(s), REASON[:200], by=s.sid), ["Called off", TITLE], [REASON[:60]],
        "day_new",
    ),
    "reported": (
        lambda s: reporting.report("/requests/1/", "false", REASON, by=s.sid), ["not true"], [REASON], "report_decide"
    ),
    "complaint_received": (
        lambda s: reporting.report("/complaint/", "data", REASON, by=s.sid), ["your complaint"], [REASON, "answer by"],
        "wagtail_serve",
    ),
    "report_settled": (settled, ["your report"], ["Taken down"], "request"),
}  # fmt: skip
