"""What stands against commitments, for the ledger: pledges with what they count for, and deliveries with their shares.

A delivery counts for the difference between two rounded running totals of its pledge, so that a pledge that is wholly
delivered counts for exactly what was agreed, however many deliveries it came in.
"""

from fractions import Fraction

from django.utils import timezone

from suppliers import ledger
from suppliers.accounts import Delivered, Facts, Held, Stage
from suppliers.models import LedgerEntry
from vocabulary.quantities import ZERO, rounded_in

from .models import DeliveryShare, Pledge

ConfirmedBy = LedgerEntry.ConfirmedBy


def parts(quantity, shares, unit):
    """[(share, its part of `quantity`)] in the request's unit; the last of a whole takes what rounding left over."""
    rest, found = quantity, []
    is_whole = sum(share.per_cent for share in shares) == 100
    for share in shares:
        is_last = is_whole and share is shares[-1]
        part = rest if is_last else min(rounded_in(unit, Fraction(quantity) * Fraction(share.per_cent) / 100), rest)
        rest -= part
        found.append((share, part))
    return found


def counts_of(pledge, commitment, arrived):
    """What `arrived` in all under a pledge, in the request's unit, counts for in the commitment's; exact, unrounded."""
    if commitment.unit == pledge.request.unit:
        return Fraction(arrived)
    return Fraction(arrived) * Fraction(pledge.counts) / Fraction(pledge.quantity)


def _stage(delivery):
    if delivery.is_verified:
        return Stage.VERIFIED
    return Stage.CONFIRMED if delivery.is_confirmed else Stage.CLAIMED


def _shares_of(numbers):
    """{commitment id: {pledge: [(delivery, share, part)]}} of deliveries that stand, in the order they happened."""
    touched = DeliveryShare.objects.standing().filter(commitment__in=numbers).values("delivery")
    rows = DeliveryShare.objects.standing().filter(delivery__in=touched).exclude(delivery__state="withdrawn")
    rows = rows.select_related("delivery__pledge__request", "commitment").order_by("pk")
    by_delivery, found = {}, {}
    for share in rows:
        by_delivery.setdefault(share.delivery, []).append(share)
    wanted = set(numbers)
    for delivery in sorted(by_delivery, key=lambda delivery: (delivery.delivered_on, delivery.pk)):
        for share, part in parts(delivery.stands_at, by_delivery[delivery], delivery.pledge.request.unit):
            if share.commitment_id in wanted:
                of_pledge = found.setdefault(share.commitment_id, {}).setdefault(delivery.pledge, [])
                of_pledge.append((delivery, share, part))
    return found


@ledger.told_by
def facts(numbers):
    """{commitment id: Facts} of the pledges and deliveries against these commitments."""
    found, shares = {number: Facts() for number in numbers}, _shares_of(numbers)
    pledges = Pledge.objects.filter(commitment__in=numbers, state__in=Pledge.STANDING)
    for pledge in pledges.select_related("request", "commitment"):
        arrived = sum((part for *_, part in shares.get(pledge.commitment_id, {}).get(pledge, ())), ZERO)
        if held := _held(pledge, arrived):
            found[pledge.commitment_id].held.append(held)
    for number, by_pledge in shares.items():
        for pledge, given in by_pledge.items():
            if not (pledge.count_waits and pledge.commitment_id == number):  # it is not agreed what that counts for
                found[number].delivered += _delivered(pledge, given)
    return found


def _held(pledge, arrived):
    """The Held of a pledge; None where it owes nothing more and everything is agreed."""
    is_owed, day = not pledge.is_completed, timezone.localdate(pledge.offered_at)
    if pledge.count_waits:
        counts = pledge.counts if is_owed else counts_of(pledge, pledge.commitment, arrived)
        return Held(pledge.pk, rounded_in(pledge.commitment.unit, counts), day, is_agreed=False)
    return Held(pledge.pk, pledge.counts, day) if is_owed else None


def _delivered(pledge, given):
    """[Delivered] of what one pledge gave one commitment."""
    total, counted, found = ZERO, ZERO, []
    for delivery, share, part in given:
        total += part
        so_far = rounded_in(share.commitment.unit, counts_of(pledge, share.commitment, total))
        found.append(
            Delivered(
                amount=so_far - counted,
                day=delivery.delivered_on,
                pledge=pledge.pk,
                delivery=delivery.pk,
                stage=_stage(delivery),
                confirmed_by=ConfirmedBy.GROUP if delivery.is_confirmed else ConfirmedBy.NOBODY,
            )
        )
        counted = so_far
    return found
