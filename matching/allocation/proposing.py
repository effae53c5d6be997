"""Working out a proposal: the programme, its best solution, and what to say of it. Worker and commands only."""

from dataclasses import asdict, dataclass
from decimal import Decimal

import numpy as np
from django.db import transaction
from django.utils import timezone

from vocabulary.quantities import rounded

from ..models import ProposalLine
from . import lookahead
from .problem import county
from .solver import greedy, solve

MOST_LINES, MOST_UNMET = 2000, 5000


@dataclass(frozen=True)
class Spread:
    """Who gets what of an allocation, in requests: `reachable` surely fit some promise, `nothing` of these get nothing,
    `small` are of small and new groups.
    """

    requests: int
    reachable: int
    nothing: int
    small: int
    small_nothing: int
    met_whole: int
    met_part: int


@dataclass(frozen=True)
class ProposalFigures:
    """What is said of a proposal: points reached, the most that is possible, the relative gap between; the same one by
    one; `unmet` are ids of requests that no promise can meet.
    """

    objective: float
    bound: float
    gap: float
    greedy_objective: float
    seconds: float
    pairs: int
    spread: Spread
    greedy: Spread
    unmet: list[int]
    lines: int


def work_out(wanted):
    """(lines, ProposalFigures): the best allocation for today, beside the greedy one; lines are not saved yet."""
    found = county(wanted)
    solution = solve(found.problem)
    by_greed = greedy(found.problem)
    waits = lookahead.may_wait(found, solution)
    made = lines(found, solution, waits)
    return made, ProposalFigures(
        objective=round(solution.objective, 4),
        bound=round(solution.bound, 4),
        gap=round(solution.gap, 6),
        greedy_objective=round(found.problem.objective(by_greed), 4),
        seconds=round(solution.seconds, 3),
        pairs=len(found.problem.value),
        spread=spread(found, solution.given),
        greedy=spread(found, by_greed),
        unmet=unmet(found)[:MOST_UNMET],
        lines=sum(line.state == ProposalLine.State.PROPOSED for line in made),
    )


@transaction.atomic
def keep(proposal, lines, figures):
    """Write the lines and figures of a proposal that was worked out; safe to say again."""
    proposal.lines.all().delete()
    for line in lines:
        line.proposal = proposal
    ProposalLine.objects.bulk_create(lines, batch_size=500)
    proposal.figures = asdict(figures)
    proposal.made_at = timezone.now()
    proposal.save(update_fields=["figures", "made_at"])


def spread(found, given):
    """The Spread of an allocation."""
    served = np.bincount(found.problem.request, given, len(found.requests)) if len(given) else np.zeros(0)
    if not len(served):
        served = np.zeros(len(found.requests))
    small, whole = found.requests.small, served >= found.requests.need - 0.005
    reachable = np.zeros(len(found.requests), bool)
    reachable[found.problem.request] = True
    return Spread(
        requests=len(found.requests),
        reachable=int(reachable.sum()),
        nothing=int((reachable & (served <= 0)).sum()),
        small=int((reachable & small).sum()),
        small_nothing=int((reachable & small & (served <= 0)).sum()),
        met_whole=int(whole.sum()),
        met_part=int(((served > 0) & ~whole).sum()),
    )


def lines(found, solution, waits):
    """[ProposalLine] without their proposal, the most valuable first."""
    problem, made = found.problem, []
    picked = np.flatnonzero(solution.given > 0)
    worth = problem.values(solution.given)[picked]
    for place in np.argsort(-worth, kind="stable")[:MOST_LINES]:
        pair = picked[place]
        quantity = rounded(Decimal(str(round(float(solution.given[pair]), 2))))
        made.append(
            ProposalLine(
                commitment_id=int(found.commitments.number[problem.commitment[pair]]),
                request_id=int(found.requests.number[problem.request[pair]]),
                quantity=quantity,
                counts=rounded(quantity * Decimal(str(problem.rate[pair]))),
                value=round(float(worth[place]), 4),
                may_wait=bool(waits[pair]),
                parts={"score": round(float(found.scores[pair]), 4), "need": round(float(found.meets[pair]), 3)},
            )
        )
    return made + to_judge(found)


def to_judge(found):
    """[ProposalLine] of pairs that fit, though not surely: for the broker to judge, with nothing proposed."""
    return [
        ProposalLine(
            commitment_id=int(found.commitments.number[row]),
            request_id=int(found.requests.number[column]),
            state=ProposalLine.State.DOUBTFUL,
            value=0,
            parts={"score": round(score, 4), "need": round(need, 3)},
        )
        for row, column, score, need in found.doubtful
    ]


def unmet(found):
    """Ids of open requests that no promise can meet: no pair at all, not even one to judge."""
    maybe = [column for _, column, _, _ in found.doubtful]
    reachable = np.unique(np.concatenate([found.problem.request, np.array(maybe, np.int64)]))
    return np.delete(found.requests.number, reachable).tolist()
