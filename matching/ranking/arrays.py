"""Requests and commitments as numpy arrays, read in few questions: what the engine scores. Worker only."""

from dataclasses import dataclass, fields
from functools import lru_cache
from hashlib import md5

import numpy as np
from django.utils import timezone

from places.areas import read_area
from places.distance import miles_between
from places.models import Outcode
from requests_app.models import RequestTotals
from suppliers import figures
from suppliers.models import Commitment, CommitmentBalance
from vocabulary.kinds import KindOfHelp
from vocabulary.units import Unit, is_plain

from ..models import CommitmentVector, RequestVector
from .exposure import is_small, posted_by_organisation
from .outcome_names import families
from .packing import NEED
from .parts import CHECK_PARTS, WITH_CHECK
from .understanding import BATCH, KEPT_ABOVE, reader

KINDS = KindOfHelp.values
UNITS = Unit.values
MONEY = KINDS.index(KindOfHelp.MONEY)
POUNDS = UNITS.index(Unit.POUNDS)
NOWHERE = -1  # help from anywhere, or a place that is not known
NO_DAY = 10**6


@dataclass
class Columns:
    """Arrays of one length, a row each."""

    def take(self, rows):
        return type(self)(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})

    def __len__(self):
        return len(self.number)


@dataclass
class Requests(Columns):
    number: np.ndarray  # primary keys
    organisation: np.ndarray
    kind: np.ndarray  # position in KINDS
    unit: np.ndarray  # position in UNITS
    asked: np.ndarray
    need: np.ndarray  # what is still needed, in the request's unit
    outcode: np.ndarray  # position in outcodes(), or NOWHERE
    day: np.ndarray  # needed by, as date.toordinal(); NO_DAY where it is open
    checks: np.ndarray  # the part
    outcome: np.ndarray  # family of outcomes, 0 for none
    unanswered: np.ndarray
    small: np.ndarray
    plain: np.ndarray  # counted in the unit itself, neither half of it nor so much a week
    meaning: np.ndarray
    needs: np.ndarray


@dataclass
class Commitments(Columns):
    number: np.ndarray
    organisation: np.ndarray  # the supplier, or 0
    kind: np.ndarray
    unit: np.ndarray
    left: np.ndarray
    nearness: np.ndarray  # (n, outcodes + 1): miles from where it is delivered; inf is out of reach; last: anywhere
    first: np.ndarray  # the contract's first and last day
    last: np.ndarray
    outcome: np.ndarray
    plain: np.ndarray  # counted in the unit itself, as `Requests.plain`
    general: np.ndarray  # offers help of any kind before anything else
    most: np.ndarray  # the most for one request, inf where nobody says
    own: np.ndarray  # the firm's own measures: no help to a group
    meaning: np.ndarray
    answers: np.ndarray


@lru_cache(maxsize=1)
def outcodes():
    """({outcode: position}, [(latitude, longitude)])."""
    rows = list(Outcode.objects.order_by("code").values_list("code", "latitude", "longitude"))
    return {code: n for n, (code, _, _) in enumerate(rows)}, [row[1:] for row in rows]


@lru_cache(maxsize=4096)
def miles_row(area_words, base, travels):
    """Miles to each outcode as a tuple, then to anywhere: from the area's centre, else from the supplier's base."""
    place, points = outcodes()
    row = np.full(len(points) + 1, np.nan, np.float32)
    if base in place:
        here = points[place[base]]
        row[:-1] = [miles_between(*here, *there) for there in points]
        if travels:
            row[:-1] = np.where(row[:-1] > travels, np.maximum(row[:-1], 30), row[:-1])
    reach = read_area(area_words).reach()
    if reach is not None:
        inside = np.full(len(points), np.inf, np.float32)
        for code, miles in reach.items():
            inside[place[code]] = miles if miles or base not in place else row[place[code]]
        row[:-1] = inside
        row[-1] = np.nan if reach else np.inf
    return row


def digest(*texts):
    return md5("\0".join(texts).encode(), usedforsecurity=False).hexdigest()


