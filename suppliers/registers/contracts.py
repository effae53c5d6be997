"""The contract register: how a row of it becomes a Contract; contract_fields.py has its columns."""

import hashlib
from dataclasses import replace

from django.utils import timezone

from importing.headings import fitted, layout_hash
from importing.report import Importer, RowRefused, note
from organisations.models import Organisation
from words.references import reference_key, same_words

from .. import contracts, sources, taking_back
from ..models import Contract, ContractSource
from . import lots, unnamed
from .contract_fields import FIELDS
from .spoken import SPOKEN

TELLS_APART = {"start", "end"}  # a list of payments has neither, and is no register
MADE_TITLE = 100  # letters of a description that make a title


def shortened(description):
    """The beginning of a description, to the end of a word."""
    line = " ".join(str(description).split())
    return line if len(line) <= MADE_TITLE else line[:MADE_TITLE].rsplit(" ", 1)[0] + "…"


def made_reference(title, supplier, start):
    """A lasting reference for a contract whose register gives none: the same words and start, the same reference."""
    said = "|".join([same_words(title), same_words(supplier), start.isoformat() if start else ""])
    return f"MADE-{hashlib.sha256(said.encode()).hexdigest()[:10].upper()}"


def check_term(record, report):
    """Refuse a row whose contract ends before it starts."""
    start, end = record.values.get("start"), record.values.get("end")
    if start and end and end < start:
        report.add(
            "error",
            sheet=record.sheet,
            row=record.row,
            code="end_before_start",
            column="/".join(record.columns.get(name, name) for name in ("start", "end")),
            value=f"{start} to {end}",
            message="The contract ends before it starts. Correct it at the source.",
        )
        record.faulty = True


def tell_of_nought(record, report):
    """A value of £0 may be meant, or say that there is none, or be of a variation: it is kept and told."""
    if record.values.get("value_gbp") == 0:
        words = "The value is £0 and kept so. Where it stands for “not said”, leave the cell empty."
        note(report, record, "value_gbp", 0, ("warning", "value_nought", words))


class ContractImporter(Importer):
    kind = "contracts"
    label = "Contract register"
    fields = fitted([replace(field, says=SPOKEN.get(field.name)) for field in FIELDS], Contract)
    leaves_other_sheets = True
    makes = ("title", "reference")

    layout = ""  # a mark of the headings of the file

    def take_headings(self, headings):
        """A file is known again by its headings; of several sheets the first tells."""
        self.layout = self.layout or layout_hash([heading for _, heading in headings])

    def key_of(self, values):
        return reference_key(values["reference"])

    def asks(self, columns, unused):
        return unnamed.ask(columns, unused)

    def made(self, columns):
        """A title from the description; a reference from what tells one contract from another."""
        found = {}
        if "title" not in columns and "description" in columns:
            found["title"] = "There is no column of titles: each was made from the beginning of the description."
        has_title = "title" in columns or "title" in found
        if "reference" not in columns and has_title and "supplier_name" in columns and TELLS_APART & set(columns):
            found["reference"] = (
                "There is no column of references: each was made from title, supplier and start, "
                "the same again for the same contract."
            )
        return found

    def make(self, values):
        found = {}
        title = values.get("title") or shortened(values.get("description") or "")
        if title and not values.get("title"):
            found["title"] = title
        if not values.get("reference") and title and values.get("supplier_name"):
            found["reference"] = made_reference(title, values["supplier_name"], values.get("start"))
        return found

    def same(self, one, other):
        """A reference is the same however its hyphens and capitals are written."""
        return lots.is_said(one, other)

    def join(self, values, more):
        return lots.join(values, more)

    def check(self, record, report):
        check_term(record, report)
        tell_of_nought(record, report)

    def check_all(self, records, report):
        """A contract of a partner authority is changed by that one's own extract alone."""
        by_key = {reference_key(record.values["reference"]): record for record in records if not record.faulty}
        for key in contracts.of_others(contracts.by_key(by_key)):
            message = "The register has this reference as another authority’s contract. Its own extract changes it."
            note(report, by_key[key], "reference", key, ("error", "of_another_authority", message))

    def existing(self, keys):
        return {contract.reference_key: contract for contract in Contract.objects.filter(reference_key__in=keys)}

    def changes(self, contract, values):
        """{field: value} that a row changes. An empty cell says nothing and changes nothing."""
        fields = lots.fields(values).items()
        said = {name: value for name, value in fields if value not in (None, "") and name != "reference"}
        return {name: value for name, value in said.items() if getattr(contract, name) != value}

    def differences(self, found, values):
        pairs = [(name, getattr(found, name), value) for name, value in self.changes(found, values).items()]
        return pairs + [("another supplier", "", name) for name in lots.missing(found, values)]

    def gone(self, records):
        """Contracts that run, that a file of this layout named before and this one does not; nothing is taken away."""
        if not self.layout:
            return [], 0
        here = {record.key or self.key_of(record.values) for record in records if record.values.get("reference")}
        told = ContractSource.objects.filter(kind=sources.Kind.REGISTER, layout=self.layout)
        told = told.exclude(said={}).values("contract")
        running = Contract.objects.filter(pk__in=told).exclude(end__lt=timezone.localdate())
        held = running.values_list("reference_key", "reference", "title")
        return [f"{reference} {title}" for key, reference, title in held if key not in here], len(held)

    def change(self, changed):
        """Give each contract what its row says; the names of the fields that change. RowRefused where it can't be."""
        touched = set()
        for contract, record in changed:
            changes = self.changes(contract, record.values)
            for name, value in changes.items():
                setattr(contract, name, value)
            if contract.start and contract.end and contract.end < contract.start:
                raise RowRefused(record, "end", "With what is kept already, it would end before it starts: it can’t.")
            touched |= set(changes)
        return touched

    def rehearse(self, new, changed, by):
        self.change(changed)

    def save(self, new, changed, by):
        numbers = {r.values["company_number"] for r in new if r.values.get("company_number")}
        known = dict(
            Organisation.objects.approved().filter(company_number__in=numbers).values_list("company_number", "pk")
        )
        fresh = []
        for record in new:
            fields = {name: value for name, value in lots.fields(record.values).items() if value is not None}
            contract = Contract(**fields, reference_key=reference_key(fields["reference"]))
            contract.supplier_id = known.get(fields.get("company_number"))
            fresh.append(contract)
        touched = self.change(changed)
        contracts.save_many(fresh, [contract for contract, _ in changed], touched, self.touched)
        said = [
            (contract, record.values, record.sheet, record.row)
            for contract, record in [*zip(fresh, new, strict=True), *changed]
        ]
        sources.note(said, sources.Kind.REGISTER, layout=self.layout, by=by, touched=self.touched)
        for contract, values, *_ in said:
            lots.save(contract, values, self.touched)

    def take_back(self, touched, by):
        taking_back.undo(touched, by)


def as_json(contract):
    """A contract with the keys of the published register: value in pounds, days as ISO text."""
    value = contract.value_gbp
    if value is not None:
        value = int(value) if value == value.to_integral_value() else float(value)

    def day(date):
        return date.isoformat() if date else None

    return {
        "reference": contract.reference,
        "title": contract.title,
        "buyer": contract.buyer,
        "supplier": contract.supplier_name,
        "value_gbp": value,
        "start": day(contract.start),
        "end": day(contract.end),
        "award_date": day(contract.award_date),
        "sme": contract.sme,
        "vcse": contract.vcse,
        "ocid": contract.ocid or None,
    }
