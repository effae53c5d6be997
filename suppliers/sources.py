"""What each source says of a contract, kept as it came: the register, Proactis's extract, and people by hand."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from .models import Contract, ContractSource

Kind = ContractSource.Kind
AT_ONCE = 500
CONTRACT_SOURCE = "contract source"  # as an import calls it that is to be taken back
TAKEN_BACK = "An import that was taken back"
COMPARED = (
    "title", "supplier_name", "buyer", "directorate", "level", "status", "value_gbp", "start", "end", "award_date",
    "plan_id_as_typed",
)  # fmt: skip
"""Fields of a contract that sources speak of, in the order of its page."""


def as_text(value):
    """A value as it is compared and kept: days as 2026-11-26, pounds with two places, "" for nothing."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:.2f}" if hasattr(value, "quantize") else str(value).strip()


def said_by(values):
    """{field: text} of what a row says; what it leaves empty it does not say."""
    return {name: text for name in COMPARED if (text := as_text(values.get(name)))}


def newest(numbers, kind):
    """{contract id: the newest ContractSource of one kind} of these contracts."""
    found = {}
    for start in range(0, len(numbers), AT_ONCE):
        rows = ContractSource.objects.filter(contract__in=numbers[start : start + AT_ONCE], kind=kind)
        found |= {row.contract_id: row for row in rows.order_by("as_at", "pk")}
    return found


def note(said, kind, known=None, *, as_at=None, name="", layout="", by=None, touched=None):
    """Keep what a source says: `said` is [(contract, {field: value}, sheet, line)]; what it said before is not kept
    twice. `known` is what `newest` said of them, where somebody has asked already; what was kept is written down in
    `touched`.
    """
    as_at, fresh = as_at or timezone.localdate(), []
    known = newest([contract.pk for contract, *_ in said], kind) if known is None else known
    for contract, values, sheet, line in said:
        before, texts = known.get(contract.pk), said_by(values)
        if texts and (before is None or before.said != texts or before.layout != layout):
            row = {"layout": layout, "name": name[-200:], "as_at": as_at, "sheet": sheet, "line": line, "by": by}
            fresh.append(ContractSource(contract_id=contract.pk, kind=kind, said=texts, **row))
    ContractSource.objects.bulk_create(fresh, batch_size=AT_ONCE)
    if touched:
        touched.speak(CONTRACT_SOURCE, [row.pk for row in fresh])


def unsay(numbers, *, by=None):
    """What these rows of sources say was a mistake: where one is its source's newest word, the word before is its word
    again.
    """
    fresh = []
    for start in range(0, len(numbers), AT_ONCE):
        for row in ContractSource.objects.filter(pk__in=numbers[start : start + AT_ONCE]):
            *before, last = ContractSource.objects.filter(contract=row.contract_id, kind=row.kind).order_by(
                "as_at", "pk"
            )
            if last.pk == row.pk:
                said = before[-1].said if before else {}
                fresh.append(
                    ContractSource(
                        contract_id=row.contract_id, kind=row.kind, said=said, as_at=row.as_at, by=by, name=TAKEN_BACK
                    )
                )  # fmt: skip
    ContractSource.objects.bulk_create(fresh, batch_size=AT_ONCE)


def note_by_hand(contract, values, by):
    """Keep what a person says of some fields, {field: value}, beside what people said of the others before."""
    before = newest([contract.pk], Kind.HAND).get(contract.pk)
    note([(contract, (before.said if before else {}) | values, "", None)], Kind.HAND, by=by)


@dataclass(frozen=True)
class Said:
    """What one source says of a field, since when it has said so, and whether the contract goes by it."""

    source: str
    words: str
    since: date
    counts: bool


def table(contract):
    """[(label of a field, what counts, [Said])] of every field that any source speaks of."""
    history = list(contract.sources.order_by("as_at", "pk"))
    newest_of = {row.kind: row for row in history}
    found = []
    for name in COMPARED:
        counts, said = as_text(getattr(contract, name)), []
        for kind, row in newest_of.items():
            if text := row.said.get(name):
                said.append(Said(Kind(kind).label, text, _since(history, kind, name, text), text == counts))
        if counts or said:
            found.append((str(Contract._meta.get_field(name).verbose_name).capitalize(), counts, said))
    return found


def _since(history, kind, name, text):
    """The day from which a source has said this without a break."""
    since = None
    for row in history:
        if row.kind == kind:
            since = (since or row.as_at) if row.said.get(name) == text else None
    return since


def fill(contract, values, before):
    """Take over what an extract says where the contract says nothing, or still says what the extract said before.

    Returns the names of the fields that changed. What a person or the register says is not overwritten: the page
    shows both.
    """
    changed = would_fill(contract, values, before)
    for name in changed:
        setattr(contract, name, values[name])
    return changed


def would_fill(contract, values, before, fields=COMPARED):
    """Names of the fields that a source may fill: as `fill`, but nothing is changed."""
    found = []
    for name in fields:
        new, now = as_text(values.get(name)), as_text(getattr(contract, name))
        if new and new != now and (not now or (before is not None and before.said.get(name) == now)):
            found.append(name)
    return found