def spread(packed, width):
    """(n, width) float32 of packed needs."""
    out = np.zeros((len(packed), width), np.float32)
    lengths = [len(needs) // NEED.size for needs in packed]
    entries = np.frombuffer(b"".join(packed), np.dtype([("need", "<u2"), ("value", "<f4")]))
    out[np.repeat(np.arange(len(packed)), lengths), entries["need"]] = entries["value"]
    return out


def meanings(packed, width):
    """(n, width) float32 of packed vectors."""
    rows = np.frombuffer(b"".join(packed), np.dtype([("scale", "<f4"), ("values", "i1", (width,))]))
    return rows["values"].astype(np.float32) * rows["scale"][:, None]


def pack_meaning(vector):
    scale = np.float32(max(np.abs(vector).max(), 1e-9) / 127)
    return scale.tobytes() + np.rint(vector / scale).astype(np.int8).tobytes()


def days(value):
    return value.toordinal() if value else NO_DAY


def request_rows(numbers=None):
    """Open, public requests still in need today: the rows that may be ranked."""
    rows = RequestTotals.objects.in_need_on(timezone.localdate())
    return rows if numbers is None else rows.filter(request__in=numbers)


def commitment_rows(numbers=None):
    """Commitments of contracts not yet over, with something left."""
    rows = Commitment.objects.left_on(timezone.localdate())
    return rows if numbers is None else rows.filter(pk__in=numbers)


def understand_requests_of(numbers):
    """As understand_requests, for requests in any state."""
    return understand_requests(numbers, RequestTotals.objects.filter(request__in=numbers))


def understand_requests(numbers=None, totals=None):
    """Make the vectors that are missing or out of date; returns how many."""
    rows = (request_rows(numbers) if totals is None else totals).values_list(
        "request_id", "request__title", "request__description", "request__unit_words"
    )
    made_by = reader().made_by
    kept = RequestVector.objects.filter(made_by=made_by)
    kept = dict((kept if numbers is None else kept.filter(request__in=numbers)).values_list("request_id", "digest"))
    wanted = [(number, digest(*texts), texts) for number, *texts in rows if kept.get(number) != digest(*texts)]
    return _understand(RequestVector, "request_id", wanted, reader().requests)


def understand_commitments(numbers=None):
    rows = commitment_rows(numbers).values_list("pk", "wording", "measure", "unit_words")
    kept = CommitmentVector.objects.filter(made_by=reader().made_by)
    kept = dict(
        (kept if numbers is None else kept.filter(commitment__in=numbers)).values_list("commitment_id", "digest")
    )
    wanted = [(number, digest(*texts), texts) for number, *texts in rows if kept.get(number) != digest(*texts)]
    return _understand(CommitmentVector, "commitment_id", wanted, reader().commitments)


def _understand(model, key, wanted, read):
    now, made_by = timezone.now(), reader().made_by
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        found = read([texts for _, _, texts in batch])
        general, rows = reader().offer_anything(found.needs), []
        for n, (number, mark, _) in enumerate(batch):
            spoken = np.flatnonzero(found.needs[n] > KEPT_ABOVE)
            needs = b"".join(NEED.pack(int(k), float(found.needs[n, k])) for k in spoken)
            rows.append(
                model(
                    **{key: number},
                    made_by=made_by,
                    digest=mark,
                    meaning=pack_meaning(found.meaning[n]),
                    needs=needs,
                    general=bool(general[n]),
                    stamp=now,
                )
            )
        model.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=[key.removesuffix("_id")],
            update_fields=["made_by", "digest", "meaning", "needs", "general", "stamp"],
        )
    return len(wanted)


REQUEST_COLUMNS = (
    "request_id", "request__organisation_id", "kind", "request__unit", "asked", "accepted", "outcode", "needed_by",
    "request__dbs", "outcome", "pledged", "request__organisation__kind", "request__unit_words",
)  # fmt: skip
COMMITMENT_COLUMNS = (
    "pk", "contract__supplier_id", "kind", "unit", "delivery_area", "contract__supplier__outcode_id",
    "contract__supplier__supplier_profile__travels_miles", "contract__start", "contract__end", "outcome", "unit_words",
    "most_each",
)  # fmt: skip


def understood(rows, names, packed):
    """{name: column} of rows whose number, the first of `names`, is in `packed`; columns are tuples of one length."""
    kept = [row for row in rows.values_list(*names) if row[0] in packed]
    return dict(zip(names, zip(*kept, strict=True) if kept else [()] * len(names), strict=True))


def in_families(outcomes):
    """Outcomes as numbers that those of other versions and of the council's own model share; 0 for none."""
    family = families()
    return np.array([family.get(outcome, outcome) or 0 for outcome in outcomes], np.int64)


