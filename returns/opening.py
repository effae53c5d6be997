"""The return of a contract for a period: found, or opened where no other covers its days."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from suppliers import ledger

from .models import Return


@transaction.atomic
def of_period(contract, first, last):
    """The Return of a contract for these days; opened where there is none.

    One that nobody has written to yet gives way to another cut of its days. ValidationError where another return says
    something of the same days: they would count twice.
    """
    ledger.hold_contract(contract.pk)
    rows = Return.objects.filter(contract=contract, first_day__lte=last, last_day__gte=first).select_for_update()
    for found in rows:
        if (found.first_day, found.last_day) == (first, last):
            return found
        if found.state != Return.State.OPEN or found.changes:
            words = f"A return for {found.period} says what was delivered on these days already. Change that one."
            raise ValidationError(words, code="overlap")
        found.delete()
    due = last + timedelta(days=settings.RETURN_DUE_DAYS)
    return Return.objects.create(contract=contract, first_day=first, last_day=last, due_on=due)


def hold(number, seen=None):
    """A Return held until the transaction ends; ValidationError where somebody wrote to it after `seen` changes."""
    found = Return.objects.select_for_update(of=("self",)).select_related("contract", "saved_by").get(pk=number)
    if seen is not None and found.changes != seen:
        who = f"{found.saved_by} " if found.saved_by else "Somebody else "
        words = f"{who}changed this return after you opened it. Theirs is kept."
        raise ValidationError(words, code="moved")
    return found
