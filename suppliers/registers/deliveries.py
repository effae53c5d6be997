"""The history of deliveries from a file that another system or a spreadsheet kept: an event a row.

A confirmation names the claim that it confirms, a verification the confirmation, a correction the row that it corrects,
with a signed difference. An event that is kept already stays as it is; the same file again changes nothing.
"""

from django.core.exceptions import ValidationError
from django.utils import timezone

from importing.cells import read_date
from importing.headings import Field, fitted
from importing.report import Importer, RowRefused, refuse
from vocabulary.units import WHOLE
from words.references import reference_key

from .. import recorded
from ..ledger import LedgerRefused
from ..models import Commitment, RecordedEvent
from .measures import read_bare_quantity

Kind = RecordedEvent.Kind
CORRECTED = "corrected"
REFERS_TO = {Kind.CLAIMED: None, Kind.CONFIRMED: Kind.CLAIMED, Kind.VERIFIED: Kind.CONFIRMED}
BY_WORDS = "An import on the command line"


def read_kind(value):
    text = str(value or "").strip().lower()
    if text in (*Kind.values, CORRECTED):
        return text, None
    return None, ("error", "not_a_kind", f"“{value}” is none of claimed, confirmed, verified and corrected.")


def read_signed(value):
    """A quantity that may be below 0, as corrections are."""
    text = str(value if value is not None else "").strip()
    if not text.startswith(("-", "\u2212")):
        return read_bare_quantity(value)
    amount, problem = read_bare_quantity(text[1:].strip())
    return (None if amount is None else -amount), problem


FIELDS = [
    Field("reference", "event id", ("event id", "event", "event reference", "id"), required=True),
    Field("happened_on", "happened", ("happened on", "happened", "date", "delivered on"), read_date, required=True),
    Field("entered_on", "entered", ("entered on", "entered", "recorded on"), read_date, required=True),
    Field("contract_reference", "contract reference", ("contract reference", "contract ref", "contract id")),
    Field("commitment_reference", "commitment reference",
          ("commitment ref", "commitment reference", "commitment id", "commitment"), required=True),
    Field("kind", "kind", ("kind", "type", "event kind"), read_kind, required=True),
    Field("quantity", "quantity", ("quantity", "amount"), read_signed, required=True),
    Field("refers_to", "refers to", ("refers to", "refers", "of event")),
    Field("reason", "reason", ("reason", "why", "note"), longest=500),
]  # fmt: skip


