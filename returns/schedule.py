"""Which returns are due: by the size of the contract, for whole quarters, until the contract is over.

Quarterly from RETURN_QUARTERLY_FROM pounds on, every half year (to September and March) below, and once at its end
below RETURN_AT_END_BELOW. Where the value is not known: every half year. The contract's first period begins with the
quarter in which it starts; periods that were over before its promises were recorded here are not asked for.
"""

from datetime import timedelta
from enum import StrEnum

from django.conf import settings
from django.utils import timezone

from suppliers.models import Commitment, Contract

from . import opening, periods
from .models import Return

HALF_YEARS_END = (3, 9)


class Every(StrEnum):
    QUARTER = "every quarter"
    HALF_YEAR = "every half year"
    END = "at the end of the contract"


def rhythm(contract):
    """How often a contract reports."""
    value = contract.value_gbp
    if value is not None and value >= settings.RETURN_QUARTERLY_FROM:
        return Every.QUARTER
    is_small = value is not None and value < settings.RETURN_AT_END_BELOW
    return Every.END if is_small and contract.end else Every.HALF_YEAR


def next_period(contract, since):
    """(first day, last day) of the period that begins with the quarter of `since`."""
    first = periods.first_of_quarter(since)
    last, every = periods.last_of_quarter(first), rhythm(contract)
    over = periods.last_of_quarter(contract.end) if contract.end else None
    while last != over and not _ends_here(last, every):
        last = periods.last_of_quarter(last + timedelta(days=1))
    return first, last


def _ends_here(last, every):
    return every == Every.QUARTER or (last.month in HALF_YEARS_END and every == Every.HALF_YEAR)


def due(contract, known_since, today):
    """[(first day, last day)] of periods that are over by `today`, have no return and are asked for, oldest first."""
    covered = list(Return.objects.filter(contract=contract).values_list("first_day", "last_day"))
    begins = contract.start or known_since
    found, since = [], periods.first_of_quarter(begins)
    while since <= today and not (contract.end and since > contract.end):
        first, last = next_period(contract, since)
        since = last + timedelta(days=1)
        overlaps = any(first <= end and begin <= last for begin, end in covered)
        if last < today and last >= known_since and not overlaps:
            found.append((first, last))
    return found


def open_due(today=None):
    """Open every return that is due of contracts with a supplier who signed up and a promise; how many."""
    today, opened = today or timezone.localdate(), 0
    with_promise = Commitment.objects.standing().values("contract")
    rows = Contract.objects.filter(pk__in=with_promise, supplier__isnull=False, made_for_import=False)
    for contract in rows.order_by("pk").iterator():
        for first, last in due(contract, timezone.localdate(contract.created_at), today):
            opening.of_period(contract, first, last)
            opened += 1
    return opened
