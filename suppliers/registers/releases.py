"""Awards as Contracts Finder and Find a Tender publish them: Open Contracting releases, as JSON or flattened.

A release is of the contract that has its Open Contracting ID, else its reference, else its buyer, title and value. It
fills in what a contract does not say, and follows what it said itself; what a person or the register says stays.
"""

import re
from collections import Counter, defaultdict

from django.conf import settings

from importing.cells import read_date, read_flag, read_money, read_reference, read_text
from importing.headings import Field, fitted
from importing.report import Importer, RowRefused, refuse
from words.references import reference_key, same_words

from .. import contracts, sources, taking_back
from ..models import Contract
from .contract_fields import read_company
from .contracts import check_term, shortened, tell_of_nought

NOT_AWARDED = re.compile(
    r"^(planning|tender\w*( complete)?|active tender|cancelled|unsuccessful|withdrawn|pending|none)$", re.IGNORECASE
)
ANY = "any"  # buyer


def read_scale(value):
    """Whether a supplier is small or medium-sized: "sme" of the standard, "large", or yes and no."""
    text = read_text(value)[0].lower()
    if text in ("sme", "micro", "small", "medium", "large"):
        return text != "large", None
    return read_flag(value)


read_scale.reads = "flag"


def seen(*paths):
    """Headings of a flattened release, by their paths in the package and without the release's own number."""
    return tuple(name for path in paths for name in (path, f"releases 0 {path}", f"compiled release {path}"))


FIELDS = [
    Field("ocid", "Open Contracting ID", seen("ocid", "open contracting id"), required=True),
    Field("award_id", "award", seen("award id", "awards 0 id")),
    Field("reference", "contract reference", seen("reference", "contracts 0 id", "tender id"), read_reference),
    Field("title", "title", seen("title", "awards 0 title", "contracts 0 title", "tender title")),
    Field("description", "description", seen("description", "awards 0 description", "tender description")),
    Field("buyer", "buyer", seen("buyer", "buyer name")),
    Field("supplier_name", "supplier", seen("supplier", "awards 0 suppliers 0 name", "supplier name")),
    Field("company_number", "company number", seen("company number"), read_company),
    Field("sme", "small or medium-sized", seen("scale", "sme", "parties 0 details scale"), read_scale),
    Field("vcse", "VCSE supplier", seen("vcse", "parties 0 details vcse"), read_flag),
    Field("value_gbp", "value", seen("value", "value gbp", "awards 0 value amount", "contracts 0 value amount"),
          read_money, is_amount=True, decides=True),
    Field("start", "start", seen("start", "start date", "awards 0 contract period start date",
                                 "contracts 0 period start date"), read_date),
    Field("end", "end", seen("end", "end date", "awards 0 contract period end date", "contracts 0 period end date"),
          read_date),
    Field("period", "period of the contract", seen("contract period", "period")),
    Field("award_date", "awarded", seen("awarded", "award date", "date signed", "awards 0 date",
                                        "contracts 0 date signed"), read_date),
    Field("stage", "stage", seen("stage", "tag", "awards 0 status", "tag 0")),
]  # fmt: skip
OF_A_CONTRACT = ("title", "description", "buyer", "supplier_name", "company_number", "sme", "vcse", "value_gbp",
                 "start", "end", "award_date", "ocid")  # fmt: skip


