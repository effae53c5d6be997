"""What PM3, Proactis and MySurrey export: which columns it may have, and how an extract is kept, whole and once."""

from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from importing.cells import PLACEHOLDERS, read_date, read_flag, read_money
from importing.headings import Field, fitted
from importing.report import Importer, note
from suppliers import contracts
from suppliers.registers.contract_fields import FIELDS as REGISTER_FIELDS
from words.references import reference_key

from . import plan_ids, register, rules, tasks
from .cells import as_typed, day_as_typed, lenient, read_day_or_month, read_signed_money, silent_flag
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


NOT_READ = ("not_a_date", "impossible_date", "not_yes_or_no", "two_digit_year", "date_out_of_range", "no_day")
MOST_STATUSES = 20  # different words in a column of statuses
SAID = 56  # letters of a digest that its rows make; the rest count how often they came back


class ExtractImporter(Importer):
    """Keeps every row of a file as an Extract; the same extract again changes nothing."""

    system = ""
    model = None
    keeps_repeats = True  # a row said twice is a finding of the extract, not of the import
    leaves_other_sheets = True
    is_export = True
    asks_day = True

    def __init__(self, as_at=None, name="", council=None):
        self.as_at = as_at or timezone.localdate()
        self.name, self.council = name, council
        self.extract, self.known, self.headings = None, False, []
        columns = {column.name for column in self.model._meta.fields}
        self.kept = [field.name for field in self.fields if field.name in columns]

    def extracts(self):
        """Extracts of this system that the same authority handed in."""
        return Extract.objects.filter(system=self.system, council=self.council)

    @staticmethod
    def councils():
        return [(partner.council_id, str(partner)) for partner in rules.partners()]

    def key_of(self, values):
        return values["sheet"], values["line"]

    def check(self, record, report):
        """Warn of a date or a yes-or-no that can't be read: it is kept, and to mend."""
        for name, read in (("completed", read_date), ("signed", read_date), ("recorded", read_flag)):
            problem = read(record.values[name])[1] if name in record.values else None
            if problem and problem[1] in NOT_READ:
                place = {"sheet": record.sheet, "row": record.row, "column": record.columns.get(name, name)}
                value = str(record.values[name])[:80]
                report.add("warning", **place, value=value, code=problem[1], message=f"“{value}” can’t be read; kept.")

    def check_all(self, records, report):
        """Warn of a file with far fewer rows than the one before."""
        before = self.extracts().filter(as_at__lte=self.as_at).order_by("-as_at", "-pk").first()
        if before and len(records) < before.rows / 2:
            message = f"The extract before, of {before.as_at:%-d %B %Y}, had {before.rows} rows. Is this one whole?"
            report.add("warning", sheet="", row=1, code="far_fewer_rows", message=message)

    def take_headings(self, headings):
        self.headings = self.headings or headings

    def begin(self, records, by):
        """Make the extract that rows are saved into, or find that it is here already."""
        found = sha256()
        sheets = {record.sheet for record in records}
        for record in records:
            sheet = record.sheet if len(sheets) > 1 else ""  # a file's name makes no difference
            record.values |= {"sheet": sheet, "line": record.row}
            found.update(repr(sorted(record.values.items(), key=lambda pair: pair[0])).encode())
        digest = found.hexdigest()
        of_day = self.extracts().filter(as_at=self.as_at)
        known = of_day.order_by("-pk").first()
        if known and known.digest[:SAID] != digest[:SAID]:
            # what was handed in before that one, handed in again, is the newest once more
            known, again = None, of_day.filter(digest__startswith=digest[:SAID]).count()
            digest = f"{digest[:SAID]}{again:08}" if again else digest
        self.known = known is not None
        self.extract = known or Extract.objects.create(
            council_id=self.council,
            system=self.system,
            as_at=self.as_at,
            digest=digest,
            name=self.name[-200:],
            rows=len(records),
            headings=self.headings,
            read_by=by,
        )
        if not known:
            transaction.on_commit(tasks.follow.enqueue)

    def existing(self, keys):
        return dict.fromkeys(keys, True) if self.known else {}

    def differs(self, found, values):
        return False

    def save(self, new, changed, by):
        self.model.objects.bulk_create(
            self.model(
                extract=self.extract,
                sheet=record.values["sheet"],
                line=record.values["line"],
                **self.columns(record.values),
            )
            for record in new
        )

    def columns(self, values):
        """{column: value} of a row; what was read is kept as it is, where a subclass does not say more of it."""
        return {name: values[name] for name in self.kept if values.get(name) is not None}


class ProjectImporter(ExtractImporter):
    kind = "projects"
    label = "PM3 extract (projects)"
    system = Extract.System.PROJECTS
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
            register.feed(self.extract, self.extract.contracts.order_by("sheet", "line"), by)

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
            (heading, f"“{heading}” holds words like “void”: is it the record status? Say so, or leave it out.")
            for heading, cells in unused.items()
            if len({rules.same_words(cell) for cell in cells}) <= MOST_STATUSES
            and any(rules.same_words(cell) in void for cell in cells)
        ]


class FinanceImporter(ExtractImporter):
    kind = "finance"
    label = "MySurrey extract (spend)"
    system = Extract.System.FINANCE
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
