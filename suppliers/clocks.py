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
    """Letters about plans without an answer: to the supplier when they were written, to both when their time is up.

    Of contracts that run, or are still to begin. Where nobody acts for the supplier yet, the letter waits.
    """
    told, today = 0, timezone.localdate(now)
    rows = Commitment.objects.filter(plans__at__gt=now - KNOWN).exclude(contract__end__lt=today).distinct()
    for contract, plans in _by_contract(agreeing.to_answer(rows), lambda plan: plan.commitment.contract):
        late = [plan for plan in plans if plan.answer_by < today]
        new = [plan for plan in plans if plan not in late]
        if contract.people:
            told += _once_each("plan late", late, now, partial(emails.plans_late, contract))
            told += _once_each("plan waits", new, now, partial(emails.plans_wait, contract))
        if contract.manager_id:
            told += _once_each("plan unanswered", late, now, partial(emails.plans_unanswered, contract))
    return told


def tell_of_answers(now):
    """Letters to contract managers about what suppliers said to plans."""
    told, rows = 0, PlanAnswer.objects.filter(at__gt=now - KNOWN, plan__commitment__contract__manager__isnull=False)
    rows = rows.select_related("by", "plan__commitment__contract__manager").order_by("at", "pk")
    for contract, answers in _by_contract(rows, lambda answer: answer.plan.commitment.contract):
        told += _once_each("plan answered", answers, now, partial(emails.plans_answered, contract))
    return told


def _once_each(what, rows, now, tell):
    """One letter about those of `rows` that nobody was told of, once none was added for AFTER; 1 where it went."""
    known = reminders.told(what, [row.pk for row in rows])
    new = [row for row in rows if (row.pk, row.at) not in known]
    if not new or max(row.at for row in new) > now - AFTER:
        return 0
    first, *rest = new

    def tell_all():
        for row in rest:
            reminders.mark(what, row.pk, row.at)
        tell(new)

    return int(reminders.once(what, first.pk, first.at, tell_all))


def _by_contract(rows, contract_of):
    """[(contract, rows)] in the order of rows."""
    found = {}
    for row in rows:
        found.setdefault(contract_of(row), []).append(row)
    return found.items()
