"""What PM3, Proactis and MySurrey export: which columns it may have."""

from importing.cells import PLACEHOLDERS, read_date, read_money
from importing.headings import Field, fitted
from importing.report import note
from suppliers import contracts
from suppliers.registers.contract_fields import FIELDS as REGISTER_FIELDS
from words.references import reference_key

from . import plan_ids, register, rules
from .cells import as_typed, day_as_typed, lenient, read_day_or_month, read_signed_money, silent_flag
from .keeping import ExtractImporter
from .models import ContractRecord, Extract, FinanceRecord, ProjectRecord


def as_in_register(name, *more):
    """The register importer's field of that name with more headings."""
    known = next(field for field in REGISTER_FIELDS if field.name == name)
    return known.label, (*known.seen_as, *more)


DIRECTORATE = Field(
    "directorate",
    "directorate",
    ("directorate", "department", "service", "service area", "organisational unit", "business unit", "dept"),
)
SUPPLIER = Field("supplier_name", *as_in_register("supplier_name"))
VALUE = Field(
    "value_gbp", *as_in_register("value_gbp", "estimated contract value", "budget"), lenient(read_money), is_amount=True
)
STATUS = (
    "status", "record status", "contract status", "project status", "stage", "state", "plan status", "current status",
)  # fmt: skip
PLAN_ID = (
    "pm3 plan id", "plan id", "pm3 id", "pm3 reference", "pm3 ref", "pm3", "pm3 number", "plan number", "plan no",
    "plan ref", "plan reference", "project id", "project number", "project no", "project ref", "project reference",
    "pipeline id", "pipeline ref", "pm3 project id", "pm3 plan",
)  # fmt: skip


MOST_STATUSES = 20  # different words in a column of statuses


class ProjectImporter(ExtractImporter):
    kind = "projects"
    label = "PM3 extract (projects)"
    system = Extract.System.PROJECTS
    days = ("completed",)
    model = ProjectRecord
    fields = fitted(
        [
            Field("plan_id_as_typed", "Plan ID", PLAN_ID, required=True, may_be_longer=True),
            Field("title", "title", ("plan title", "title", "project title", "project name", "plan name", "name")),
            DIRECTORATE,
            Field(
                "officer",
                "procurement officer",
                ("procurement officer", "officer", "lead officer", "procurement lead", "lead", "owner", "plan owner"),
            ),
            SUPPLIER,
            Field("status", "status", STATUS, required=True, may_be_empty=True),
            Field(
                "completed",
                "completed date",
                (
                    "completed date", "date completed", "completed on", "completed", "completion date", "actual end",
                    "actual completion date", "closed date", "date closed", "finished", "end date", "actual end date",
                ),
                day_as_typed,
                required=True,
                may_be_empty=True,
            ),
            Field(
                "recorded",
                "social value recorded",
                (
                    "social value recorded", "sv recorded", "social value", "social value y n", "social value captured",
                    "social value included", "sv y n", "has social value", "social value yes no",
                ),
                required=True,
                may_be_empty=True,
            ),
            Field(
                "social_value_gbp",
                "social value in pounds",
                (
                    "social value", "social value amount", "social value gbp", "sv value", "social value total",
                    "sv amount",
                ),
                lenient(read_money),
                is_amount=True,
            ),
            VALUE,
            Field("created_on", "created date", ("created date", "created", "date created", "created on"),
                  lenient(read_date)),
        ],
        ProjectRecord,
    )  # fmt: skip

    def columns(self, values):
        numbers = plan_ids.read(values["plan_id_as_typed"]).numbers
        return super().columns(values) | {
            "plan_id_as_typed": as_typed(values["plan_id_as_typed"]),
            "plan_number": numbers[0] if len(numbers) == 1 else None,
            "completed_on": read_date(values["completed"])[0],
            "completed_as_typed": as_typed(values["completed"]),
            "recorded": silent_flag(values["recorded"])[0],
            "recorded_as_typed": as_typed(values["recorded"]),
        }


