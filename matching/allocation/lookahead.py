"""Looking ahead: is a commitment likely to be needed more by a request that is still to come?

Requests of the last year stand for those to come. They compete for the same commitments in the same programme; what
one more unit would then be worth is the commitment's price. A line worth less than its price may wait, unless its
request's day is near. docs/decisions/0016 and `simulate_matching` say what that gains.
"""

from datetime import timedelta

import numpy as np
from django.utils import timezone

from requests_app.models import RequestTotals

from ..ranking import arrays
from .problem import pair_up
from .solver import solve
from .wanted import Wanted

AHEAD_DAYS = 60
NEAR_DAYS = 14  # whoever needs it so soon is not asked to wait
MOST_TO_COME = 5000


def may_wait(found, solution):
    """For each pair whether it may wait: (pairs,) of bool."""
    prices = expected_prices(found.commitments)
    problem = found.problem
    if prices is None or not len(problem.value):
        return np.zeros(len(problem.value), bool)
    soon = found.requests.day[problem.request] <= timezone.localdate().toordinal() + NEAR_DAYS
    return ~soon & (problem.worth / problem.rate < prices[problem.commitment] - 1e-9)


def expected_prices(commitments):
    """What a unit of each commitment is worth to the requests expected in AHEAD_DAYS; None without a history."""
    to_come = sample()
    if to_come is None or not len(to_come) or not len(commitments):
        return None
    future = pair_up(commitments, to_come, Wanted(), np.zeros(len(to_come)))
    return solve(future.problem).price


def sample():
    """Requests published in the same weeks of last year, as if they were still to come; None where there were none."""
    today = timezone.localdate()
    begin = timezone.now() - timedelta(days=365)
    rows = RequestTotals.objects.filter(
        published_at__range=(begin, begin + timedelta(days=AHEAD_DAYS)), asked__gt=0, request__live=True
    )
    numbers = list(rows.values_list("request_id", flat=True)[:MOST_TO_COME])
    if not numbers:
        return None
    arrays.understand_requests_of(numbers)
    found = arrays.load_requests(totals=RequestTotals.objects.filter(request__in=numbers))
    found.need = found.asked.astype(np.float32)
    found.day = np.full(len(found), today.toordinal() + AHEAD_DAYS, np.int64)
    return found
