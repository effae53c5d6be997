"""Commitments from a file: kept under their external reference, filed under a contract.

A row that names a contract the register holds is filed there. One that names none is filed under a contract
made for the purpose, one for each type of supplier, and marked as such.
"""

from dataclasses import replace
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from importing.headings import Field, fitted
from importing.report import Importer, RowRefused, note, refuse
from vocabulary.quantities import rounded
from words.references import reference_key

from .. import commitments
from ..ledger import LedgerRefused
from ..models import Commitment, Contract
from . import measures, promises
from .spoken import PROMISED
from .wording import kind_of_help

COMMITMENT = "commitment"  # as an import calls it that is to be taken back
FIELDS = [
    Field(
        "external_reference",
        "commitment reference",
        ("commitment id", "commitment reference", "commitment ref", "promise id", "promise ref", "id"),
        required=True,
        kind="reference",
    ),
    Field(
        "wording",
        "wording",
        (
            "text",
            "wording",
            "commitment text",
            "commitment wording",
            "description",
            "social value initiative",
            "social value commitment",
        ),
        required=True,
        kind="words",
    ),
    Field("theme", "theme", ("category", "theme", "priority", "pillar", "social value theme")),
    measures.quantity(
        "amount promised", "amount committed", "target", "number", "number promised", "quantity promised",
        "promised quantity", "target quantity",
    ),
    measures.UNIT,
    Field(
        "delivery_area",
        "delivery area",
        ("delivery area", "area", "place", "where", "location", "delivery location", "district", "borough"),
    ),
    Field("supplier_type", "type of supplier", ("supplier type", "type of supplier", "supplier"), longest=100),
    Field("measure", "measure", ("measure", "metric", "indicator", "kpi", "toms measure", "toms")),
    Field(
        "contract_reference",
        "contract reference",
        (
            "contract reference",
            "contract ref",
            "contract id",
            "contract no",
            "contract number",
            "contract reference no",
            "contract reference number",
            "agreement reference",
            "agreement ref",
        ),
        longest=Contract._meta.get_field("reference").max_length,
    ),
]  # fmt: skip