def load_requests(numbers=None, totals=None):
    """Requests that may be ranked and are understood, or those of `totals` (RequestTotals), whatever their state."""
    rows = request_rows(numbers) if totals is None else totals
    vectors = RequestVector.objects.filter(made_by=reader().made_by)
    rows = rows.filter(request__in=vectors.values("request")).order_by("request_id")
    if numbers is not None or totals is not None:
        vectors = vectors.filter(request__in=list(rows.values_list("request_id", flat=True)))
    packed = {number: rest for number, *rest in vectors.values_list("request_id", "meaning", "needs")}
    column = understood(rows, REQUEST_COLUMNS, packed)
    place, _ = outcodes()
    asked, accepted = np.array(column["asked"], float), np.array(column["accepted"], float)
    owners = column["request__organisation_id"]
    return Requests(
        number=np.array(column["request_id"], np.int64),
        organisation=np.array(owners, np.int64),
        kind=np.array([KINDS.index(kind) if kind in KINDS else 0 for kind in column["kind"]], np.int16),
        unit=np.array([UNITS.index(unit if unit in UNITS else Unit.NARRATIVE) for unit in column["request__unit"]]),
        asked=asked.astype(np.float32),
        need=(asked - accepted).astype(np.float32),
        outcode=np.array([place.get(code, NOWHERE) for code in column["outcode"]], np.int64),
        day=np.array([days(value) for value in column["needed_by"]], np.int64),
        checks=np.array([CHECK_PARTS.get(dbs, WITH_CHECK) for dbs in column["request__dbs"]], np.float32),
        outcome=in_families(column["outcome"]),
        unanswered=(np.array(column["pledged"], float) == 0) & (accepted == 0),
        small=are_small(owners, column["request__organisation__kind"]),
        plain=np.array([is_plain(words) for words in column["request__unit_words"]], bool),
        meaning=meanings([packed[number][0] for number in column["request_id"]], reader().encoder.size),
        needs=spread([packed[number][1] for number in column["request_id"]], len(reader().vocabulary.codes)),
    )


def are_small(organisations, kinds):
    """Of each organisation and its kind whether it is small or new: (n,) of bool."""
    posted = posted_by_organisation()
    return np.array(
        [is_small(kind, posted.get(owner, 0)) for owner, kind in zip(organisations, kinds, strict=True)], bool
    )


def load_commitments(numbers=None):
    """Commitments that may be ranked and are understood."""
    vectors = CommitmentVector.objects.filter(made_by=reader().made_by)
    if numbers is not None:
        vectors = vectors.filter(commitment__in=numbers)
    packed = {number: rest for number, *rest in vectors.values_list("commitment_id", "meaning", "needs", "general")}
    column = understood(commitment_rows(numbers).order_by("pk"), COMMITMENT_COLUMNS, packed)
    left, found = left_of(numbers), column["pk"]
    offers = spread([packed[number][1] for number in found], len(reader().vocabulary.codes))
    return Commitments(
        number=np.array(found, np.int64),
        organisation=np.array([supplier or 0 for supplier in column["contract__supplier_id"]], np.int64),
        kind=np.array([KINDS.index(kind) if kind in KINDS else -1 for kind in column["kind"]], np.int16),
        unit=np.array([UNITS.index(unit) for unit in column["unit"]], np.int64),
        left=np.array([left.get(number, 0) for number in found], np.float32),
        nearness=nearness_of(column),
        first=np.array([value.toordinal() if value else 0 for value in column["contract__start"]], np.int64),
        last=np.array([days(value) for value in column["contract__end"]], np.int64),
        outcome=in_families(column["outcome"]),
        plain=np.array([is_plain(words) for words in column["unit_words"]], bool),
        most=np.array([np.inf if most is None else float(most) for most in column["most_each"]], float),
        general=np.array([packed[number][2] for number in found], bool),
        own=reader().own_measures(offers) if found else np.zeros(0, bool),
        meaning=meanings([packed[number][0] for number in found], reader().encoder.size),
        answers=reader().answers(offers),
    )


def left_of(numbers):
    """{commitment: what is left of it, as a float}."""
    balances = CommitmentBalance.objects.all()
    if numbers is not None:
        balances = balances.filter(commitment__in=numbers)
    rows = balances.annotate(rest=figures.rest()).values_list("commitment_id", "rest")
    return {number: float(rest) for number, rest in rows}


def nearness_of(column):
    """(commitments, outcodes) of how near each place is to where a commitment may be delivered."""
    places = zip(
        column["delivery_area"],
        column["contract__supplier__outcode_id"],
        column["contract__supplier__supplier_profile__travels_miles"],
        strict=True,
    )
    rows = [miles_row(area or "", outcode or "", miles or 0) for area, outcode, miles in places]
    return np.array(rows, np.float32).reshape(len(rows), len(outcodes()[1]) + 1)
