"""What a pledge counts for in its commitment's unit, where the request is counted in another."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.log_actions import log

from organisations import sides
from records.transactions import atomic_once_more
from suppliers import ledger
from suppliers.ledger import LedgerRefused
from vocabulary.quantities import rounded

from . import deliveries, emails, pledges
from .models import Delivery, Pledge


@atomic_once_more
def agree(pledge, counts, *, by, reason):
    """The contract manager settles what a pledge counts for (a Decimal); the ledger is restated to it.

    ValidationError for less than nothing, and for whoever belongs to one of the sides.
    """
    if counts < 0:
        raise ValidationError({"counts": "Enter 0 or more."})
    pledges.lock(pledge)
    sides.refuse_own(by, pledge.supplier, pledge.request.organisation)
    if not pledge.units_differ or not pledge.stands:
        raise ValidationError("This pledge needs no agreement on what it counts for.", code="count")
    now = timezone.now()
    Pledge.objects.filter(pk=pledge.pk).update(counts=counts, counts_agreed_at=now, counts_agreed_by=by)
    pledge.refresh_from_db(fields=["counts", "counts_agreed_at", "counts_agreed_by"])
    try:
        counted = _recount(pledge, reason=reason, by=by)
        held = ledger.standing(pledge.commitment, pledge=pledge.pk)["reserved"]
        still = pledge.waits or pledge.is_accepted
        target = max(counts - counted, Decimal(0)) if still else Decimal(0)
        ledger.reserve(pledge.commitment, target - held, pledge=pledge.pk, by=by, reason=reason)
    except LedgerRefused as refusal:
        raise ValidationError({"counts": str(refusal)}) from refusal
    log(pledge, "requests_app.agree_count", user=by, data={"counts": str(counts), "reason": reason})
    emails.count_agreed(pledge, reason, by)


def _recount(pledge, *, reason, by):
    """Restate a pledge's deliveries at its newly agreed rate; returns what they count for together."""
    counted = Decimal(0)
    for delivery in Delivery.objects.standing().filter(pledge=pledge).select_related("pledge"):
        share = delivery.shares.filter(commitment=pledge.commitment).first()
        if share is None:
            continue
        share.rate = deliveries.rate_of(pledge, pledge.commitment)
        share.save(update_fields=["rate"])
        deliveries.restate(delivery, reason=reason, by=by)
        part = next(part for each, part in deliveries.parts(delivery) if each.pk == share.pk)
        counted += rounded(part * share.rate)
    return counted
