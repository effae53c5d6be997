"""The staff side of this room."""

from django.urls import path
from wagtail import hooks

from screens.frames import log_words

from . import staff


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("questions/", staff.question_queue, name="question_queue"),
        path("questions/<int:pk>/decide/", staff.question_decide, name="question_decide"),
        path("page-reports/", staff.report_queue, name="report_queue"),
        path("page-reports/<int:pk>/decide/", staff.report_decide, name="report_decide"),
    ]


log_words(
    "talking",
    {
        "propose_day": "Proposed days",
        "agree_day": "Agreed a day",
        "call_day_off": "Called a day off",
        "plan_volunteer_day": "Planned a volunteer day",
        "call_volunteer_day_off": "Called a volunteer day off",
        "take_places": "Took places on a volunteer day",
        "wait_for_places": "Waits for places on a volunteer day",
        "offer_places": "Was offered places on a volunteer day",
        "change_places": "Changed its places on a volunteer day",
        "give_places_up": "Gave up places on a volunteer day",
        "lapse_places": "Let an offer of places lapse",
        "ask_question": "Asked a question",
        "write": "Wrote to the other side",
        "answer_question": "Answered a question",
        "take_back_question": "Took a question back",
        "publish_question": "Made a question public",
        "withhold_question": "Kept a question from being public",
        "settle_report": "Settled a report",
    },
)
