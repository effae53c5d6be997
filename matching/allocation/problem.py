"""From requests and commitments to a Problem: which pairs may be, what they are worth, and how they are counted."""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import permutations

import numpy as np
from django.db.models import Exists, OuterRef, Q, Sum
from django.utils import timezone

from requests_app.models import Pledge, RequestTotals
from vocabulary.units import IN_HOURS, WHOLE, Unit, usual_rate

from ..models import Judgement, ProposalLine
from ..ranking import arrays, parts
from ..ranking.scoring import Scorer
from ..ranking.weights import current
from .solver import Problem

RATES = {pair: float(usual_rate(*pair)) for pair in permutations(IN_HOURS, 2)}
"""{(the commitment's unit, the request's): how much one of the request's counts}; the contract manager agrees it."""
PAIRS_A_COMMITMENT = 60
WHOLE_PARTS = WHOLE | {Unit.DAYS, Unit.WEEKS}  # nobody comes for 1.43 of a day
MOST_DOUBTFUL = 50
MOST_NAMED = 900  # numbers in one question to the database
DECLINED_DAYS = 90  # so long a declined pair is not proposed again
INVITED_DAYS = 14  # so long an invitation holds its quantity back from new proposals


@dataclass
class County:
    """Commitments and requests as arrays, and the Problem of their pairs."""

    commitments: object
    requests: object
    problem: Problem
    scores: np.ndarray  # of each pair
    meets: np.ndarray  # of each pair: how well what is offered counts as what is needed
    doubtful: list  # [(commitment, request, score, need)] of fits that are not sure: positions, the best first


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
    apart = Apart(declined=declined(), judged=judged(), given=given())
    return pair_up(commitments, requests, wanted, shortfalls(requests), apart)


@dataclass(frozen=True)
class Apart:
    """What is known of pairs by their numbers, (commitment, request): left out where a broker declined them, no more
    asked about where somebody judged them, and {pair: how much, in the commitment's unit} given or invited already.
    """

    declined: set = field(default_factory=set)
    judged: set = field(default_factory=set)
    given: dict = field(default_factory=dict)


def judged():
    """{(commitment, request)} that somebody has judged."""
    return set(Judgement.objects.values_list("commitment_id", "request_id"))


def given():
    """{(commitment, request): counts} of pledges that stand and of suppliers just invited."""
    found = {}
    pledges = Pledge.objects.filter(commitment__isnull=False, state__in=Pledge.STANDING)
    rows = [*pledges.values_list("commitment", "request", "counts"), *_invited().values_list(
        "commitment", "request", "counts")]  # fmt: skip
    for commitment, request, counts in rows:
        found[commitment, request] = found.get((commitment, request), 0.0) + float(counts or 0)
    return found


def declined():
    """{(commitment, request)} that a broker declined of late: not proposed again."""
    since = timezone.now() - timedelta(days=DECLINED_DAYS)
    lines = ProposalLine.objects.filter(state=ProposalLine.State.DISMISSED, decided_at__gte=since)
    return set(lines.values_list("commitment_id", "request_id"))


def _invited():
    """Lines whose supplier was invited of late and has not pledged yet."""
    since = timezone.now() - timedelta(days=INVITED_DAYS)
    answered = Pledge.objects.filter(request=OuterRef("request"), supplier=OuterRef("commitment__contract__supplier"))
    invited = ProposalLine.objects.filter(state=ProposalLine.State.INVITED, decided_at__gte=since)
    return invited.exclude(Exists(answered))


def _take_off_invited(commitments, requests):
    lines = _invited().values_list("commitment", "request", "quantity", "counts")
    place = {n: k for k, n in enumerate(commitments.number.tolist())}
    wanted = {n: k for k, n in enumerate(requests.number.tolist())}
    for commitment, request, quantity, counts in lines:
        if commitment in place:
            commitments.left[place[commitment]] -= float(counts)
        if request in wanted:
            requests.need[wanted[request]] -= float(quantity)
    commitments.left = np.maximum(commitments.left, 0)


