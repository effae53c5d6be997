"""What is known of a contract's commitments before a return is read: their units, plans, and what stands against them.

What counts as delivered of a period is all that stands claimed on its days, within the promise or beyond it. What the
return's own lines say is not counted: it is what the return is asked for.
"""

from datetime import timedelta
from decimal import Decimal

from django.db.models import Sum

from suppliers import pace, plans
from suppliers.accounts import Account
from suppliers.models import LedgerEntry
from vocabulary.quantities import ZERO, rounded
from words.references import reference_key

from .models import Answer, ReturnLine
from .reading import Known

DELIVERED = (Account.CLAIMED, Account.BEYOND)


def of_contract(contract, first, last):
    """{reference key: Known} of a contract's standing commitments that have a reference, for a return of a period."""
    commitments = list(contract.commitments.standing().order_by("pk"))
    by_number = of_commitments(commitments, contract, first, last)
    return {reference_key(c.external_reference or f"no. {c.pk}"): by_number[c.pk] for c in commitments}


def of_commitments(commitments, contract, first, last):
    """{commitment id: Known} of these commitments of a contract."""
    numbers = [commitment.pk for commitment in commitments]
    own = set(own_lines(contract, first))
    before = delivered(numbers, until=first - timedelta(days=1), without=own)
    within = delivered(numbers, since=first, until=last, without=own)
    told, planned = _told(numbers, first), plans.in_force(numbers)
    milestones = plans.milestones(numbers, first, last)
    return {
        c.pk: Known(
            unit=c.unit,
            unit_words=c.unit_words,
            to_date=max(before.get(c.pk, ZERO), told.get(c.pk, ZERO)),
            planned=_planned(planned.get(c.pk), first, last),
            already=within.get(c.pk, ZERO),
            milestones=tuple(milestones.get(c.pk, ())),
            subject=c,
        )
        for c in commitments
    }


def own_lines(contract, first):
    """Numbers of the ledger's lines that the return of the period beginning on `first` made."""
    rows = ReturnLine.objects.filter(answer__of_return__contract=contract, answer__of_return__first_day=first)
    return [line.number for line in rows]


def delivered(numbers, *, since=None, until=None, without=()):
    """{commitment id: Decimal} of what stands delivered on days from `since` to `until`, without some return lines."""
    rows = LedgerEntry.objects.filter(commitment__in=numbers, account__in=DELIVERED).in_period(since, until)
    sums = dict(rows.values_list("commitment").annotate(Sum("amount")).order_by())
    if without:
        own = rows.filter(return_line_number__in=without)
        for number, amount in own.values_list("commitment").annotate(Sum("amount")).order_by():
            sums[number] -= amount
    return sums


def _told(numbers, first):
    """{commitment id: "delivered to date" of the newest earlier return that was not rejected}."""
    rows = Answer.objects.filter(
        commitment__in=numbers, of_return__last_day__lt=first, to_date__isnull=False, state__in=["sent", "accepted"]
    )
    return dict(rows.order_by("of_return__last_day").values_list("commitment", "to_date"))


def _planned(plan, first, last):
    """How much a plan expects within a period, to two places; None without a plan."""
    if plan is None:
        return None
    amount = pace.expected(plan, last) - pace.expected(plan, first - timedelta(days=1))
    return rounded(Decimal(amount.numerator) / Decimal(amount.denominator))
