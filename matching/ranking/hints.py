"""How many suppliers a request could reach, and what would reach more: counted by the database, no engine needed."""

from collections import Counter
from dataclasses import dataclass

from django.core.cache import caches
from django.utils import timezone

from organisations.models import Organisation
from places.areas import read_area
from places.distance import miles_from
from suppliers.models import Commitment
from vocabulary.kinds import KindOfHelp
from vocabulary.units import Unit

MILES = 15
KEEP_SECONDS = 30


@dataclass(frozen=True)
class Holder:
    """One commitment that a supplier could use: who, from where, counted how."""

    supplier: int
    unit: str
    base: str
    area: str


def holders(kind):
    """Commitments of one kind with something left, of approved suppliers; kept for half a minute by each worker."""
    return caches["local"].get_or_set(f"holders-{kind}", lambda: list(_holders(kind)), KEEP_SECONDS)


def _holders(kind):
    rows = (
        Commitment.objects.left_on(timezone.localdate())
        .filter(kind=kind, contract__supplier__state=Organisation.State.APPROVED)
        .values_list("contract__supplier", "unit", "contract__supplier__outcode", "delivery_area")
    )
    for supplier, unit, base, area in rows:
        yield Holder(supplier, unit, base or "", area)


def reaches(holder, outcode, remote):
    """Whether a promise may be delivered at a place within MILES of its supplier, or from anywhere."""
    area = read_area(holder.area)
    if area.away:
        return False
    if remote:
        return True
    reach = area.reach()
    if reach is not None and outcode not in reach:
        return False
    return not holder.base or miles_from(holder.base).get(outcode, MILES + 1) <= MILES


def count(kind, outcode="", remote=False, unit="", own=None):
    """How many suppliers hold commitments of this kind that could reach the place, counted in `unit` where given."""
    return len(
        {
            holder.supplier
            for holder in holders(kind)
            if holder.supplier != own and (not unit or holder.unit == unit) and reaches(holder, outcode, remote)
        }
    )


def suppliers(number):
    return f"{number} supplier{'' if number == 1 else 's'}"


def sentence(kind, outcode="", remote=False, own=None):
    """The live hint of the posting form, or "" before there is anything to say."""
    if kind not in KindOfHelp.values:
        return ""
    label = KindOfHelp(kind).label.lower()
    if not outcode and not remote:
        number = len({holder.supplier for holder in holders(kind)} - {own})
        where = "in the county"
    else:
        number = count(kind, outcode, remote, own=own)
        where = "that could give it from anywhere" if remote else f"within {MILES} miles"
    if number == 0:
        return f"No supplier holds a commitment for {label} {where} at the moment. Others may still pledge."
    return (
        f"{suppliers(number)} {'holds' if number == 1 else 'hold'} commitments for this kind of help ({label}) {where}."
    )


def for_draft(draft):
    """Sentences for the posting form, from what a draft says so far."""
    words = sentence(draft.kind, draft.outcode_id or "", draft.remote, draft.organisation_id)
    return [said for said in (words, counted_in(draft.kind, draft.unit)) if said]


def by_unit(kind):
    """{unit: how many suppliers count their commitments of this kind in it}."""
    pairs = {(holder.supplier, holder.unit) for holder in holders(kind)} if kind in KindOfHelp.values else set()
    return Counter(unit for _, unit in pairs)


def usual_unit(kind):
    """The unit in which most suppliers hold commitments of this kind; "" where nobody holds any."""
    counts = by_unit(kind)
    return max(sorted(counts), key=counts.get) if counts else ""


def counted_in(kind, unit):
    """What most suppliers count in, where a draft counts in something else or in nothing yet; else ""."""
    usual = usual_unit(kind)
    if not usual or usual == unit:
        return ""
    counts = by_unit(kind)
    return (
        f"Most count in {Unit(usual).label}: {suppliers(counts[usual])} of {len({h.supplier for h in holders(kind)})}."
    )


def advice(request):
    """What to change to reach more suppliers: [sentence], only where it would."""
    own, place = request.organisation_id, request.outcode_id or ""
    now = count(request.kind, place, request.remote, request.unit, own)
    found = []
    if not request.remote:
        anywhere = count(request.kind, place, True, own=own)
        if anywhere > count(request.kind, place, own=own):
            found.append(f"If the help can be given from anywhere, say so: {suppliers(anywhere)} could then help.")
    reached = {unit: count(request.kind, place, request.remote, unit, own) for unit in Unit.values}
    best = max(reached, key=reached.get)
    if best != request.unit and reached[best] > now:
        counted = f"{Unit(request.unit).label}, which {now} of them do"
        found.append(
            f"Most promises of this kind are counted in {Unit(best).label} ({suppliers(reached[best])}); "
            f"you count in {counted}. Counting alike makes a pledge simpler."
        )
    if request.dbs not in ("none", "ask"):
        found.append(
            "Helpers need a DBS check, which takes weeks. If somebody of yours is with them all the time, it may not "
            "be needed: ask the council."
        )
    if request.needed_by and (request.needed_by - timezone.localdate()).days < 21:
        found.append("It is needed in less than three weeks. A later date gives suppliers time to plan.")
    return found
