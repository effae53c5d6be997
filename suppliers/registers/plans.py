"""Promises with their delivery plans from a file: a row for each version of a promise, contracts made where missing.

A version that is kept already stays as it is; the same file again changes nothing.
"""

import re
from decimal import Decimal, InvalidOperation
from itertools import accumulate

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.db.models.functions import Coalesce
from django.utils import timezone

from importing.cells import error, read_date
from importing.headings import Field, fitted
from importing.report import Importer, RowRefused, refuse
from vocabulary.quantities import rounded
from words.references import reference_key

from .. import commitments, contracts
from ..ledger import LedgerRefused, Source
from ..models import Commitment, Contract, DeliveryPlan
from .measures import read_bare_quantity
from .wording import kind_of_help, read_unit

Rhythm = DeliveryPlan.Rhythm
PERIOD = re.compile(r"(\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4})\s*[=:]\s*([0-9][0-9,]*(?:\.[0-9]+)?)")
BETWEEN = re.compile(r"[\s;,|]*")
BY_WORDS = "An import on the command line"


def read_plan(value):
    """((last day of a period, how much in it), ...) of a text such as "2024-09-30=3 2025-09-30=3"."""
    text, found, end = str(value or "").strip(), [], 0
    for period in PERIOD.finditer(text):
        day, problem = read_date(period[1])
        if problem or not BETWEEN.fullmatch(text[end : period.start()]):
            break
        found.append((day, Decimal(period[2].replace(",", ""))))
        end = period.end()
    if not found or not BETWEEN.fullmatch(text[end:]):
        return None, error("not_a_plan", f"“{text[:80]}” is not a plan. Write 2024-09-30=3 2025-09-30=3.")
    return tuple(found), None


def read_version(value):
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        number = Decimal(0)
    if number != int(number) or not 0 < number < 1000:
        return None, error("not_a_version", f"“{value}” is not a version. Enter 1 for the first.")
    return int(number), None


def read_rhythm(value):
    text = str(value or "").strip().lower()
    return (text if text in Rhythm.values else Rhythm.OWN), None


FIELDS = [
    Field("contract_reference", "contract reference", ("contract reference", "contract ref", "contract id"),
          required=True, longest=Contract._meta.get_field("reference").max_length),
    Field("supplier_name", "supplier", ("supplier", "supplier name", "contractor"), longest=250),
    Field("external_reference", "commitment reference",
          ("commitment ref", "commitment reference", "commitment id", "commitment"), required=True),
    Field("version", "version", ("version", "version number"), read_version, required=True),
    Field("agreed_on", "agreed", ("agreed on", "agreed", "date agreed"), read_date, required=True),
    Field("wording", "measure", ("measure", "wording", "commitment text", "text"), required=True, decides=True),
    Field("unit_words", "unit", ("unit", "units", "unit of measure"), required=True),
    Field("quantity", "quantity", ("quantity", "amount promised", "target"), read_bare_quantity, required=True,
          is_amount=True),
    Field("start", "start", ("start", "start date", "from"), read_date, required=True),
    Field("end", "end", ("end", "end date", "to"), read_date, required=True),
    Field("rhythm", "kind of plan", ("plan kind", "kind of plan", "rhythm"), read_rhythm),
    Field("plan", "delivery plan", ("plan", "delivery plan", "targets"), read_plan, required=True),
    Field("reason", "reason", ("reason", "why"), longest=500),
]  # fmt: skip


