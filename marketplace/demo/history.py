"""What came of the demo's requests: pledges, answers, deliveries, confirmations, and a few quarrels."""

from datetime import timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError

from requests_app import deliveries, pledges
from requests_app.models import RequestTotals
from vocabulary.units import IN_HOURS, usual_rate

from .clock import at
from .words import DECLINED, MESSAGES, NOTES

# Goods are told apart by what they are: a promise of laptops gives no paving slabs.
GOODS = {
    "chairs": "furniture",
    "desks": "furniture",
    "slabs": "slabs",
    "laptops": "laptops",
    "tools": "tools",
    "fridge": "kitchen",
    "beds": "timber",
    "kits": "fund",
    "defibrillator": "fund",
    "coats": "reused",
}


def fits(request, commitment):
    if request.kind != "goods" or request.unit != "items":
        return True
    return any(word in request.unit_words and given in commitment.wording.lower() for word, given in GOODS.items())


def owner_of(organisation, cache={}):  # noqa: B006 - kept for the length of one load
    if organisation.pk not in cache:
        cache[organisation.pk] = organisation.memberships.filter(role="owner").first().user
    return cache[organisation.pk]


def make_history(requests, promises, suppliers, people, dice, today):
    """Pledges towards about two requests in three, with what followed."""
    commitments = [c for supplier in promises.values() for c in supplier]
    by_shape = {}
    for commitment in commitments:
        by_shape.setdefault((commitment.kind, commitment.unit), []).append(commitment)
    for request in requests:
        if dice.random() > 0.68:
            continue
        moment = request.first_published_at + timedelta(days=dice.randrange(2, 25))
        for _ in range(dice.choice([1, 1, 1, 2, 2, 3])):
            if moment > today - timedelta(days=1):
                break
            _one_pledge(request, by_shape, suppliers, people, dice, moment, today)
            moment += timedelta(days=dice.randrange(3, 20))


def make_waiting(requests, promises, suppliers, dice, today):
    """Fresh pledges that wait for an answer, one of them for the first group's owner to find."""
    shapes = {}
    for commitment in (c for supplier in promises.values() for c in supplier):
        shapes.setdefault((commitment.kind, commitment.unit), []).append(commitment)
    open_ones = [r for r in requests if RequestTotals.objects.get(request=r).listed and r.needed_by > today.date()]
    ours = [request for request in open_ones if request.organisation == requests[0].organisation][-3:]
    for request in [*ours, *open_ones[-16:]]:
        moment = today - timedelta(days=dice.randrange(1, 6), hours=dice.randrange(8))
        _one_pledge(request, shapes, suppliers, {}, dice, max(moment, request.first_published_at), today, wait=True)


def make_counts(requests, promises, today):
    """Three pledges in another unit than their commitment, for the contract manager to agree what they count for."""
    commitments = [c for supplier in promises.values() for c in supplier if c.unit in IN_HOURS]
    made = 0
    for request in requests:
        totals = RequestTotals.objects.get(request=request)
        is_over = request.needed_by and request.needed_by < today.date()
        if made == 3 or is_over or not totals.listed or request.unit not in IN_HOURS or totals.still_needs < 2:
            continue
        for commitment in commitments:
            commitment.balance.refresh_from_db()
            supplier, rate = commitment.contract.supplier, usual_rate(commitment.unit, request.unit)
            counts = Decimal(2 * rate.numerator) / rate.denominator
            if commitment.unit == request.unit or commitment.balance.left < counts:
                continue
            with at(today - timedelta(days=2)):
                try:
                    pledge = pledges.offer(
                        request, supplier, Decimal(2), by=owner_of(supplier), commitment=commitment, counts=counts
                    )
                    pledges.accept(pledge, by=owner_of(request.organisation))
                except ValidationError:
                    continue
            made += 1
            break


def _one_pledge(request, by_shape, suppliers, people, dice, moment, today, wait=False):
    fitting = [c for c in by_shape.get((request.kind, request.unit), []) if fits(request, c)]
    commitment = dice.choice(fitting) if fitting and dice.random() < 0.8 else None
    supplier = commitment.contract.supplier if commitment else dice.choice(suppliers)[0]
    request.totals = RequestTotals.objects.get(request=request)
    needs = request.totals.still_needs
    quantity = max(Decimal(1), (needs * dice.choice([1, 1, 2, 3]) / 3).quantize(Decimal(1)))
    if commitment:
        commitment.balance.refresh_from_db()
        quantity = min(quantity, commitment.balance.left)
    if quantity < 1 or quantity > needs:
        return
    with at(moment):
        try:
            pledge = pledges.offer(
                request,
                supplier,
                quantity,
                by=owner_of(supplier),
                commitment=commitment,
                message=dice.choice(MESSAGES),
                covers_hosting=bool(request.hosting_cost) and dice.random() < 0.3,
            )
        except ValidationError:
            return  # closed, or pledged already
    if not wait:
        _answer(pledge, request, people, dice, moment + timedelta(days=dice.randrange(1, 6)), today)


def _answer(pledge, request, people, dice, moment, today):
    if moment > today:
        return
    roll = dice.random()
    owner = owner_of(request.organisation)
    if roll < 0.1:
        with at(moment):
            pledges.decline(pledge, dice.choice(DECLINED), by=owner)
    elif roll < 0.17:
        late = pledge.answer_due_at + timedelta(hours=3)
        if late < today:
            with at(late):
                pledges.lapse(pledge)
    else:
        with at(moment):
            pledges.accept(pledge, by=owner, answer="Thank you. We will ring you.")
        _deliver(pledge, request, owner, people, dice, moment, today)


def _deliver(pledge, request, owner, people, dice, moment, today):
    parts = dice.choice([1, 1, 2]) if pledge.quantity >= 4 else 1
    rest = pledge.quantity
    for part in range(parts):
        moment += timedelta(days=dice.randrange(5, 40))
        if moment > today:
            return
        quantity = rest if part == parts - 1 else (rest / 2).quantize(Decimal(1))
        rest -= quantity
        with at(moment):
            pledge.refresh_from_db(fields=["state"])
            if not pledge.is_accepted:
                return
            delivery = deliveries.claim(
                pledge, quantity, moment.date(), by=owner_of(pledge.supplier), note=dice.choice(NOTES)
            )
        _settle(delivery, owner, people, dice, moment + timedelta(days=dice.randrange(1, 12)), today)


def _settle(delivery, owner, people, dice, moment, today):
    if moment > today:
        return
    roll = dice.random()
    with at(moment):
        if roll < 0.06:
            deliveries.dispute(delivery, "Nobody came that day.", by=owner)
            return
        if roll < 0.16 and delivery.claimed > 2:
            deliveries.confirm(delivery, by=owner, quantity=delivery.claimed - 1, reason="One less than agreed.")
        else:
            deliveries.confirm(delivery, by=owner)
    moment += timedelta(days=dice.randrange(3, 30))
    if moment > today:
        return
    with at(moment):
        if dice.random() < 0.08:
            deliveries.query(delivery, "Can you send the sign-in sheet?", by=people["cara"])
        elif dice.random() < 0.8 or moment < today - timedelta(days=21):
            deliveries.verify(delivery, by=people["cara"])
