"""Writing contracts, and saying so: matching follows their days and their supplier."""

from django.db import transaction

from places import councils

from .models import Contract
from .signals import contracts_changed


@transaction.atomic
def save(contract):
    """Save one contract, new or changed."""
    contract.save()
    contracts_changed.send(Contract, numbers=[contract.pk])
    return contract


@transaction.atomic
def save_many(new, changed, fields):
    """Save new contracts, and `fields` of changed ones."""
    own = councils.home()
    for contract in new:
        contract.belongs_to(own)
    Contract.objects.bulk_create(new)
    if changed:
        Contract.objects.bulk_update(changed, sorted(fields), batch_size=500)
        contracts_changed.send(Contract, numbers=[contract.pk for contract in changed])
