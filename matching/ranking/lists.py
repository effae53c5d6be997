"""Reading kept lists for a page or an e-mail: only what still may be shown, in today's order, with its reasons.

What hangs on the day and on other people's pledges is worked out when a list is read, so that a pledge accepted
elsewhere moves a list at once. Pure Python and few questions: web processes use it.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from operator import itemgetter, mul
from typing import NamedTuple

from django.utils import timezone

from organisations.models import Organisation
from places.areas import read_area
from places.distance import miles_from
from requests_app.models import Request, RequestTotals
from suppliers.models import Commitment
from vocabulary.current import vocabulary

from ..models import CommitmentMatches, CommitmentVector, RequestMatches, RequestSeen
from . import parts as formulas
from .packing import ENTRY, STEPS, unpack_entries
from .parts import FIXED, PARTS, UNKNOWN
from .reasons import reasons
from .weights import current

FLOOR_DAYS = 7  # a request that nobody was shown for so long stands first in the lists it fits
NEED_PART, UNIT_PART = FIXED.index("need"), FIXED.index("unit")
READ_FOR_ONE = 12  # entries read for each that is shown: what moved since seldom lifts one from further down


@dataclass(frozen=True)
class PartOfScore:
    """One reason of a score: its weight, how well it is met, and the points they make, each in hundredths."""

    label: str
    weight: float
    part: float

    @property
    def points(self):
        return self.weight * self.part / 100


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
    general: bool = False  # the commitment offers help of any kind
    reasons: list = field(default_factory=list)

    @property
    def fits(self):
        return formulas.fits(self.parts["need"], self.parts["unit"])

    @property
    def is_sure(self):
        return formulas.is_sure(self.parts["need"], self.parts["unit"], self.general)

    @property
    def points(self):
        """Of 100, to one place, as its parts are said."""
        return f"{self.score * 100:.1f}"

    def sums(self, weights):
        """[PartOfScore] that add up to the score."""
        return [PartOfScore(part.label, weights[part.name] * 100, self.parts[part.name] * 100) for part in PARTS]


def for_commitments(commitments, limit=10, only_fits=True, among=None):
    """{commitment id: [Match]} of commitments loaded with `with_balance`, best first; `among` names requests."""
    today, weights = timezone.localdate(), current()
    kept = {
        row.commitment_id: [
            (number, parts)
            for number, *parts in ENTRY.iter_unpack(bytes(row.entries))
            if (not only_fits or _fits(parts)) and (among is None or number in among)
        ][: limit * READ_FOR_ONE]
        for row in CommitmentMatches.objects.filter(commitment__in=[commitment.pk for commitment in commitments])
    }
    rows = _rows({number for entries in kept.values() for number, _ in entries}, today)
    seen = dict(RequestSeen.objects.filter(request__in=rows).values_list("request_id", "last_at"))
    long_ago = timezone.now() - timedelta(days=FLOOR_DAYS)
    for row in rows.values():
        row.unseen = (seen.get(row.number) or row.published_at) < long_ago
    found = {
        commitment.pk: _first(commitment, kept.get(commitment.pk, ()), rows, weights, limit)
        for commitment in commitments
    }
    _fill(found)
    return found


def _fits(fixed):
    """Whether the fixed parts of a kept pair, in STEPS, are those of a fit."""
    return formulas.fits(fixed[NEED_PART] / STEPS, fixed[UNIT_PART] / STEPS)


class _Scored(NamedTuple):
    """An entry of a kept list as it counts today: the best first, equal ones by number."""

    minus_score: float
    number: int
    row: object
    fixed: list
    moving: dict

    @property
    def waits_to_be_seen(self):
        return self.row.unseen and _fits(self.fixed)


def _first(commitment, entries, rows, weights, limit):
    """The best `limit`; the best of those that nobody has seen for long stands before them, and says so."""
    of_fixed = [weights[name] / STEPS for name in FIXED]
    left = float(commitment.balance.left)
    scored = []
    for number, fixed in entries:
        row = rows.get(number)
        if row is None or row.organisation == commitment.contract.supplier_id:
            continue
        moving = row.moving(commitment.unit, left)
        score = sum(map(mul, of_fixed, fixed)) + sum(weights[name] * value for name, value in moving.items())
        scored.append(_Scored(-score, number, row, fixed, moving))
    scored.sort(key=itemgetter(0, 1))
    unseen = next((place for place, entry in enumerate(scored) if entry.waits_to_be_seen), 0)
    if unseen:
        scored.insert(0, scored.pop(unseen))
    matches = [
        _match(commitment, entry.row, _by_name(entry.fixed, entry.moving), -entry.minus_score)
        for entry in scored[:limit]
    ]
    if unseen:
        matches[0].unseen = True
    return matches


def _by_name(parts, moving):
    """{name: part}, in the order of PARTS."""
    fixed = {name: value / STEPS for name, value in zip(FIXED, parts, strict=True)}
    return {part.name: fixed[part.name] if part.name in fixed else moving[part.name] for part in PARTS}


@dataclass
class _Row:
    """What may have changed of a request since the lists were worked out."""

    number: int
    organisation: int
    need: object
    unit: str
    needed_by: object
    unanswered: bool
    published_at: object
    soon: float  # the part of time
    unseen: bool = False

    def moving(self, unit, left):
        """{name: part} of the parts that are not kept, for a commitment in `unit` with `left` of it."""
        same = unit == self.unit and left > 0
        return {
            "size": formulas.size(left, float(self.need)) if same else UNKNOWN,
            "time": self.soon,
            "unanswered": float(self.unanswered),
        }


def _rows(numbers, today):
    """{request id: what the moving parts need} of those that may still be shown today."""
    totals = RequestTotals.objects.in_need_on(today).filter(request__in=numbers)
    values = totals.values_list(
        "request_id", "request__organisation_id", "asked", "accepted", "request__unit", "needed_by", "pledged",
        "published_at",
    )  # fmt: skip
    return {
        number: _Row(
            number, organisation, asked - accepted, unit, day, not accepted and not pledged, published,
            formulas.time((day - today).days if day else formulas.EASE_DAYS),
        )
        for number, organisation, asked, accepted, unit, day, pledged, published in values
    }  # fmt: skip


def _match(commitment, row, parts, score):
    left = commitment.balance.left
    closes = min(left, row.need) if commitment.unit == row.unit else None
    return Match(commitment, row.number, parts, score, closes, float(closes / left) if closes and left else 0)


def distance(commitment, outcode):
    """(miles, words) from where the commitment is delivered, or (None, "") where nobody says."""
    area = read_area(commitment.delivery_area)
    supplier = commitment.contract.supplier
    base = area.centre or (supplier.outcode_id if supplier else "")
    if not base or not outcode:
        return None, ""
    return miles_from(base).get(outcode), ("the middle of your area" if area.centre else "you")


def _fill(found):
    """Put the requests themselves, and the reasons, into matches that will be shown."""
    matches = [match for listed in found.values() for match in listed]
    requests = Request.objects.for_page().in_bulk({match.request for match in matches})
    words, general = vocabulary(), _general_among({match.commitment.pk for match in matches})
    for match in matches:
        match.request, match.general = requests[match.request], match.commitment.pk in general
        _explain(match, words)


def _general_among(numbers):
    """{commitment id} of these that offer help of any kind before anything else, as the worker read them."""
    rows = CommitmentVector.objects.filter(commitment__in=list(numbers), general=True)
    return set(rows.values_list("commitment_id", flat=True))


def _explain(match, words):
    match.miles, match.from_words = distance(match.commitment, "" if match.request.remote else match.request.outcode_id)
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
        Commitment.objects.left_on(today)
        .filter(pk__in=[number for number, parts in entries if formulas.fits(parts["need"], parts["unit"])])
        .exclude(contract__supplier=None)
        .exclude(contract__supplier=row.organisation)
        .filter(contract__supplier__state=Organisation.State.APPROVED)
        .select_related("balance", "contract__supplier__outcode", "contract__supplier__supplier_profile")
        .in_bulk()
    )
    weights = current()
    found = []
    for number, fixed in entries:
        if commitment := commitments.get(number):
            parts = fixed | row.moving(commitment.unit, float(commitment.balance.left))
            found.append(_match(commitment, row, parts, formulas.total(parts, weights)))
    words, general = vocabulary(), _general_among(commitments)
    for match in found:
        match.request, match.general = request, match.commitment.pk in general
        _explain(match, words)
    return sorted(found, key=lambda match: -match.score)[:limit]
