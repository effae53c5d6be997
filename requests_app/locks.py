"""The one order in which rows are locked, whatever somebody does:

    request, supplier, pledges by number, the request's totals, commitments' balances by number

Whoever needs several of them asks here, before the first change. Two who want the same rows then wait for each
other and never in a circle. SQLite has one writer at a time; there these are plain reads.
"""

from suppliers.models import CommitmentBalance

from .models import DeliveryShare, Pledge, Request, RequestTotals


def request_row(request):
    """Hold a request against other editors, moderators and its own organisation; others' pledges go on meanwhile."""
    return Request.objects.select_for_update(of=("self",), no_key=True).get(pk=request.pk)


def totals_and_balances(request_id, commitments):
    """Hold a request's totals, then the balances of `commitments` (ids, None among them for "none")."""
    list(RequestTotals.objects.select_for_update(of=("self",), no_key=True).filter(request=request_id))
    wanted = sorted({number for number in commitments if number})
    if wanted:
        rows = CommitmentBalance.objects.select_for_update(of=("self",), no_key=True)
        list(rows.filter(commitment__in=wanted).order_by("commitment"))


def pledge_and_all(pledge_id, commitments=()):
    """Hold a pledge and everything that any of its moves may touch; `commitments` are ids of more that it may."""
    held = Pledge.objects.select_for_update(of=("self",), no_key=True).only("request", "commitment").get(pk=pledge_id)
    shared = DeliveryShare.objects.filter(delivery__pledge=pledge_id).values_list("commitment", flat=True)
    totals_and_balances(held.request_id, [held.commitment_id, *shared, *commitments])
