"""E-mails of talking: {template: (what happens, words of the subject, words of the text, where the link leads)}."""

from talking import bookings, conversation, emails, meetings, questions, reporting, volunteer_days
from tests.mail.stage import (
    REASON,
    SEEN_CLUB,
    SEEN_FIRM,
    TITLE,
    agreed_day,
    answered_question,
    asked,
    called_off,
    near,
    offered,
    places_taken,
    planned_day,
    proposed_day,
    settled,
)

TALKING = {
    "question_asked": (asked, [SEEN_FIRM, TITLE], [REASON], "question"),
    "question_waits": (lambda s: emails.question_waits(asked(s)), [SEEN_FIRM, TITLE], [REASON], "question"),
    "question_unanswered": (
        lambda s: emails.question_unanswered(asked(s)), [TITLE], [REASON, "Ring the group"], "question_decide"
    ),
    "question_unanswered_asker": (
        lambda s: emails.question_unanswered(asked(s)), [SEEN_CLUB, TITLE], [REASON, "take your question back"],
        "question",
    ),
    "day_waits": (lambda s: emails.day_waits(proposed_day(s)), [SEEN_FIRM, TITLE], ["4 hours"], "day_choose"),
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
    "volunteer_day_planned": (planned_day, [SEEN_CLUB], [TITLE, "old clothes", "take places for"], "volunteer_days"),
    "places_taken": (places_taken, [SEEN_FIRM, "1 person"], ["Painting", "Who comes: Ana"], "volunteer_days"),
    "places_yours": (places_taken, ["Yours: 1 person"], ["old clothes", "calendar"], "volunteer_day_file"),
    "places_changed": (
        lambda s: bookings.change(places_taken(s, 3, 2), 1, by=s.sid), [SEEN_FIRM, "1 person, not 2"],
        ["instead of 2"], "volunteer_days",
    ),
    "places_given_up": (
        lambda s: bookings.give_up(places_taken(s), by=s.sid), [SEEN_FIRM, "can’t come"], ["gave up"], "volunteer_days"
    ),
    "places_offered": (offered, ["A place is free", TITLE], ["We keep them for you until"], "booking"),
    "volunteer_day_called_off": (called_off, ["Called off", TITLE], [REASON[:60], "Your pledge stands"],
        "volunteer_days"),
    "volunteer_day_is_near": (near, ["Soon", TITLE], ["Painting", "1 person (Ana)", "old clothes"], "volunteer_days"),
    "helpers_message": (
        lambda s: volunteer_days.write(places_taken(s).task.day.request, REASON, by=s.sid), [SEEN_FIRM, TITLE],
        [REASON, "Answer all of them"], "volunteer_days",
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
