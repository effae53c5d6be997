"""Contracts whose council ends pass to its successor, with all that stands against them (rule 11)."""

from django.db import transaction
from django.utils import timezone

from places import areas, councils
from places.models import District, Passing
from records.days import day_after

from . import ledger
from .ledger import Act, Source
from .models import Contract
from .signals import contracts_changed

WHAT = Passing.What.CONTRACT


def due(day):
    """Contracts that pass by `day`: of a council that has ended, and not over themselves before it did."""
    rows = Contract.objects.filter(council__valid_to__lt=day).select_related("council", "passes_to")
    return [contract for contract in rows if not contract.end or contract.end > contract.council.valid_to]


def target(contract):
    """The Council that a contract passes to: as a person decided, or by the districts of its commitments, where all of
    them lie with one successor. None where somebody has to decide.
    """
    if contract.passes_to_id:
        return contract.passes_to
    found = set()
    for words in contract.commitments.values_list("delivery_area", flat=True):
        districts = District.objects.filter(outcodes__in=areas.named(words))
        found |= set(districts.values_list("successor", flat=True)) or {None}
    return contract.council.successor_of(found)


@transaction.atomic
def pass_contract(contract, to, *, reason, by=None, by_words=""):
    """A contract passes the day after its council ends; its accounts pass with entries on both sides."""
    ledger.hold_contract(contract.pk)
    old = contract.council
    on = day_after(old.valid_to)
    act = Act(Source.SUCCESSION, reason, by=by, by_words=by_words, day=old.valid_to)
    for commitment in contract.commitments.order_by("pk"):
        ledger.pass_to(commitment, to, act)
    Contract.objects.filter(pk=contract.pk).update(council=to, updated_at=timezone.now())
    contract.council = to
    contracts_changed.send(Contract, numbers=[contract.pk])
    return councils.pass_on(WHAT, contract.pk, old, to, on=on, reason=reason, by=by, by_words=by_words)