class PlanImporter(Importer):
    kind = "plans"
    label = "Promises with delivery plans"
    fields = fitted(FIELDS, Commitment)

    def key_of(self, values):
        return values["external_reference"], values["version"]

    def check(self, record, report):
        """The periods follow each other inside the term, and add up to the promise."""
        values = record.values
        plan, quantity = values.get("plan"), values.get("quantity")
        if not (plan and quantity is not None and values.get("start") and values.get("end")):
            return
        days = [day for day, _ in plan]
        if days != sorted(set(days)) or days[0] < values["start"] or days[-1] > values["end"]:
            words = "Its periods end one after the other, from the start up to the end of the promise."
            refuse(report, record, "plan", words, "plan_out_of_order")
        elif (total := sum(amount for _, amount in plan)) != quantity:
            words = f"Its periods add up to {total.normalize():f}; {quantity.normalize():f} are promised."
            refuse(report, record, "plan", words, "plan_does_not_add_up")
        elif values.get("agreed_on") and values["agreed_on"] > timezone.localdate():
            refuse(report, record, "agreed_on", "It is agreed on a day to come.", "agreed_later")

    def check_all(self, records, report):
        """A version follows the one before it, under the same contract and in the same unit, or says what is kept."""
        good = [record for record in records if not record.faulty]
        kept = self.kept({record.values["external_reference"] for record in good})
        last = {reference: (c.contract.reference_key, c.unit, c.newest) for reference, c in kept.items()}
        for record in sorted(good, key=lambda record: self.key_of(record.values)):
            values = record.values
            reference, version = self.key_of(values)
            contract, unit = reference_key(values["contract_reference"]), read_unit(values["unit_words"])[0]
            before = last.get(reference)
            if before and (contract, unit) != before[:2]:
                words = "A commitment keeps its contract and its unit. Give it another reference."
                refuse(report, record, "external_reference", words, "another_commitment")
            elif version > (before[2] if before else 0) + 1:
                words = f"Version {version - 1} is neither kept nor in the file."
                refuse(report, record, "version", words, "version_missing")
            else:
                last[reference] = contract, unit, max(version, before[2] if before else 0)
                if reference in kept and version <= kept[reference].newest:
                    self.check_kept(kept[reference], record, report)

    def check_kept(self, commitment, record, report):
        plan = commitment.plans.get(version=record.values["version"])
        if _as_read(plan) != _in_all(record.values):
            words = "This version is kept already and says something else. A change is a new version."
            refuse(report, record, "version", words, "version_differs")

    @staticmethod
    def kept(references):
        """{commitment reference: Commitment} with `newest`, the number of its newest plan (0 for none)."""
        rows = Commitment.objects.select_related("contract").annotate(newest=Coalesce(Max("plans__version"), 0))
        return rows.in_bulk(list(references), field_name="external_reference")

    def existing(self, keys):
        kept = self.kept({reference for reference, _ in keys})
        return {key: kept[key[0]] for key in keys if key[0] in kept and key[1] <= kept[key[0]].newest}

    def differs(self, found, values):
        return False

    def save(self, new, changed, by):
        for record in sorted(new, key=lambda record: self.key_of(record.values)):
            try:
                self.save_version(record.values, by)
            except (ValidationError, LedgerRefused) as refused:
                words = " ".join(getattr(refused, "messages", [str(refused)]))
                raise RowRefused(record, "quantity", words) from refused

    def save_version(self, values, by):
        day, words = values["agreed_on"], {"by": by, "by_words": "" if by else BY_WORDS}
        plan = {
            "lines": _in_all(values), "starts_on": values["start"], "agreed_on": day, "rhythm": values["rhythm"]
        }  # fmt: skip
        commitment = Commitment.objects.filter(external_reference=values["external_reference"]).first()
        if commitment is None:
            unit, unit_words = read_unit(values["unit_words"])
            commitment = Commitment(
                contract=self.contract_of(values),
                external_reference=values["external_reference"],
                wording=values["wording"],
                unit=unit,
                unit_words=unit_words,
                kind=kind_of_help(unit, values["wording"]),
            )
            commitments.make(commitment, values["quantity"], reason="Imported", day=day, **words)
            commitments.plan(commitment, reason=values.get("reason") or "Imported", **plan, **words)
            return
        reason = values.get("reason") or f"Version {values['version']} of the promise"
        commitments.vary(commitment, values["quantity"], reason=reason, day=day, plan=plan, source=Source.VARIATION,
                         **words)  # fmt: skip

    def contract_of(self, values):
        """The Contract that a row names; where the register has none, a new one that runs as long as the promise."""
        key = reference_key(values["contract_reference"])
        found = Contract.objects.filter(reference_key=key).first()
        if found:
            return found
        name = values.get("supplier_name") or ""
        return contracts.save(
            Contract(
                reference=values["contract_reference"],
                title=f"Imported promises of {name}" if name else "Imported promises",
                supplier_name=name,
                award_date=values["agreed_on"],
            )
        )


def _in_all(values):
    """[(day, in all by its end)] of a row's periods."""
    days, amounts = zip(*values["plan"], strict=True)
    return [(day, rounded(in_all)) for day, in_all in zip(days, accumulate(amounts), strict=True)]


def _as_read(plan):
    return list(plan.targets.order_by("due_on").values_list("due_on", "quantity_in_all"))