class ReleaseImporter(Importer):
    kind = "releases"
    label = "Published awards (Open Contracting)"
    fields = fitted(FIELDS, Contract)
    reads_releases = True

    def __init__(self, buyers=()):
        """`buyers` are the names whose awards count; the site's own council's where none is given, ANY for all."""
        self.buyers = [same_words(name) for name in buyers or [settings.COUNCIL_NAME]]

    def key_of(self, values):
        return values["ocid"], values.get("award_id") or same_words(values.get("supplier_name"))

    def make(self, values):
        return {}

    def check(self, record, report):
        values = record.values
        if NOT_AWARDED.match(values.get("stage") or ""):
            refuse(report, record, "stage", "Nothing was awarded: it was left out.", "not_awarded", severity="warning")
            record.faulty = True
            return
        self.check_period(record, report)
        check_term(record, report)
        tell_of_nought(record, report)
        buyer = same_words(values.get("buyer"))
        if buyer and ANY not in self.buyers and not any(name in buyer for name in self.buyers):
            words = f"“{values['buyer']}” is another buyer. Leave its awards out, or say that they count (--buyer)."
            refuse(report, record, "buyer", words, "another_buyer")
        if not values.get("title") and values.get("description"):
            values["title"] = shortened(values["description"])

    @staticmethod
    def check_period(record, report):
        """A period is two days with a stroke between them (ISO 8601)."""
        period = record.values.pop("period", "")
        if not period:
            return
        parts = [part.strip() for part in re.split(r"\s*/\s*|\s+to\s+|\s+–\s+", period)]
        days = [read_date(part) for part in parts]
        if len(days) != 2 or any(problem and problem[0] == "error" for _, problem in days):
            record.values["period"] = period
            refuse(report, record, "period", f"“{period}” is no period like 2024-04-01/2028-03-31.", "not_a_period")
            return
        for name, (day, _) in zip(("start", "end"), days, strict=True):
            record.values[name] = record.values.get(name) or day

    def check_all(self, records, report):
        """Each release has the contract that it is of, or none yet; one that may be of several is asked about."""
        good = [record for record in records if not record.faulty]
        known = Known([record.values for record in good])
        for record in good:
            found = known.of(record.values)
            record.values["contract"] = found[0] if len(found) == 1 else None
            if len(found) > 1:
                named = ", ".join(contract.reference for contract in found[:5])
                words = f"It may be of several contracts of the register: {named}. Enter the ID in the one it is of."
                refuse(report, record, "ocid", words, "several_contracts")
            elif not found and not record.values.get("title"):
                refuse(
                    report, record, "title", "No contract has this ID, and the release has no title.", "missing_value"
                )
        self.refuse_twice(good, report)
        of_known = {record.values["contract"].reference_key: record.values["contract"] for record in good
                    if not record.faulty and record.values["contract"]}  # fmt: skip
        others = contracts.of_others(of_known)
        for record in good:
            contract = record.values.get("contract")
            if contract and contract.reference_key in others:
                words = "The register has it as another authority’s contract. Its own extract changes it."
                refuse(report, record, "ocid", words, "of_another_authority")
        numbers = [contract.pk for contract in of_known.values()]
        self.before = sources.newest(numbers, sources.Kind.RELEASE)

    @staticmethod
    def refuse_twice(records, report):
        """Two releases of one file are never of the same contract; new ones keep apart by their references."""
        same = Counter(record.values["contract"].pk for record in records if record.values.get("contract"))
        for record in records:
            contract = record.values.get("contract")
            if contract and same[contract.pk] > 1 and not record.faulty:
                words = f"Several awards of the file would be of contract {contract.reference}. Say which is."
                refuse(report, record, "ocid", words, "several_awards")

    def existing(self, keys):
        return {}

    def existing_of(self, record):
        return record.values.get("contract")

    def says(self, values):
        return {name: values.get(name) for name in OF_A_CONTRACT if values.get(name) not in (None, "")}

    def differences(self, found, values):
        names = sources.would_fill(found, self.says(values), self.before.get(found.pk), OF_A_CONTRACT)
        return [(name, getattr(found, name), values[name]) for name in names]

    def differs(self, found, values):
        before = self.before.get(found.pk)
        return bool(self.differences(found, values)) or before is None or before.said != sources.said_by(values)

    def save(self, new, changed, by):
        taken = set(contracts.by_key([self.reference_of(record.values) for record in new]))
        fresh = []
        for record in new:
            reference, key = record.values.get("reference") or record.values["ocid"], self.reference_of(record.values)
            if key in taken:
                words = f"Another contract has the reference “{reference}”."
                raise RowRefused(record, "reference", words)
            taken.add(key)
            fresh.append(Contract(reference=reference, reference_key=key, **self.says(record.values)))
        fields = set()
        for contract, record in changed:
            for name, _, value in self.differences(contract, record.values):
                setattr(contract, name, value)
                fields.add(name)
            if contract.start and contract.end and contract.end < contract.start:
                raise RowRefused(record, "end", "With what is kept already, it would end before it starts: it can’t.")
        contracts.save_many(fresh, [contract for contract, _ in changed], fields, self.touched)
        pairs = [*zip(fresh, new, strict=True), *changed]
        said = [(contract, record.values, record.sheet, record.row) for contract, record in pairs]
        sources.note(said, sources.Kind.RELEASE, by=by, touched=self.touched)

    @staticmethod
    def reference_of(values):
        return reference_key(values.get("reference") or values["ocid"])

    def take_back(self, touched, by):
        taking_back.undo(touched, by)


class Known:
    """The contracts of the register that releases may be of."""

    def __init__(self, said):
        self.by_ocid, self.by_words = defaultdict(list), defaultdict(list)
        for contract in Contract.objects.filter(ocid__in={values["ocid"] for values in said}):
            self.by_ocid[contract.ocid].append(contract)
        self.by_key = contracts.by_key(ReleaseImporter.reference_of(values) for values in said)
        amounts = {values["value_gbp"] for values in said if values.get("value_gbp")}
        for contract in Contract.objects.filter(value_gbp__in=amounts, ocid=""):
            self.by_words[same_words(contract.title), contract.value_gbp].append(contract)
        self.times = Counter(values["ocid"] for values in said)

    def of(self, values):
        """[Contract] that a release may be of: one, none yet, or several of which nobody can say which."""
        found = self.by_ocid.get(values["ocid"], [])
        if len(found) > 1 or self.times[values["ocid"]] > 1:
            named = same_words(values.get("supplier_name"))
            found = [contract for contract in found if same_words(contract.supplier_name) == named] or (
                found if self.times[values["ocid"]] == 1 else []
            )
        if found:
            return found
        one = self.by_key.get(ReleaseImporter.reference_of(values))
        if one and one.ocid in ("", values["ocid"]):
            return [one]
        buyer = same_words(values.get("buyer"))
        alike = self.by_words.get((same_words(values.get("title")), values.get("value_gbp")), [])
        return [contract for contract in alike if same_words(contract.buyer) in ("", buyer) or not buyer]
