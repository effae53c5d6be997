"""Queues of deliveries that wait to be verified and of counts to agree: whose turn it is, and for how long.

A contract's own manager comes first: what is another manager's is theirs until it is late, and then everybody's.
"""

from django.db.models import Exists, Max, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from desk import clocks, queues
from organisations import sides
from suppliers import managers

from ..models import Delivery, DeliveryEvent, Pledge
from ..permissions import CHANGE_DELIVERY, CHANGE_PLEDGE

What = DeliveryEvent.What
TO_VERIFY, TO_AGREE = 10, 5  # working days
DELIVERIES, COUNTS = "deliveries", "counts"


def to_verify(user):
    """Deliveries that this person may verify, each with `since` when, evidence and commitments' contracts read."""
    own = sides.left_out(user)
    steps = [What.CONFIRMED, What.CORRECTED, What.ANSWERED, What.REOPENED]
    theirs = DeliveryEvent.objects.filter(
        delivery=OuterRef("pk"), by=user, what__in=[What.CONFIRMED, What.CORRECTED, What.REOPENED]
    )
    counts = Pledge.objects.counts_to_agree().filter(pk=OuterRef("pledge"))
    rows = Delivery.objects.to_verify().with_pledge().select_related("pledge__commitment__contract__manager")
    rows = rows.exclude(Q(pledge__supplier__in=own) | Q(pledge__request__organisation__in=own))
    rows = rows.filter(~Exists(theirs), ~Exists(counts))
    return rows.annotate(since=Max("events__at", filter=Q(events__what__in=steps))).order_by("since", "pk")


def contract_of(pledge):
    return pledge.commitment.contract if pledge.commitment_id else None


def deliveries_of(user):
    """[Delivery] of the queue as this person sees it, each with its `clock`, the first due first."""
    found = []
    for delivery in to_verify(user):
        delivery.clock = clocks.allowing(timezone.localdate(delivery.since), TO_VERIFY)
        if managers.is_turn_of(user, contract_of(delivery.pledge), delivery.clock):
            found.append(delivery)
    return found


def delivery_cases(user):
    return [
        queues.Case(
            delivery.pk,
            f"Verify {delivery.confirmed_words} from {delivery.pledge.supplier}",
            reverse("delivery_verify", args=[delivery.pk]),
            delivery.clock,
            f"{delivery.pledge.request}, {delivery.pledge.request.organisation}",
        )
        for delivery in deliveries_of(user)
    ]


def count_cases(user):
    own, found = sides.left_out(user), []
    rows = Pledge.objects.counts_to_agree().with_both_sides().select_related("commitment__contract__manager")
    for pledge in rows.exclude(Q(supplier__in=own) | Q(request__organisation__in=own)):
        clock = clocks.allowing(timezone.localdate(pledge.offered_at), TO_AGREE)
        if managers.is_turn_of(user, contract_of(pledge), clock):
            words = f"Agree what {pledge.quantity_words} from {pledge.supplier} count for"
            url = reverse("count_agree", args=[pledge.pk])
            found.append(queues.Case(pledge.pk, words, url, clock, str(pledge.commitment)))
    return found


queues.register(
    queues.Queue(
        DELIVERIES, "Deliveries to verify", CHANGE_DELIVERY, delivery_cases, "deliveries_verify",
        "delivery waits to be verified", "deliveries wait to be verified", order=40,
    )
)  # fmt: skip
queues.register(
    queues.Queue(
        COUNTS, "Counts to agree", CHANGE_PLEDGE, count_cases, "count_queue:index",
        "pledge waits for its count", "pledges wait for their count", order=30,
    )
)  # fmt: skip
