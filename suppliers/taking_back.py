"""Contracts of an import are as they were before it, as long as nothing was built on them (see importing.touched)."""

from django.db import transaction
from django.db.models import ProtectedError

from importing.touched import Stands, named

from . import sources
from .contracts import CONTRACT, as_json, save_many
from .models import Contract, ContractParty, ContractSource

AT_ONCE = 500
PARTY = "party"  # as an import calls a supplier beside the first
NOT_BUILT_ON = ("sources",)  # relations of a contract that the import itself fills


def undo(touched, by=None):
    """Take away the contracts that an import made and give the others what they had.

    Raises Stands, with the contracts, where one was built on or changed since.
    """
    made, changed = touched.made.get(CONTRACT, []), touched.changed.get(CONTRACT, {})
    reasons = _without_parties(touched.made.get(PARTY, []))
    for start in range(0, len(made), AT_ONCE):
        reasons += _built_on(made[start : start + AT_ONCE])
    rows = {}
    for numbers in _slices(list(changed)):
        rows |= {str(row.pk): row for row in Contract.objects.select_for_update(no_key=True).filter(pk__in=numbers)}
    differ = [row for number, row in rows.items() if any(
        as_json(getattr(row, name)) != after for name, (_, after) in changed[number].items()
    )]  # fmt: skip
    if differ:
        reasons.append(f"Changed since: {named([row.reference for row in differ])}.")
    if reasons:
        raise Stands(*dict.fromkeys(reasons))
    for numbers in _slices(made):
        delete(numbers)
    _restore(rows, changed)
    sources.unsay(touched.said.get(sources.CONTRACT_SOURCE, []), by=by)


def _without_parties(numbers):
    """Take away the parties that an import made; [sentence] where a pledge holds something of one."""
    try:
        with transaction.atomic():
            for party in ContractParty.objects.filter(pk__in=numbers):
                party.delete()
    except ProtectedError as held:
        return [held.args[0]]
    return []


def delete(numbers):
    """Contracts go together with what their source said of them, which goes after them (rule 4)."""
    rows = Contract.objects.filter(pk__in=numbers)
    rows._raw_delete(rows.db)
    ContractSource._base_manager.filter(contract_id__in=numbers).delete()


def _slices(numbers):
    return (numbers[start : start + AT_ONCE] for start in range(0, len(numbers), AT_ONCE))


def _built_on(numbers):
    """[sentence] of contracts that something stands on: commitments, parties, plans, what another source said since."""
    rows = Contract.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=numbers)
    found = []
    for relation in Contract._meta.related_objects:
        if relation.get_accessor_name() not in NOT_BUILT_ON:
            held = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": numbers})
            references = held.values_list(f"{relation.field.name}__reference", flat=True).distinct()
            if references := sorted(references):
                found.append(f"There is a {relation.related_model._meta.verbose_name} of {named(references)}.")
    said = {}
    for row in ContractSource.objects.filter(contract__in=numbers).select_related("contract").order_by("as_at", "pk"):
        said.setdefault(row.contract.reference, []).append(row)
    spoken = [reference for reference, rows in said.items() if _says_more(rows)]
    if spoken:
        found.append(f"Another source spoke of {named(sorted(spoken))} since.")
    by_hand = [
        row.reference
        for row in rows.select_related("supplier")
        if row.manager_id
        or row.model_id
        or row.passes_to_id
        or (row.supplier_id and row.supplier.company_number != row.company_number)
    ]
    if by_hand:
        found.append(f"Somebody has worked on {named(by_hand)} since.")
    return found


def _says_more(rows):
    """Whether sources say more of a contract than the import that made it: what was taken back since says no more."""
    return len({row.kind for row in rows}) > 1 or rows[-1].said != rows[0].said


def _restore(rows, changed):
    fields = set()
    for number, row in rows.items():
        for name, (before, _) in changed[number].items():
            setattr(row, name, Contract._meta.get_field(name).to_python(before))
            fields.add(name)
    if rows:
        save_many([], list(rows.values()), fields)