class DeliveryImporter(Importer):
    kind = "deliveries"
    label = "History of deliveries"
    fields = fitted(FIELDS, RecordedEvent)

    def __init__(self):
        self.events, self.commitments = {}, {}

    def key_of(self, values):
        return values["reference"]

    def check(self, record, report):
        values = record.values
        happened, entered = values.get("happened_on"), values.get("entered_on")
        if happened and entered and entered < happened:
            refuse(report, record, "entered_on", "It is entered before it happened.", "entered_too_early")
        elif entered and entered > timezone.localdate():
            refuse(report, record, "entered_on", "It is entered on a day to come.", "entered_later")
        elif values.get("kind") != CORRECTED and (values.get("quantity") or 0) <= 0:
            refuse(report, record, "quantity", "Enter a quantity above 0.", "not_above_nothing")

    def check_all(self, records, report):
        """Every event names a commitment that is kept, and refers to an event of the kind that it follows."""
        good = [record for record in records if not record.faulty]
        self.commitments = _commitments({record.values["commitment_reference"] for record in good})
        named = {record.values["reference"] for record in good} | {record.values.get("refers_to") for record in good}
        self.events = _events(filter(None, named))
        kept = dict(self.events)
        for record in sorted(good, key=lambda record: record.values["entered_on"]):
            self.check_event(record, kept, report)
        self.check_sums(sorted(good, key=lambda record: record.values["entered_on"]), report)

    def check_event(self, record, kept, report):
        """Name what is wrong with one event, or keep it among `kept` and beside its record."""
        values = record.values
        commitment = self.commitments.get(values["commitment_reference"])
        if wrong := _out_of_place(values, commitment):
            refuse(report, record, *wrong)
            return
        before = None if values["kind"] == Kind.CLAIMED else kept.get(values.get("refers_to") or "")
        wanted = REFERS_TO.get(values["kind"])
        is_theirs = before is not None and before.commitment_id == commitment.pk
        if values["kind"] != Kind.CLAIMED and not (is_theirs and wanted in (None, before.kind)):
            what = f"a row that was {wanted}" if wanted else "the row that it corrects"
            words = f"It refers to {what} of the same commitment, entered no later."
            refuse(report, record, "refers_to", words, "unknown_event")
            return
        event, there = self.event_of(values, commitment, before), self.events.get(values["reference"])
        if there and _told(there) != _told(event):
            words = "This event is kept already and says something else. A change is a correction of its own."
            refuse(report, record, "reference", words, "event_differs")
            return
        kept[event.reference] = there or event
        record.values["event"] = event
        if not commitment.contract.runs_on(event.happened_on):
            words = "The contract did not run on this day. It is kept as it was recorded."
            refuse(report, record, "happened_on", words, "outside_the_term", severity="warning")

    def check_sums(self, records, report):
        """No chain of corrections takes more off than there was, and nothing stands on a row that is refused."""
        sums, refused = {}, set()
        for record in records:
            if record.faulty or record.values["reference"] in self.events:
                continue
            event = record.values["event"]
            if event.refers_to and event.refers_to.reference in refused:
                refuse(report, record, "refers_to", "The row that it refers to is refused.", "unknown_event")
                refused.add(event.reference)
                continue
            first = event.first or event
            sums[first.reference] = sums.get(first.reference, self.kept_sum(first)) + event.quantity
            if event.first and sums[first.reference] < 0:
                words = "With its corrections this event would come to less than nothing."
                refuse(report, record, "quantity", words, "below_nothing")
                refused.add(event.reference)
                sums[first.reference] -= event.quantity

    @staticmethod
    def kept_sum(first):
        if first.pk is None:
            return 0
        return first.quantity + sum(RecordedEvent.objects.filter(first=first).values_list("quantity", flat=True))

    @staticmethod
    def event_of(values, commitment, before):
        is_correction = values["kind"] == CORRECTED
        first = (before.first or before) if is_correction else None
        return RecordedEvent(
            reference=values["reference"],
            commitment=commitment,
            kind=first.kind if is_correction else values["kind"],
            quantity=values["quantity"],
            happened_on=values["happened_on"],
            entered_on=values["entered_on"],
            refers_to=before,
            first=first,
            reason=values.get("reason") or "",
        )

    def existing(self, keys):
        return _events(keys)

    def differs(self, found, values):
        return False

    def save(self, new, changed, by):
        events = [record.values["event"] for record in new]
        try:
            recorded.add(events, by=by, by_words="" if by else BY_WORDS)
        except (ValidationError, LedgerRefused) as refused:
            words = " ".join(getattr(refused, "messages", [str(refused)]))
            raise RowRefused(new[0], "quantity", words) from refused


def _out_of_place(values, commitment):
    """(field, words, code) where a row names no commitment that is kept, another contract, or a part of a whole."""
    if commitment is None:
        words = "No commitment has this reference. Import the promises first."
        return "commitment_reference", words, "unknown_commitment"
    contract = values.get("contract_reference")
    if contract and reference_key(contract) != commitment.contract.reference_key:
        words = f"This commitment stands under contract {commitment.contract.reference}."
        return "contract_reference", words, "another_contract"
    if commitment.unit in WHOLE and values["quantity"] != int(values["quantity"]):
        words = f"Enter a whole number: {commitment.get_unit_display()} are counted whole."
        return "quantity", words, "part_of_a_whole"
    return None


def _told(event):
    """What an event says of itself, to be compared."""
    first = event.first.reference if event.first else ""
    return (
        event.commitment_id, event.kind, event.quantity, event.happened_on, event.entered_on, first,
        event.refers_to.reference if event.refers_to else "",
    )  # fmt: skip


def _commitments(references):
    rows = Commitment.objects.select_related("contract")
    return rows.in_bulk(list(references), field_name="external_reference")


def _events(references):
    """{event id: RecordedEvent} of these that are kept."""
    rows = RecordedEvent.objects.select_related("first", "refers_to")
    return rows.in_bulk(list(references), field_name="reference")
