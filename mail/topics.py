"""What e-mails are about, by which people choose how they hear of it; one that is in no topic is always sent at once.

Always at once: reminders of what runs out, what concerns an account, answers that somebody waits for before the
screen, and what alerts promise by themselves (their pace is chosen with each).
"""

TOPICS = {
    # topic: (what it is called, the templates of emails/)
    "requests": (
        "Your requests: moderation, questions, whether they are still needed",
        (
            "request_approved", "request_returned", "request_cancelled", "request_paused", "request_taken_down",
            "moderation_late", "question_asked", "question_answered", "question_public",
            "question_withheld", "question_unanswered_asker", "unseen_requests",
        ),
    ),
    "pledges": (
        "Pledges: offers, answers, reminders, what stops them",
        (
            "pledge_offered", "pledge_accepted", "pledge_declined", "pledge_finished", "pledge_lapsed",
            "pledge_withdrawn", "request_lowered", "request_lowered_own", "other_side_closed", "invited_to_pledge",
            "count_agreed", "count_refused", "hosting_received", "pledge_let_go", "contact_changed",
        ),
    ),
    "offers": (
        "Offers: what is asked of yours, and what you asked of others’",
        (
            "offer_published", "offer_returned", "offer_asked", "ask_granted", "ask_granted_own", "ask_declined",
            "ask_taken_back", "ask_lapsed", "offer_came_back",
        ),
    ),
    "deliveries": (
        "Deliveries: what arrived, was confirmed, disputed, verified",
        (
            "delivery_claimed", "delivery_confirmed", "delivery_disputed", "delivery_queried",
            "delivery_verified", "delivery_withdrawn", "delivery_unanswered_supplier", "query_answered",
        ),
    ),
    "talking": (
        "Messages within pledges, and days you agree",
        (
            "message_written", "day_proposed", "day_agreed", "day_called_off", "volunteer_day_planned",
            "places_taken", "places_yours", "places_changed", "helpers_message",
        ),
    ),
    "returns": (
        "Returns of your contracts, and what you were asked to improve",
        ("return_due", "return_answered", "improvement_settled", "plans_wait"),
    ),
    "organisation": (
        "Who acts for your organisation",
        ("person_left",),
    ),
    "deciding": (
        "For the council’s staff: what waits for a decision",
        (
            "organisation_waiting", "organisation_change_waiting", "request_submitted", "question_waiting",
            "question_unanswered", "reported",
            "sponsor_told", "offer_submitted", "delivery_unanswered", "return_sent", "return_unanswered",
            "improvement_answered", "plans_answered", "plans_unanswered",
        ),
    ),
}  # fmt: skip
TOPIC_OF = {template: topic for topic, (_, templates) in TOPICS.items() for template in templates}
