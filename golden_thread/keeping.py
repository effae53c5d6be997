"""How an extract is kept, whole and once, and taken back where it was the wrong one."""

import re
from datetime import date, timedelta
from hashlib import sha256
from pathlib import PurePath

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from importing.cells import read_date, read_flag
from importing.report import Importer
from importing.touched import Stands, named
from suppliers import taking_back

from . import rules, tasks
from .models import Extract, ExtractWithdrawal, Snapshot

NOT_READ = ("not_a_date", "impossible_date", "not_yes_or_no", "two_digit_year", "date_out_of_range", "no_day")
EXTRACT = "extract"  # as an import calls it that is to be taken back
SAID = 56  # letters of a digest that its rows make; the rest count how often they came back
FEWEST, LONG_BEFORE = 10, 92  # rows; days
MONTH_IN_NAME = re.compile(
    r"(?<!\d)(?:(?P<y1>20\d\d)[-_. ]?(?P<m1>0[1-9]|1[0-2])(?!\d{3,})|(?P<m2>0[1-9]|1[0-2])[-_. ](?P<y2>20\d\d)(?!\d))"
)


class ExtractImporter(Importer):
    """Keeps every row of a file as an Extract; the same extract again changes nothing."""

    system = ""
    model = None
    days = ()  # fields with a day that is over on the day whose state is shown
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
        for code, message in (*self.later_days(records), *self.another_month()):
            report.add("warning", sheet="", row=1, code=code, message=message)

    def later_days(self, records):
        """[(code, sentence)] where the file knows what came after the day whose state it is said to show, or stops long
        before it.
        """
        known = [day for record in records for name in self.days if (day := self.day_in(record.values.get(name)))]
        later = [day for day in known if day > self.as_at]
        shown = f"{self.as_at:%-d %B %Y}"
        if later:
            last = f"{max(later):%-d %B %Y}"
            return [
                (
                    "later_days",
                    f"{len(later)} days lie after {shown}, the last on {last}. Is it the extract of that day?",
                )
            ]
        if len(known) >= FEWEST and max(known) < self.as_at - timedelta(days=LONG_BEFORE):
            last = f"{max(known):%-d %B %Y}"
            return [("earlier_days", f"The last day in the file is {last}. Is it the extract of {shown}?")]
        return []

    @staticmethod
    def day_in(value):
        return value if isinstance(value, date) else read_date(value)[0]

    def another_month(self):
        """[(code, sentence)] where the name of the file names another month than that of the day."""
        named = MONTH_IN_NAME.search(PurePath(self.name).name)
        if not named:
            return []
        year, month = (named["y1"], named["m1"]) if named["y1"] else (named["y2"], named["m2"])
        if (int(year), int(month)) == (self.as_at.year, self.as_at.month):
            return []
        words = f"The file’s name says {year}-{month}, and it is to show {self.as_at:%-d %B %Y}. Is it the right file?"
        return [("another_month", words)]

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
        known = self.extracts().filter(as_at=self.as_at).order_by("-pk").first()
        if known is None or known.digest[:SAID] != digest[:SAID]:
            # what was handed in before that one, or taken back, and is handed in again, is the newest once more
            every = Extract.everything.filter(system=self.system, council=self.council, as_at=self.as_at)
            known, again = None, every.filter(digest__startswith=digest[:SAID]).count()
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
            self.touched.make(EXTRACT, [self.extract])
            transaction.on_commit(tasks.follow.enqueue)

    def take_back(self, touched, by):
        """The extract says nothing any more, and the register is as it was; not once a month was published of it."""
        extracts = Extract.everything.filter(pk__in=touched.made.get(EXTRACT, []))
        published = Snapshot.objects.filter(Q(projects_extract__in=extracts) | Q(contracts_extract__in=extracts))
        days = [f"{day:%-d %B %Y}" for day in published.order_by("day").values_list("day", flat=True).distinct()]
        if days:
            raise Stands(f"Figures were published of it: {named(days)}.")
        for extract in extracts:
            ExtractWithdrawal.objects.create(extract=extract, by=by)
        taking_back.undo(touched, by)
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
