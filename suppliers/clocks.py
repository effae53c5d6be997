"""The clocks of delivery plans: the supplier is told of plans to answer and once more when its time is up, the contract
manager of answers, and of none.

Plans of a contract are written one after the other, and answered so: each letter goes out when nothing was added for
AFTER, and names them all. It is written once (mail.reminders).
"""

from datetime import timedelta
from functools import partial

from django.utils import timezone

from mail import reminders

from . import agreeing, emails
from .models import Commitment, PlanAnswer

AFTER = timedelta(hours=1)
KNOWN = timedelta(days=60)  # what is older was told, or is no news any more


def remind(now=None):
    """Write every letter about plans that is due; how many. Safe to do twice, and at any moment."""
    now = now or timezone.now()
    return tell_of_waiting(now) + tell_of_answers(now)


def tell_of_waiting(now):
    """Letters about plans without an answer: to the supplier when they were written, to both when its time is up."""
    told, rows = 0, Commitment.objects.filter(plans__at__gt=now - KNOWN).distinct()
    for contract, plans in _by_contract(agreeing.to_answer(rows), lambda plan: plan.commitment.contract):
        first, last = plans[0], plans[-1]
        letter = (contract, plans, agreeing.answer_due_on(first))
        if last.at <= now - AFTER:
            told += reminders.once("plans wait", contract.pk, last.at, partial(emails.plans_wait, *letter))
        if timezone.localdate(now) > agreeing.answer_due_on(first):
            told += reminders.once("plans late", contract.pk, first.at, partial(_tell_late, *letter))
    return told


def _tell_late(contract, plans, answer_by):
    emails.plans_wait(contract, plans, answer_by)
    if contract.manager_id:
        emails.plans_unanswered(contract, plans)


def tell_of_answers(now):
    """Letters to contract managers about what suppliers said to plans."""
    told, rows = 0, PlanAnswer.objects.filter(at__gt=now - KNOWN, plan__commitment__contract__manager__isnull=False)
    rows = rows.select_related("by", "plan__commitment__contract__manager").order_by("at", "pk")
    for contract, answers in _by_contract(rows, lambda answer: answer.plan.commitment.contract):
        new = [answer for answer in answers if not reminders.is_told("plan answered", answer.pk, answer.at)]
        if new and new[-1].at <= now - AFTER:
            told += _tell_answers(contract, new)
    return told


def _tell_answers(contract, answers):
    first, *rest = answers

    def tell():
        for answer in rest:
            reminders.mark("plan answered", answer.pk, answer.at)
        emails.plans_answered(contract, answers)

    return reminders.once("plan answered", first.pk, first.at, tell)


def _by_contract(rows, contract_of):
    """[(contract, rows)] in the order of rows."""
    found = {}
    for row in rows:
        found.setdefault(contract_of(row), []).append(row)
    return found.items()
