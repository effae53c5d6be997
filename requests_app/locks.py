"""The one order in which rows are locked, whatever somebody does:

    request, supplier, pledges by number, the request's totals, commitments' balances by number

Whoever needs several of them asks here, before the first change. Two who want the same rows then wait for each
other and never in a circle. SQLite has one writer at a time; there these are plain reads.
"""

from django.db import transaction

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


def waiting_pledges(request):
    """Hold every pledge of a request that waits for an answer, then what they touch; returns their numbers.

    One that was offered after the pledges were held and before the totals were comes too late to be held: pledges come
    first. Then all is let go, to the savepoint, and held anew.
    """
    rows = Pledge.objects.waiting_for_answer().filter(request=request).order_by("pk")
    while True:
        begun = transaction.savepoint()
        held = list(rows.select_for_update(of=("self",), no_key=True))
        totals_and_balances(request.pk, [pledge.commitment_id for pledge in held])
        numbers = [pledge.pk for pledge in held]
        if not rows.exclude(pk__in=numbers).exists():
            transaction.savepoint_commit(begun)
            return numbers
        transaction.savepoint_rollback(begun)


def pledge_and_all(pledge_id, commitments=()):
    """Hold a pledge and everything that any of its moves may touch; `commitments` are ids of more that it may."""
    held = Pledge.objects.select_for_update(of=("self",), no_key=True).only("request", "commitment").get(pk=pledge_id)
    shared = DeliveryShare.objects.filter(delivery__pledge=pledge_id).values_list("commitment", flat=True)
    totals_and_balances(held.request_id, [held.commitment_id, *shared, *commitments])
