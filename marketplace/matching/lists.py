"""Reading kept lists for a page or an e-mail: only what still may be shown, in today's order, with its reasons.

What hangs on the day and on other people's pledges is worked out when a list is read, so that a pledge accepted
elsewhere moves a list at once. Pure Python and few questions: web processes use it.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone

from guidance.areas import read_area
from guidance.distance import nearest_outcodes
from guidance.needs.kept import vocabulary
from organisations.models import Organisation
from requests_app.models import Request, RequestTotals
from suppliers.models import Commitment

from ..models import CommitmentMatches, RequestMatches, RequestSeen
from . import parts as formulas
from .packing import unpack_entries
from .parts import PARTS, UNKNOWN
from .reasons import reasons
from .weights import current

GOOD_NEED = 0.2
"""From here on a pair is called a fit: of the judged pairs at or above it, 55% and 69% fit (docs/decisions/0014)."""
FLOOR_DAYS = 7  # a request that nobody was shown for so long stands first in the lists it fits
THIN = 20  # so few left of a full list: it is worked out again


@dataclass
class Match:
    """One request for one commitment."""

    commitment: Commitment
    request: Request
    parts: dict
    score: float
    closes: object = None  # Decimal in the commitment's unit; None where the units differ
    closes_share: float = 0
    miles: float | None = None
    from_words: str = ""
    unseen: bool = False  # nobody has been shown it for FLOOR_DAYS
    reasons: list = field(default_factory=list)

    @property
    def fits(self):
        return self.parts["need"] >= GOOD_NEED

    @property
    def percent(self):
        return round(self.score * 100)

    def sums(self, weights):
        """[{label, weight, part, points}] that add up to the score, in hundredths."""
        return [
            {
                "label": part.label,
                "weight": weights[part.name] * 100,
                "part": self.parts[part.name] * 100,
                "points": weights[part.name] * self.parts[part.name] * 100,
            }
            for part in PARTS
        ]


def for_commitments(commitments, limit=10, only_fits=True, today=None):
    """{commitment id: [Match]} of commitments loaded with `with_balance`, best first."""
    today = today or timezone.localdate()
    lists = {
        row.commitment_id: unpack_entries(bytes(row.entries))
        for row in CommitmentMatches.objects.filter(commitment__in=[one.pk for one in commitments])
    }
    rows = _rows(
        {number for entries in lists.values() for number, parts in entries if _may_fit(parts, only_fits)}, today
    )
    seen = dict(RequestSeen.objects.filter(request__in=rows).values_list("request_id", "last_at"))
    weights, found = current(), {}
    for commitment in commitments:
        matches = []
        for number, fixed in lists.get(commitment.pk, ()):
            row = rows.get(number)
            if row and _may_fit(fixed, only_fits) and row.organisation != commitment.contract.supplier_id:
                matches.append(_match(commitment, row, fixed, weights, seen, today))
        found[commitment.pk] = _first(matches, limit)
    _fill(found)
    return found


def _first(matches, limit):
    """The best `limit`; the best of those that nobody has seen for long stands before them, and says so."""
    matches.sort(key=lambda match: (-match.score, match.request))
    promoted = next((match for match in matches if match.unseen), None)
    for match in matches:
        match.unseen = match is promoted and match is not matches[0]
    if promoted is not None:
        matches.remove(promoted)
        matches.insert(0, promoted)
    return matches[:limit]


def _may_fit(parts, only_fits):
    return not only_fits or parts["need"] >= GOOD_NEED


@dataclass
class _Row:
    number: int
    organisation: int
    need: object
    unit: str
    needed_by: object
    outcode: str
    unanswered: bool
    small: bool
    published_at: object


def _rows(numbers, today):
    """{request id: what the moving parts need} of those that may still be shown today."""
    totals = RequestTotals.objects.in_need_on(today).filter(request__in=numbers)
    values = list(
        totals.values_list(
            "request_id", "request__organisation_id", "asked", "accepted", "request__unit", "needed_by", "outcode",
            "pledged", "request__organisation__kind", "published_at",
        )
    )  # fmt: skip
    posted = dict(
        RequestTotals.objects.filter(published_at__isnull=False, request__organisation__in={row[1] for row in values})
        .values_list("request__organisation_id")
        .annotate(Count("pk"))
        .order_by()
    )
    return {
        number: _Row(
            number, organisation, asked - accepted, unit, needed_by, outcode, not accepted and not pledged,
            is_small(kind, posted.get(organisation, 0)), published_at,
        )
        for number, organisation, asked, accepted, unit, needed_by, outcode, pledged, kind, published_at in values
    }  # fmt: skip


def is_small(kind, posted):
    """An informal group, or one that has posted no more than two requests so far."""
    return kind == Organisation.Kind.INFORMAL or posted <= 2


def _match(commitment, row, fixed, weights, seen, today):
    left = commitment.balance.left
    same_unit = commitment.unit == row.unit
    days = (row.needed_by - today).days if row.needed_by else formulas.EASE_DAYS
    moving = {
        "size": formulas.size(float(left), float(row.need)) if same_unit and left > 0 else UNKNOWN,
        "time": formulas.time(days),
        "unanswered": float(row.unanswered),
        "small": float(row.small),
    }
    parts = {part.name: fixed.get(part.name, moving.get(part.name)) for part in PARTS}
    closes = min(left, row.need) if same_unit else None
    last = seen.get(row.number) or row.published_at
    match = Match(
        commitment, row.number, parts, formulas.total(parts, weights), closes,
        float(closes / left) if closes and left else 0,
        unseen=fixed["need"] >= GOOD_NEED and last < timezone.now() - timedelta(days=FLOOR_DAYS),
    )  # fmt: skip
    match.miles, match.from_words = distance(commitment, row.outcode)
    return match


def distance(commitment, outcode):
    """(miles, words) from where the commitment is delivered, or (None, "") where nobody says."""
    area = read_area(commitment.delivery_area)
    supplier = commitment.contract.supplier
    base = area.centre or (supplier.outcode_id if supplier else "")
    if not base or not outcode:
        return None, ""
    miles = dict(nearest_outcodes(base)).get(outcode)
    return miles, ("the middle of your area" if area.centre else "you")


def _fill(found):
    """Put the requests themselves, and the reasons, into matches that will be shown."""
    matches = [match for listed in found.values() for match in listed]
    requests = Request.objects.for_page().in_bulk({match.request for match in matches})
    words = vocabulary()
    for match in matches:
        match.request = requests[match.request]
        match.reasons = reasons(match, words)


def for_request(request, limit=30):
    """[Match] of commitments that fit a public request, best first: what its group may be told of, without names."""
    kept = RequestMatches.objects.filter(request=request).first()
    entries = unpack_entries(bytes(kept.entries)) if kept else []
    today = timezone.localdate()
    rows = _rows([request.pk], today)
    row = rows.get(request.pk)
    if row is None:
        return []
    commitments = (
        Commitment.objects.with_something_left()
        .filter(pk__in=[number for number, parts in entries if parts["need"] >= GOOD_NEED])
        .filter(Q(contract__end=None) | Q(contract__end__gte=today))
        .exclude(contract__supplier=None)
        .exclude(contract__supplier=row.organisation)
        .filter(contract__supplier__state=Organisation.State.APPROVED)
        .select_related("balance", "contract__supplier__outcode", "contract__supplier__supplier_profile")
        .in_bulk()
    )
    weights = current()
    found = [_match(commitments[n], row, fixed, weights, {}, today) for n, fixed in entries if n in commitments]
    words = vocabulary()
    for match in found:
        match.request = request
        match.reasons = reasons(match, words)
    return sorted(found, key=lambda match: -match.score)[:limit]