class CommitmentImporter(Importer):
    kind = "commitments"
    label = "Commitments"
    fields = fitted([replace(field, says=PROMISED.get(field.name)) for field in FIELDS], Commitment)

    def key_of(self, values):
        return values["external_reference"]

    def check(self, record, report):
        """Quantity and unit make one measure: what is understood is converted, what is not is asked about."""
        if "quantity" not in record.columns and "unit_words" not in record.columns:
            return
        if record.faulty and record.values.get("quantity") is None:
            return  # told already
        settled, problems = measures.settle(record.values)
        for name, problem in problems:
            note(report, record, name, record.values.get(name), problem)
        record.values |= settled

    def check_all(self, records, report):
        """Every contract that a row names is in the register, and a known commitment keeps its contract and unit."""
        records = [record for record in records if not record.faulty]
        known = contracts_of(filter(None, (record.values.get("contract_reference") for record in records)))
        here = self.existing([record.values["external_reference"] for record in records])
        for record in records:
            reference = record.values.get("contract_reference")
            if reference and reference_key(reference) not in known:
                words = f"No contract “{reference}” is in the register. Import the register first."
                refuse(report, record, "contract_reference", words, "unknown_contract")
                continue
            found = here.get(record.values["external_reference"])
            if found and (why := self.another(found, record.values)):
                refuse(report, record, *why, "another_commitment")

    def existing(self, keys):
        rows = Commitment.objects.filter(external_reference__in=keys).select_related("balance", "contract")
        return {row.external_reference: row for row in rows}

    def fields_of(self, values):
        """({field: value} of the commitment, quantity promised) of a row."""
        measure = measures.understand(values.get("unit_words"))
        unit, words, quantity = measure.unit, measure.words, values.get("quantity")
        return {
            "wording": values["wording"],
            "measure": values.get("measure", ""),
            "theme": values.get("theme", ""),
            "unit": unit,
            "unit_words": words,
            "kind": kind_of_help(unit, values.get("measure"), values["wording"]),
            "delivery_area": values.get("delivery_area", ""),
        }, Decimal(1) if quantity is None else quantity

    def differs(self, found, values):
        fields, quantity = self.fields_of(values)
        named = values.get("contract_reference")
        return (
            found.balance.promised != quantity
            or any(getattr(found, name) != value for name, value in fields.items())
            or bool(named and reference_key(named) != found.contract.reference_key)
        )

    def differences(self, found, values):
        fields, quantity = self.fields_of(values)
        now = {name: getattr(found, name) for name in fields} | {"quantity": found.balance.promised}
        says = fields | {"quantity": quantity}
        return [(name, now[name], value) for name, value in says.items() if now[name] != value]

    def contracts_for(self, rows):
        """[Contract] of rows of values: the one that each names, or one made for the import by type of supplier."""
        references = [row.get("contract_reference") or f"IMPORTED-{slugify(kind_of(row))[:100]}" for row in rows]
        known = contracts_of(references)
        for row, reference in zip(rows, references, strict=True):
            if reference_key(reference) not in known:
                if row.get("contract_reference"):
                    raise Contract.DoesNotExist(reference)  # it was there when the rows were checked
                known[reference_key(reference)], _ = Contract.objects.get_or_create(
                    reference_key=reference_key(reference),
                    defaults={
                        "reference": reference,
                        "title": f"Imported commitments: {kind_of(row)}",
                        "supplier_name": kind_of(row),
                        "made_for_import": True,
                    },
                )
        return [known[reference_key(reference)] for reference in references]

    def save(self, new, changed, by):
        words = {} if by else {"by_words": "An import on the command line"}
        for record, contract in zip(new, self.contracts_for([record.values for record in new]), strict=True):
            fields, quantity = self.fields_of(record.values)
            commitment = Commitment(external_reference=record.values["external_reference"], contract=contract, **fields)
            try:
                commitments.make(commitment, quantity, by=by, reason="Imported", **words)
            except ValidationError as refused:
                raise RowRefused(record, "quantity", " ".join(refused.messages)) from refused
            self.touched.make(COMMITMENT, [commitment])
        for found, record in sorted(changed, key=lambda pair: pair[0].pk):  # the order in which balances are locked
            fields, quantity = self.fields_of(record.values)
            if refused := self.another(found, record.values):
                raise RowRefused(record, *refused)
            before = {name: getattr(found, name) for name in fields}
            for name, value in fields.items():
                setattr(found, name, value)
            try:
                commitments.change(found)
            except ValidationError as refused:
                raise RowRefused(record, "wording", " ".join(refused.messages)) from refused
            words_changed = {name: (before[name], value) for name, value in fields.items() if before[name] != value}
            self.touched.change(
                COMMITMENT, found.pk, promised=(str(found.balance.promised), str(rounded(quantity))), **words_changed
            )
            if found.balance.promised != quantity:
                try:
                    commitments.vary(found, quantity, by=by, reason="Imported again", **words)
                except LedgerRefused as refused:
                    raise RowRefused(record, "quantity", "More than that is reserved or claimed already.") from refused
                except ValidationError as refused:
                    raise RowRefused(record, "quantity", " ".join(refused.messages)) from refused

    def take_back(self, touched, by):
        promises.undo(touched.made.get(COMMITMENT, []), touched.changed.get(COMMITMENT, {}), by)

    def another(self, found, values):
        """(field, words) where a row of a known commitment means another one, or one that was withdrawn; else None."""
        named, unit = values.get("contract_reference"), measures.understand(values.get("unit_words")).unit
        if named and reference_key(named) != found.contract.reference_key:
            words = f"It stands under contract {found.contract.reference} and stays there. Pass it on, or add another."
            return "contract_reference", words
        if found.unit != unit:
            words = f"It is counted in {found.get_unit_display()} and stays so. Withdraw it, or add another."
            return "unit_words", words
        if not commitments.may_say(found, values["wording"]):
            return "wording", commitments.LOCKED
        if found.is_withdrawn and found.balance.promised != self.fields_of(values)[1]:
            return "quantity", f"{found.state_words}. Reinstate it before its quantity changes."
        return None


def kind_of(values):
    return values.get("supplier_type") or "Supplier not named"


def contracts_of(references):
    """{reference key: Contract} of those that are in the register."""
    keys = {reference_key(reference) for reference in references}
    return {contract.reference_key: contract for contract in Contract.objects.filter(reference_key__in=keys)}