def pair_up(commitments, requests, wanted, short, apart=None):
    """The County of these arrays; `short` is 0 to 1 for each request, how far its district has come short.

    `apart` is what is known of single pairs.
    """
    scorer = Scorer(commitments, requests, current())
    found = scorer.top(PAIRS_A_COMMITMENT) if len(requests) and len(commitments) else []
    if found:
        rows, columns, fixed = scorer.fixed_parts_of(found)
        scores = np.concatenate([best.scores for best in found])
    else:
        rows, columns, scores = np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32)
        fixed = np.zeros((0, len(parts.FIXED)))
    rate = rate_table()[commitments.unit[rows], requests.unit[columns]] if len(rows) else np.zeros(0)
    meets, unit = (fixed[:, parts.FIXED.index(name)] for name in ("need", "unit"))
    rate = np.where(commitments.plain[rows] & requests.plain[columns], rate, 0) if len(rows) else rate
    may = (rate > 0) & parts.fits(meets, unit)
    if wanted.furthest and len(rows):
        miles = commitments.nearness[rows, requests.outcode[columns]]
        may &= ~(miles > wanted.furthest)
    apart, pairs = apart or Apart(), np.empty(0, object)
    if len(rows):
        pairs = list(zip(commitments.number[rows].tolist(), requests.number[columns].tolist(), strict=True))
        may &= np.fromiter((pair not in apart.declined for pair in pairs), bool, len(rows))
    was_given = np.array([apart.given.get(pair, 0.0) for pair in pairs], float)
    was_judged = np.array([pair in apart.judged for pair in pairs], bool)
    some = np.where(rate > 0, rate, 1)
    most = np.maximum(commitments.most[rows] - was_given, 0) / some
    step = step_of(rate, _is_whole(requests.unit[columns]), _is_whole(commitments.unit[rows]))
    can_have = np.minimum(np.minimum(requests.need[columns], most), commitments.left[rows] / some)
    may &= can_have >= np.maximum(step, 0.01) - 1e-6  # else nothing that anybody gives would fit in
    sure = parts.is_sure(meets, unit, commitments.general[rows], wanted.least_need)
    doubtful = _best(rows, columns, scores, meets, may & ~sure & ~was_judged)
    may &= sure
    rows, columns, scores, rate = rows[may], columns[may], scores[may], rate[may]
    problem = Problem(
        commitment=rows,
        request=columns,
        value=np.round(np.clip(scores, 0, 1).astype(float), 4),
        rate=rate,
        left=commitments.left.astype(float),
        need=requests.need.astype(float),
        weight=1 + wanted.fairness * (requests.small + short),
        whole=_is_whole(requests.unit),
        step=step[may],
        most=most[may],
        fairness=wanted.fairness,
    )
    return County(commitments, requests, problem, scores, meets[may], doubtful)


def _is_whole(units):
    return np.isin(units, [arrays.UNITS.index(unit) for unit in WHOLE_PARTS])


def step_of(rate, is_request_whole, is_commitment_whole):
    """The smallest part of each pair in the request's unit that both sides count whole; 0 where parts are fine.

    Hours against days of 7 hours go by 7 hours; days against weeks of 5 days by 5 days.
    """
    whole_of_commitment = np.where(rate < 1, np.rint(1 / np.maximum(rate, 1e-9)), 1)
    return np.where(is_commitment_whole, whole_of_commitment, np.where(is_request_whole, 1, 0)).astype(float)


def _best(rows, columns, scores, meets, chosen):
    """[(commitment, request, score, need)] of the chosen pairs: the best of each request, the best first."""
    picked = np.flatnonzero(chosen)
    picked = picked[np.argsort(-scores[picked], kind="stable")]
    _, first = np.unique(columns[picked], return_index=True)
    picked = picked[np.sort(first)][:MOST_DOUBTFUL]
    return list(zip(*(array[picked].tolist() for array in (rows, columns, scores, meets)), strict=True))


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
    numbers = requests.number.tolist()
    few = len(numbers) <= MOST_NAMED
    named = RequestTotals.objects.filter(request__in=numbers) if few else RequestTotals.objects.filter(listed=True)
    of = dict(named.values_list("pk", "district"))
    return np.array([max(mean - shares.get(of.get(n), mean), 0) / mean if mean else 0 for n in numbers], float)