class ContractExtractImporter(ExtractImporter):
    kind = "contract_extract"
    label = "Proactis extract (contracts)"
    system = Extract.System.CONTRACTS
    days = ("signed",)
    model = ContractRecord
    fields = fitted(
        [
            Field("reference", *as_in_register("reference", "proactis reference", "proactis ref"), required=True),
            Field("title", *as_in_register("title")),
            SUPPLIER,
            DIRECTORATE,
            Field(
                "officer",
                "officer",
                ("officer", "contract owner", "contract manager", "owner", "primary contact", "procurement officer"),
            ),
            Field(
                "signed",
                "date signed",
                (
                    "date signed", "signed", "signed date", "signature date", "signed on", "contract signed",
                    "date of signature", "date contract signed", "award date", "awarded", "awarded date",
                    "date awarded", "contract award date", "executed", "execution date",
                ),
                day_as_typed,
                required=True,
                may_be_empty=True,
            ),
            Field("start", *as_in_register("start"), lenient(read_date)),
            Field("end", *as_in_register("end"), lenient(read_date)),
            VALUE,
            Field("plan_id_as_typed", "PM3 Plan ID", PLAN_ID, required=True, may_be_empty=True, may_be_longer=True),
            Field("status", "record status", STATUS, decides=True),
        ],
        ContractRecord,
    )  # fmt: skip

    def check_all(self, records, report):
        """As of every extract; and warn of contracts that the register has as another authority's."""
        super().check_all(records, report)
        by_key = {reference_key(record.values["reference"]): record for record in records}
        for key in contracts.of_others(contracts.by_key(by_key), self.council):
            message = "The register has this reference as another authority’s contract; that one stays as it is."
            note(report, by_key[key], "reference", "", ("warning", "of_another_authority", message))

    def save(self, new, changed, by):
        """The rows of the extract, and what they say to the contract register."""
        super().save(new, changed, by)
        if new:
            register.feed(self.extract, self.extract.contracts.order_by("sheet", "line"), by, self.touched)

    def columns(self, values):
        ids = plan_ids.read(values["plan_id_as_typed"])
        return super().columns(values) | {
            "plan_id_as_typed": as_typed(values["plan_id_as_typed"]),
            "reference_key": reference_key(values["reference"]),
            "signed_on": read_date(values["signed"])[0],
            "signed_as_typed": as_typed(values["signed"]),
            "plan_numbers": f" {' '.join(map(str, ids.numbers))} " if ids.numbers else "",
            "plan_unreadable": ids.unreadable,
        }

    def asks(self, columns, unused):
        """A column of status words under another heading: without it void contracts would count."""
        if "status" in columns:
            return []
        void = rules.current(self.council).void
        return [
            (
                heading,
                "status",
                f"“{heading}” holds words like “void”: is it the record status? Say so, or leave it out.",
            )
            for heading, cells in unused.items()
            if len({rules.same_words(cell) for cell in cells}) <= MOST_STATUSES
            and any(rules.same_words(cell) in void for cell in cells)
        ]


class FinanceImporter(ExtractImporter):
    kind = "finance"
    label = "MySurrey extract (spend)"
    system = Extract.System.FINANCE
    days = ("spent_on",)
    model = FinanceRecord
    fields = fitted(
        [
            Field("contract_reference", *as_in_register("reference", "contract", "agreement", "contract code")),
            SUPPLIER,
            Field("supplier_number", "supplier number", ("supplier number", "supplier id", "supplier no", "vendor id")),
            Field(
                "spent_on",
                "date or period",
                (
                    "date", "payment date", "paid", "paid on", "invoice date", "period", "spend period", "posting date",
                    "transaction date", "month", "date paid",
                ),
                required=True,
                read=lenient(read_day_or_month),
                may_be_empty=True,
            ),
            Field(
                "amount_gbp",
                "amount",
                (
                    "amount", "spend", "spend amount", "net amount", "total", "value", "amount gbp", "payment amount",
                    "invoice amount", "gross amount", "paid amount",
                ),
                required=True,
                read=lenient(read_signed_money),
                may_be_empty=True,
                is_amount=True,
            ),
        ],
        FinanceRecord,
    )  # fmt: skip

    def columns(self, values):
        found = super().columns(values)
        reference = found.get("contract_reference") or ""
        return found | {"reference_key": "" if PLACEHOLDERS.match(reference) else reference_key(reference)}
