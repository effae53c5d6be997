"""A contract with a manager and a return that its supplier owes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from returns import opening, periods
from suppliers.models import Contract


@pytest.fixture
def last_quarter():
    """(first day, last day) of the quarter before today's."""
    last = periods.first_of_quarter(timezone.localdate()) - timedelta(days=1)
    return periods.first_of_quarter(last), last


@pytest.fixture
def contract(commitment, people):
    Contract.objects.filter(pk=commitment.contract_id).update(
        manager=people["cara"], value_gbp=2_000_000, start=timezone.localdate() - timedelta(days=500)
    )
    return Contract.objects.get(pk=commitment.contract_id)


@pytest.fixture
def owed(contract, last_quarter):
    """The Return of last quarter, not sent."""
    return opening.of_period(contract, *last_quarter)
