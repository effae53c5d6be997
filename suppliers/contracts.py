"""Writing contracts, and saying so: matching follows their days and their supplier."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.db.models.signals import pre_delete
from django.dispatch import receiver

from places import councils

from . import ledger
from .ledger import Act, Source
from .models import CommitmentBalance, Contract, ContractParty
from .signals import contracts_changed

STILL_HELD = "A pledge still holds part of what was promised here. Settle that before this supplier goes."


CONTRACT = "contract"  # as an import calls it that is to be taken back
_partners = []


def partners_told_by(provider):
    """Register what tells the numbers of partner authorities' councils: provider() returns them."""
    _partners.append(provider)
    return provider


def as_json(value):
    """A field's value as an import keeps it: days and pounds as text."""
    return value if value is None or isinstance(value, bool | str) else str(value)


def by_key(keys):
    """{reference key: Contract} of those that are in the register."""
    return Contract.objects.in_bulk(list(keys), field_name="reference_key")


def of_others(known, council=None):
    """{reference key} of `known` ({reference key: Contract}) that are another authority's: than the partner's of a
    number, or than the site's own where none is given.
    """
    partners = {number for provider in _partners for number in provider()}
    authority_of = {key: contract.council_id for key, contract in known.items()}
    return {key for key, number in authority_of.items() if (number if number in partners else None) != council}


@transaction.atomic
def save(contract, *, by=None):
    """Save one contract, new or changed. Where its council was entered wrongly, its accounts follow it.

    ValidationError where a supplier would go while a pledge holds something of a commitment.
    """
    if contract.pk:
        kept, balances = ledger.hold_contract(contract.pk), _held(contract.pk)
        if kept.supplier_id and kept.supplier_id != contract.supplier_id:
            is_party = kept.parties.filter(organisation=kept.supplier_id).exists()
            if _pledged(balances) and not is_party:
                raise ValidationError({"supplier": STILL_HELD})
        if kept.council_id != contract.council_id:
            words = {"by": by, "by_words": "" if by else "The site"}
            act = Act(Source.COUNCIL, "The contract’s council was corrected", **words)
            for balance in balances:
                ledger.correct_council(balance.commitment, contract.council, act)
    contract.save()
    contracts_changed.send(Contract, numbers=[contract.pk])
    return contract


def _held(number):
    """The balances of a contract's commitments, held until the transaction ends."""
    rows = CommitmentBalance.objects.filter(commitment__contract=number).select_related("commitment")
    return list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))


def _pledged(balances):
    """[Commitment] of the balances of which a pledge holds something."""
    return [balance.commitment for balance in balances if balance.reserved or balance.to_agree]


@transaction.atomic
def save_party(party):
    """Save one of several suppliers of a contract, new or changed. ValidationError as `save`."""
    if party.pk:
        kept = ContractParty.objects.get(pk=party.pk)
        moves = (kept.contract_id, kept.organisation_id) != (party.contract_id, party.organisation_id)
        if moves and _loses(kept):
            raise ValidationError(STILL_HELD)
    party.save()
    contracts_changed.send(Contract, numbers=[party.contract_id])
    return party


@receiver(pre_delete, sender=ContractParty)
def refuse_to_lose(sender, instance, **kwargs):
    """No screen and no list of ticked rows takes a supplier away that a pledge may still be of."""
    if held := _loses(instance):
        raise ProtectedError(STILL_HELD, held)


def _loses(party):
    """[Commitment] that keep a party's organisation: a pledge holds some, and nothing else here names it."""
    contract, organisation = ledger.hold_contract(party.contract_id), party.organisation_id
    balances = _held(contract.pk)
    others = contract.parties.exclude(pk=party.pk).filter(organisation=organisation)
    is_kept = organisation in (None, contract.supplier_id) or others.exists()
    return [] if is_kept else _pledged(balances)


@transaction.atomic
def save_many(new, changed, fields, touched=None):
    """Save new contracts, and `fields` of changed ones; what was made and changed is written down in `touched`."""
    own = councils.home()
    for contract in new:
        contract.belongs_to(own)
    Contract.objects.bulk_create(new)
    if touched:
        touched.make(CONTRACT, new)
        before = {
            row["pk"]: row
            for row in Contract.objects.filter(pk__in=[each.pk for each in changed]).values("pk", *fields)
        }
        for contract in changed:
            pairs = {name: (as_json(before[contract.pk][name]), as_json(getattr(contract, name))) for name in fields}
            touched.change(CONTRACT, contract.pk, **{name: pair for name, pair in pairs.items() if pair[0] != pair[1]})
    if changed and fields:
        Contract.objects.bulk_update(changed, sorted(fields), batch_size=500)
        contracts_changed.send(Contract, numbers=[contract.pk for contract in changed])
