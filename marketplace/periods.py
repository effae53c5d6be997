"""Every period of rule 12 and its like, each a setting of its name: working days in England but where it says other.

{name: default}; the README says what each does.
"""

PERIODS = {
    "PLEDGE_NUDGE_DAYS": 2,
    "PLEDGE_ANSWER_DAYS": 5,
    "PLEDGES_UNANSWERED": 3,  # no period: at most so many that wait, for one commitment
    "REQUEST_ASK_DAYS": 20,  # then: is it still needed?
    "REQUEST_SILENT_DAYS": 15,  # after that question: the page says that nobody answers
    "REQUEST_PAUSE_DAYS": 20,  # after that question: it leaves the list
    "CONFIRM_REMIND_DAYS": 3,
    "CONFIRM_REMIND_AGAIN_DAYS": 7,
    "CONFIRM_COUNCIL_DAYS": 10,  # then the council asks
    "MODERATION_DAYS": 3,
    "QUESTION_REMIND_DAYS": 3,
    "QUESTION_COUNCIL_DAYS": 8,  # then the moderators hear of it, and who asked
    "DAY_REMIND_DAYS": 3,  # then who has not chosen one of the days proposed is reminded
    "PLEDGE_SILENT_DAYS": 10,  # accepted, nothing delivered, no day ahead: the supplier is reminded
    "PLEDGE_SILENT_GROUP_DAYS": 20,  # then the group, which may let it go
    "TROUBLE_REMIND_DAYS": 5,  # a disputed or queried delivery: the supplier is reminded
    "SPONSOR_REMINDED_DAYS": 3,  # then a silent sponsor is written to once more
    "CONFIRM_LINK_DAYS": 30,  # days: how long a link to confirm lasts
    "RETURN_DUE_DAYS": 30,  # days after the end of its period
    "VOLUNTEER_OFFER_HOURS": 48,  # hours: how long a place that came free is kept for who waits longest
    "VOLUNTEER_KEPT_DAYS": 2,  # days before a volunteer day: places kept for newcomers go to anybody
    "COMPLAINT_DAYS": 30,  # days: within which a complaint about personal data is answered
    "KEEP_DRAFT_DAYS": 365,  # days, as all that begin so: see marketplace/retention.py
    "KEEP_IDLE_ACCOUNT_DAYS": 730,
    "KEEP_INVITATION_DAYS": 90,
    "KEEP_QUESTION_DAYS": 365,
    "KEEP_REPORT_DAYS": 1095,
    "KEEP_CONTACT_LOG_DAYS": 730,
    "KEEP_SHORTLIST_DAYS": 730,
    "KEEP_HELD_DAYS": 30,
    "ALERTS_TOLD_FIRST": 5,  # no period: to so many that fit it best a new request is told at once
    "ALERTS_AT_ONCE_A_WEEK": 3,  # no period: so many mails a week tell somebody of matches at once
    "MATCHING_UNSEEN_DAYS": 14,  # days after which a request that no supplier was shown is told to brokers
}
