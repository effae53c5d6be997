"""From requests and commitments to a Problem: which pairs may be, what they are worth, and how they are counted."""

from dataclasses import asdict, dataclass
from datetime import timedelta

import numpy as np
from django.db.models import Q, Sum
from django.utils import timezone

from guidance.vocabulary import Unit
from requests_app.models import RequestTotals

from ..matching import arrays, parts
from ..matching.lists import GOOD_NEED
from ..matching.scoring import Scorer
from ..matching.weights import current
from ..models import ProposalLine
from .solver import Problem

COUNTED_WHOLE = [Unit.PEOPLE, Unit.PLACES, Unit.ITEMS, Unit.EVENTS, Unit.NARRATIVE]
HOURS_A_DAY, DAYS_A_WEEK = 7.0, 5.0
RATES = {
    (Unit.HOURS, Unit.DAYS): HOURS_A_DAY, (Unit.DAYS, Unit.HOURS): 1 / HOURS_A_DAY,
    (Unit.DAYS, Unit.WEEKS): DAYS_A_WEEK, (Unit.WEEKS, Unit.DAYS): 1 / DAYS_A_WEEK,
    (Unit.HOURS, Unit.WEEKS): HOURS_A_DAY * DAYS_A_WEEK, (Unit.WEEKS, Unit.HOURS): 1 / (HOURS_A_DAY * DAYS_A_WEEK),
}  # fmt: skip
"""{(the commitment's unit, the request's): how much one of the request's counts}; the contract manager agrees it."""
PAIRS_A_COMMITMENT = 60
LEAST_FOR_THINGS = 0.45  # an hour is an hour, but a laptop is no bench: things are told apart more strictly
INVITED_DAYS = 14  # so long an invitation holds its quantity back from new proposals


@dataclass
class Wanted:
    """What the broker asks for: the sliders, each with what it means where nothing is chosen."""

    fairness: float = 0.25  # 0 to 1: how much more a first helping, a small group and a district come short count
    least_need: float = GOOD_NEED  # how well the offer must meet the need
    furthest: int = 0  # miles, 0 for any distance
    held_back: int = 0  # per cent of what is left, kept for later

    def as_dict(self):
        return asdict(self)


@dataclass
class County:
    """Commitments and requests as arrays, and the Problem of their pairs."""

    commitments: object
    requests: object
    problem: Problem
    scores: np.ndarray
    scorer: Scorer


def rate_table():
    """(units, units) of RATES; 0 where two units are not counted against each other."""
    table = np.eye(len(arrays.UNITS))
    for (offered, needed), rate in RATES.items():
        table[arrays.UNITS.index(offered), arrays.UNITS.index(needed)] = rate
    return table


def county(wanted):
    """Today's County: what is pledged already, and what suppliers were just invited for, is taken off both sides."""
    arrays.understand_requests()
    arrays.understand_commitments()
    commitments, requests = arrays.load_commitments(), arrays.load_requests()
    pledged = dict(RequestTotals.objects.filter(pledged__gt=0).values_list("request_id", "pledged"))
    requests.need = requests.need - np.array([float(pledged.get(n, 0)) for n in requests.number.tolist()], np.float32)
    _take_off_invited(commitments, requests)
    requests = requests.take(requests.need > 0)
    commitments.left = np.maximum(commitments.left * (1 - wanted.held_back / 100), 0)
    commitments = commitments.take(commitments.left > 0)
    return pair_up(commitments, requests, wanted, shortfalls(requests))


def _take_off_invited(commitments, requests):
    since = timezone.now() - timedelta(days=INVITED_DAYS)
    lines = ProposalLine.objects.filter(state=ProposalLine.State.INVITED, decided_at__gte=since)
    place = {n: k for k, n in enumerate(commitments.number.tolist())}
    wanted = {n: k for k, n in enumerate(requests.number.tolist())}
    for commitment, request, supplier, quantity, counts in lines.values_list(
        "commitment", "request", "commitment__contract__supplier", "quantity", "counts"
    ):
        if RequestTotals.objects.filter(request=request, request__pledges__supplier=supplier).exists():
            continue  # they have answered the invitation
        if commitment in place:
            commitments.left[place[commitment]] -= float(counts)
        if request in wanted:
            requests.need[wanted[request]] -= float(quantity)
    commitments.left = np.maximum(commitments.left, 0)


def pair_up(commitments, requests, wanted, short):
    """The County of these arrays; `short` is 0 to 1 for each request, how far its district has come short."""
    scorer = Scorer(commitments, requests, current())
    rows, columns, scores = [], [], []
    for row, found, worth in scorer.top(PAIRS_A_COMMITMENT) if len(requests) and len(commitments) else []:
        rows.append(np.full(len(found), row))
        columns.append(found)
        scores.append(worth)
    rows, columns, scores = (
        np.concatenate(one) if one else np.zeros(0, kind)
        for one, kind in ((rows, np.int64), (columns, np.int64), (scores, np.float32))
    )
    rate = rate_table()[commitments.unit[rows], requests.unit[columns]] if len(rows) else np.zeros(0)
    fixed = scorer.fixed_parts(rows, columns) if len(rows) else np.zeros((0, len(parts.FIXED)))
    things = requests.unit[columns] == arrays.UNITS.index(Unit.ITEMS)
    least = np.where(things, max(wanted.least_need, LEAST_FOR_THINGS), wanted.least_need)
    may = (rate > 0) & (fixed[:, parts.FIXED.index("need")] >= least)
    if wanted.furthest and len(rows):
        miles = commitments.nearness[rows, requests.outcode[columns]]
        may &= ~(miles > wanted.furthest)
    rows, columns, scores, rate = rows[may], columns[may], scores[may], rate[may]
    problem = Problem(
        commitment=rows,
        request=columns,
        value=np.round(np.clip(scores, 0, 1).astype(float), 4),
        rate=rate,
        left=commitments.left.astype(float),
        need=requests.need.astype(float),
        weight=1 + wanted.fairness * (requests.small + short),
        whole=np.isin(requests.unit, [arrays.UNITS.index(unit) for unit in COUNTED_WHOLE]),
        fairness=wanted.fairness,
    )
    return County(commitments, requests, problem, scores, scorer)


def shortfalls(requests):
    """How far each request's district has come short of the county in the last year, 0 to 1."""
    since = timezone.now() - timedelta(days=365)
    rows = (
        RequestTotals.objects.filter(Q(published_at__gte=since), asked__gt=0)
        .values_list("district")
        .annotate(Sum("asked"), Sum("accepted"))
        .order_by()
    )
    shares = {district: float(accepted) / float(asked) for district, asked, accepted in rows if asked}
    mean = sum(shares.values()) / len(shares) if shares else 0
    of = dict(RequestTotals.objects.filter(request__in=requests.number.tolist()[:900]).values_list("pk", "district"))
    if len(requests) > 900:
        of = dict(RequestTotals.objects.filter(listed=True).values_list("pk", "district"))
    return np.array(
        [max(mean - shares.get(of.get(n), mean), 0) / mean if mean else 0 for n in requests.number.tolist()], float
    )
