"""Several suppliers under one reference are one contract with several parties: lots of a framework, or a consortium.

Rows of lots differ in the supplier, and in what belongs to it, alone. Values that differ are those of the lots and add
up; one value on every row is the whole contract's, said again.
"""

from .. import contracts
from ..models import ContractParty
from ..taking_back import PARTY

OF_A_LOT = {"supplier_name", "value_gbp", "company_number", "sme", "vcse"}
ROWS, PARTIES = "rows", "parties"  # beside the fields of a contract: its rows, and the names of its other suppliers


def fields(values):
    """The fields of a contract among what was read of it."""
    return {name: value for name, value in values.items() if name not in (ROWS, PARTIES)}


def is_said(values, more):
    """Whether a row says what one of the rows of a contract says."""
    said = [fields(row) | {"reference": ""} for row in values.get(ROWS, [values])]
    return fields(more) | {"reference": ""} in said


def join(values, more):
    """Take the row of another supplier into `values`; the sentence that says so, "" where it is no lot."""
    first = values.get(ROWS, [values])[0]
    differ = {name for name, value in more.items() if name != "reference" and first.get(name) != value}
    if not more.get("supplier_name") or "supplier_name" not in differ or differ - OF_A_LOT:
        return ""
    rows = values.setdefault(ROWS, [dict(values)])
    rows.append(dict(more))
    values[PARTIES] = list(dict.fromkeys(row["supplier_name"] for row in rows[1:]))
    amounts = [row["value_gbp"] for row in rows if row.get("value_gbp") is not None]
    if len(set(amounts)) > 1:
        values["value_gbp"] = sum(amounts)
        of_value = f"their values add up to £{values['value_gbp']:,.2f}"
    else:
        of_value = "their value is the same on every row, and was counted once" if amounts else "none has a value"
    return f"Another supplier of the same contract: kept as one contract with {len(rows)} suppliers; {of_value}."


def missing(contract, values):
    """[name] of suppliers that a file names and a contract does not have yet."""
    wanted = values.get(PARTIES) or []
    kept = set(contract.parties.values_list("name", flat=True)) | {contract.supplier_name} if wanted else set()
    return [name for name in wanted if name not in kept]


def save(contract, values, touched):
    """Keep the other suppliers of a contract; none is taken away."""
    for name in missing(contract, values):
        party = contracts.save_party(ContractParty(contract=contract, name=name, role=ContractParty.Role.LOT))
        touched.make(PARTY, [party])
