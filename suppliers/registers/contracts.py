"""The contract register: which columns it may have and how a row becomes a Contract.

Headings follow the Local Government Association's contracts schema and what councils were seen to publish.
"""

from importing.cells import read_date, read_flag, read_money, read_text
from importing.headings import Field, fitted
from importing.report import Importer, RowRefused, note
from organisations.models import Organisation
from organisations.registration import COMPANY, clean_company_number
from words.references import reference_key

from .. import contracts, sources
from ..models import Contract


def read_company(value):
    text, _ = read_text(value)
    number = clean_company_number(text)
    if not number or COMPANY.match(number):
        return number, None
    return "", ("warning", "company_number", f"“{text}” is not a company number; left empty.")


FIELDS = [
    Field(
        "reference",
        "contract reference",
        (
            "ref",
            "reference",
            "contract ref",
            "contract reference",
            "contract reference number",
            "contract no",
            "contract number",
            "contract id",
            "reference number",
            "ref no",
            "unique reference",
            "register number",
            "agreement reference",
        ),
        required=True,
    ),
    Field(
        "title",
        "title",
        (
            "title",
            "contract title",
            "title of agreement",
            "contract name",
            "agreement title",
            "name of contract",
            "project title",
            "contract",
        ),
        required=True,
    ),
    Field(
        "description",
        "description",
        ("description", "contract description", "details", "summary", "description of goods and or services"),
    ),
    Field(
        "buyer",
        "council or department",
        (
            "organisation",
            "organisation label",
            "buyer",
            "department",
            "department buyer",
            "council",
            "authority",
            "contracting authority",
            "organisational unit",
            "directorate",
            "service",
            "service area",
            "responsible department",
            "local authority department",
        ),
    ),
    Field(
        "supplier_name",
        "supplier",
        (
            "supplier",
            "supplier name",
            "contractor",
            "provider",
            "vendor",
            "contractor name",
            "awarded supplier",
            "company name",
            "name of supplier",
            "supplier s",
        ),
        decides=True,
    ),
    Field(
        "company_number",
        "company number",
        (
            "company number",
            "companies house registration number",
            "company registration number",
            "company no",
            "companies house number",
            "company reg no",
        ),
        read_company,
    ),
    Field(
        "value_gbp",
        "value",
        (
            "value",
            "contract value",
            "total value",
            "total contract value",
            "annual total value",
            "value of contract",
            "contract value gbp",
            "estimated value",
            "awarded value",
            "amount",
            "total value of contract",
            "value gbp",
        ),
        read_money,
        is_amount=True,
        decides=True,
    ),
    Field(
        "start",
        "start date",
        (
            "start",
            "start date",
            "contract start",
            "contract start date",
            "commencement date",
            "from",
            "date from",
            "contract commencement date",
        ),
        read_date,
        decides=True,
    ),
    Field(
        "end",
        "end date",
        (
            "end",
            "end date",
            "contract end",
            "contract end date",
            "expiry date",
            "expiry",
            "to",
            "date to",
            "completion date",
            "contract expiry date",
            "finish date",
        ),
        read_date,
        decides=True,
    ),
    Field(
        "award_date",
        "award date",
        (
            "award date",
            "awarded",
            "awarded date",
            "date awarded",
            "contract award date",
            "date of award",
            "date signed",
        ),
        read_date,
    ),
    Field(
        "review_date",
        "review date",
        ("review date", "contract review date", "review", "next review date"),
        read_date,
    ),
    Field(
        "sme",
        "small or medium-sized supplier",
        ("sme", "sme supplier", "is sme", "small or medium enterprise", "sme y n"),
        read_flag,
    ),
    Field(
        "vcse",
        "VCSE supplier",
        ("vcse", "vcse supplier", "voluntary sector", "vcs", "is vcse", "vcse y n", "voluntary organisation"),
        read_flag,
    ),
    Field("ocid", "Open Contracting ID", ("ocid", "open contracting id", "ocds id")),
    Field(
        "plan_id_as_typed",
        "PM3 Plan ID",
        ("pm3 plan id", "plan id", "pm3 id", "pm3 reference", "pm3 ref", "pm3"),
    ),
]


class ContractImporter(Importer):
    kind = "contracts"
    label = "Contract register"
    fields = fitted(FIELDS, Contract)

    def key_of(self, values):
        return reference_key(values["reference"])

    def check(self, record, report):
        values = record.values
        start, end = values.get("start"), values.get("end")
        if start and end and end < start:
            report.add(
                "error",
                sheet=record.sheet,
                row=record.row,
                code="end_before_start",
                column=f"{record.columns['start']}/{record.columns['end']}",
                value=f"{start} to {end}",
                message="The contract ends before it starts. Correct it at the source.",
            )
            record.faulty = True

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
        said = {name: value for name, value in values.items() if value not in (None, "") and name != "reference"}
        return {name: value for name, value in said.items() if getattr(contract, name) != value}

    def differs(self, found, values):
        return bool(self.changes(found, values))

    def save(self, new, changed, by):
        numbers = {r.values["company_number"] for r in new if r.values.get("company_number")}
        known = dict(
            Organisation.objects.approved().filter(company_number__in=numbers).values_list("company_number", "pk")
        )
        fresh = []
        for record in new:
            fields = {name: value for name, value in record.values.items() if value is not None}
            contract = Contract(**fields, reference_key=reference_key(fields["reference"]))
            contract.supplier_id = known.get(fields.get("company_number"))
            fresh.append(contract)
        moved = []
        touched = set()
        for contract, record in changed:
            changes = self.changes(contract, record.values)
            for name, value in changes.items():
                setattr(contract, name, value)
            if contract.start and contract.end and contract.end < contract.start:
                raise RowRefused(record, "end", "With what is kept already, it would end before it starts: it can’t.")
            touched |= set(changes)
            moved.append(contract)
        contracts.save_many(fresh, moved, touched)
        said = [
            (contract, record.values, record.sheet, record.row)
            for contract, record in [*zip(fresh, new, strict=True), *changed]
        ]
        sources.note(said, sources.Kind.REGISTER, by=by)


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
