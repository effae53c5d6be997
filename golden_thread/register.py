"""An extract of Proactis serves the contract register too: each contract once, new ones made, the others filled up."""

from suppliers import contracts, sources
from suppliers.models import Contract

from . import rules
from .models import Extract


def feed(extract, rows, by, touched=None):
    """`rows` are ContractRecords of an Extract; what was made and changed is written down in `touched`. An older
    extract than one that was read before says nothing new.
    """
    council = extract.council_id
    newer = Extract.objects.filter(system=extract.system, council=council, as_at__gt=extract.as_at).exists()
    if newer:
        return
    counted = rules.current(council)
    said = {}
    for row in rows:
        if row.reference_key and counted.meaning(row.status) != "void":
            said.setdefault(row.reference_key, row)  # the first row of a contract speaks for it
    known = contracts.by_key(said)
    for key in contracts.of_others(known, council):
        del said[key], known[key]
    before = sources.newest([contract.pk for contract in known.values()], sources.Kind.EXTRACT)
    fresh, changed, fields_changed = [], [], set()
    for key, row in said.items():
        contract, values = known.get(key), values_of(row)
        if contract is None:
            known[key] = Contract(reference=row.reference, reference_key=key, council_id=council, **values)
            fresh.append(known[key])
            continue
        fields = sources.fill(contract, values, before.get(contract.pk))
        if fields and not ends_before_it_starts(contract):
            changed.append(contract)
            fields_changed |= set(fields)
    contracts.save_many(fresh, changed, fields_changed, touched)
    noted = [(known[key], values_of(row), row.sheet, row.line) for key, row in said.items() if known[key].pk]
    sources.note(noted, sources.Kind.EXTRACT, before, as_at=extract.as_at, name=extract.name, by=by, touched=touched)


def ends_before_it_starts(contract):
    return bool(contract.start and contract.end and contract.end < contract.start)


def values_of(row):
    """{field of a contract: value} of a record. A term that ends before it starts is a mistake of the source."""
    is_wrong = ends_before_it_starts(row)
    return {
        "title": row.title or row.reference,
        "supplier_name": row.supplier_name,
        "directorate": row.directorate,
        "status": row.status,
        "value_gbp": row.value_gbp if row.value_gbp is None or row.value_gbp >= 0 else None,
        "start": None if is_wrong else row.start,
        "end": None if is_wrong else row.end,
        "award_date": row.signed_on,
        "plan_id_as_typed": row.plan_id_as_typed,
    }
