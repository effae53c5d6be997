"""Promises of an import are taken back in the ledger's own way: what was made is withdrawn and frees its reference,
what was varied is varied back. Every entry stays (rule 4).
"""

from decimal import Decimal

from django.core.exceptions import ValidationError

from importing.touched import Stands, named

from .. import commitments
from ..ledger import LedgerRefused
from ..models import Commitment, LedgerEntry

WHY = "The import that brought it was taken back"
OF_THE_IMPORT = ("balance", "entries")  # relations of a commitment that an import itself fills


def undo(made, changed, by=None):
    """`made` are primary keys, `changed` {primary key: {field or "promised": [before, after]}}. Stands where something
    was built on one, or it was changed since.
    """
    words = {} if by else {"by_words": "An import on the command line"}
    numbers = [*made, *map(int, changed)]
    rows = {row.pk: row for row in Commitment.objects.filter(pk__in=numbers).select_related("balance", "contract")}
    new, old = [rows[number] for number in made if number in rows], [rows[int(number)] for number in changed]
    reasons = []
    if held := [row for row in new if _is_built_on(row)]:
        reasons.append(f"Something stands on {named([row.external_reference for row in held])}.")
    if differ := [row for row in old if _is_changed(row, changed[str(row.pk)])]:
        reasons.append(f"Changed since: {named([row.external_reference for row in differ])}.")
    if reasons:
        raise Stands(*reasons)
    try:
        for row in sorted(new, key=lambda row: row.pk):
            commitments.withdraw(row, WHY, by=by, **words)
            Commitment.objects.filter(pk=row.pk).update(external_reference=None)
        for row in sorted(old, key=lambda row: row.pk):
            _vary_back(row, changed[str(row.pk)], by, words)
    except (ValidationError, LedgerRefused) as refused:
        raise Stands(*getattr(refused, "messages", [str(refused)])) from refused


def _is_built_on(row):
    """Whether more than the promise itself stands on a commitment, or it was varied or withdrawn."""
    related = (
        relation.related_model._base_manager.filter(**{relation.field.name: row.pk})
        for relation in Commitment._meta.related_objects
        if relation.get_accessor_name() not in OF_THE_IMPORT
    )
    return (
        row.is_withdrawn or LedgerEntry.objects.filter(commitment=row).count() > 1 or any(r.exists() for r in related)
    )


def _is_changed(row, fields):
    now = {name: getattr(row, name) for name in fields if name != "promised"}
    promised = fields.get("promised", [None, row.balance.promised])[1]
    return row.balance.promised != Decimal(promised) or any(now[name] != fields[name][1] for name in now)


def _vary_back(row, fields, by, words):
    for name, (before, _) in fields.items():
        if name != "promised":
            setattr(row, name, before)
    commitments.change(row)
    before = Decimal(fields["promised"][0])
    if before != row.balance.promised:
        commitments.vary(row, before, by=by, reason=WHY, **words)
