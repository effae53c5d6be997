"""How e-mails about returns and handed-over contracts come about: see cases.py."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from performance import improving
from returns import emails as return_emails
from suppliers import agreeing, managers, plans
from suppliers import clocks as plan_clocks
from tests.mail.stage import REASON, SEEN_FIRM


def asked_to_improve(stage):
    until = timezone.localdate() + timedelta(days=30)
    return improving.ask(stage.commitment, REASON, until, by=stage.staff)


def waiting_plan(stage):
    day = timezone.localdate() + timedelta(days=300)
    return plans.write(stage.commitment, [(day, Decimal(100))], by=stage.staff, reason=REASON)


def plans_later(stage, **later):
    waiting_plan(stage)
    plan_clocks.remind(timezone.now() + timedelta(**later))


def refused_plan(stage):
    agreeing.answer(waiting_plan(stage), False, REASON, by=stage.sid)
    plan_clocks.tell_of_answers(timezone.now() + timedelta(hours=2))


RETURNS = {
    "plans_wait": (
        lambda s: plans_later(s, hours=2),
        ["1 delivery plan to accept", "C-1"],
        ["say what is wrong", 'Hours of "joiners" & painters'],
        "commitment",
    ),
    "plans_unanswered": (
        lambda s: plans_later(s, days=15),
        [SEEN_FIRM, "C-1"],
        ["Ring them", 'Hours of "joiners" & painters'],
        "commitment",
    ),
    "plans_answered": (refused_plan, [SEEN_FIRM, "answered"], ["Not accepted", REASON, "Sid"], "commitment"),
    "contracts_handed_over": (
        lambda s: managers.hand_over(s.staff, s.anna, REASON, by=s.staff),
        ["1 contract handed over"],
        ["C-1", REASON],
        "contract",
    ),
    "return_due": (
        lambda s: return_emails.due(s.owed_return(), -3),
        ["Late", "C-1"],
        ["3 days ago", "two clicks"],
        "return_detail",
    ),
    "return_late": (
        lambda s: return_emails.escalated(s.owed_return()),
        [SEEN_FIRM],
        ["C-1", "Ring them"],
        "return_detail",
    ),
    "return_sent": (lambda s: s.sent_return(), [SEEN_FIRM], ['"joiners" & painters: 3 hours'], "return_detail"),
    "return_unanswered": (
        lambda s: return_emails.unanswered(s.sent_return()),
        [SEEN_FIRM],
        ["counts as confirmed"],
        "return_detail",
    ),
    "return_answered": (
        lambda s: s.answered_return(),
        ["A question about", "C-1"],
        ['"joiners" & painters, 3 hours', REASON],
        "return_detail",
    ),
    "improvement_asked": (asked_to_improve, ["Roads"], [REASON], "improvement_answer"),
    "improvement_answered": (
        lambda s: improving.answer(asked_to_improve(s), REASON, by=s.sid),
        ["Sid", "Roads"],
        [REASON],
        "improvement",
    ),
    "improvement_settled": (
        lambda s: improving.settle(asked_to_improve(s), True, REASON, by=s.staff),
        ["Improved", "Roads"],
        [REASON],
        "improvement_answer",
    ),
}
