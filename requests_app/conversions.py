"""What a pledge counts for in its commitment's unit, where the request is counted in another."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.log_actions import log

from organisations import sides
from records.transactions import atomic_once_more
from suppliers import ledger
from suppliers.accounts import Key
from suppliers.ledger import Act, Source
from suppliers.models import CommitmentBalance
from vocabulary.quantities import ZERO, refuse_parts, rounded_in
from vocabulary.units import usual_rate
from words.lines import said

from . import deliveries, emails, pledges
from .models import Delivery, DeliveryShare, Pledge


@dataclass(frozen=True)
class Judgement:
    """What a contract manager needs to judge a count by, each quantity in the commitment's unit.

    `usual` is the site's own rate, None where it has none; `before` and `after` are what is left of the commitment
    without the pledge, and with it as it is proposed.
    """

    usual: Decimal | None
    before: Decimal
    after: Decimal
    kinds_differ: bool
    manager: object


def judgement(pledge):
    """The Judgement of a pledge in another unit than its commitment."""
    commitment = pledge.commitment
    rate = usual_rate(commitment.unit, pledge.request.unit)
    balance = CommitmentBalance.objects.get(commitment=commitment)
    own = [amounts for key, amounts in ledger.standing(commitment).items() if key.pledge == pledge.pk]
    taken = sum(amounts.get(name, ZERO) for amounts in own for name in ("reserved", "to_agree", "claimed"))
    before = balance.left + taken
    return Judgement(
        usual=None if rate is None else rounded_in(commitment.unit, Fraction(pledge.quantity) * rate),
        before=before,
        after=before - pledge.counts,
        kinds_differ=bool(commitment.kind) and commitment.kind != pledge.request.kind,
        manager=commitment.contract.manager,
    )


def _hold(pledge, *, by, reason):
    """Lock a pledge to judge it; ValidationError for whoever belongs to one of its sides, and without a reason."""
    pledges.lock(pledge)
    pledge.refresh_from_db()
    sides.refuse_own(by, pledge.supplier, pledge.request.organisation)
    if not said(reason):
        raise ValidationError({"reason": "Say why: both sides will read it."})
    if not pledge.commitment_id or not pledge.stands:
        raise ValidationError("This pledge needs no agreement on what it counts for.", code="count")


def verified(pledge):
    """Verified deliveries of a pledge that count against its own commitment."""
    rows = Delivery.objects.verified().filter(pledge=pledge, shares__in=DeliveryShare.objects.standing())
    return rows.filter(shares__commitment=pledge.commitment_id).distinct().order_by("pk")


@atomic_once_more
def agree(pledge, counts, *, by, reason):
    """The contract manager settles what a pledge counts for (a Decimal); the ledger is settled to it.

    Until then it stands apart, as to be agreed. Where something was verified at another count, it is to be verified
    again, by another person. ValidationError for less than nothing, for more than is left, and for whoever belongs to
    one of the sides.
    """
    if counts < 0:
        raise ValidationError({"counts": "Enter 0 or more."})
    _hold(pledge, by=by, reason=reason)
    if not pledge.units_differ:
        raise ValidationError("This pledge needs no agreement on what it counts for.", code="count")
    refuse_parts(counts, pledge.commitment.unit, "counts")
    has_changed = pledge.counts != counts
    Pledge.objects.filter(pk=pledge.pk).update(counts=counts, counts_agreed_at=timezone.now(), counts_agreed_by=by)
    pledge.refresh_from_db(fields=["counts", "counts_agreed_at", "counts_agreed_by"])
    touched = {pledge.commitment_id}
    if has_changed:
        for delivery in verified(pledge):
            deliveries.verify_again(delivery, f"What it counts for was changed: {reason}", by=by)
            touched |= set(deliveries.commitments_of(delivery))
    act = Act(Source.COUNT, f"Count agreed: {reason}", by=by, about=Key(pledge.pk))
    try:
        deliveries.settle([pledge.commitment_id], act, taking=pledge.pk)
        deliveries.settle(sorted(touched - {pledge.commitment_id}), act)
    except ValidationError as refused:
        raise ValidationError({"counts": refused.messages}) from refused
    log(pledge, "requests_app.agree_count", user=by, data={"counts": str(counts), "reason": reason})
    emails.count_agreed(pledge, reason, by)


@atomic_once_more
def refuse(pledge, *, by, reason):
    """The contract manager says that a pledge does not count against its commitment: it stands without one.

    ValidationError without a reason, and for whoever belongs to one of the sides.
    """
    _hold(pledge, by=by, reason=reason)
    commitment, shares = pledge.commitment, DeliveryShare.objects.standing().filter(delivery__pledge=pledge)
    touched = {commitment.pk, *shares.values_list("commitment", flat=True)}
    shares.filter(commitment=commitment).update(refused_at=timezone.now())
    Pledge.objects.filter(pk=pledge.pk).update(
        commitment=None, counts=None, counts_agreed_at=None, counts_agreed_by=None
    )
    act = Act(Source.COUNT, f"Does not count against this commitment: {reason}", by=by, about=Key(pledge.pk))
    deliveries.settle(sorted(touched), act)
    pledge.refresh_from_db()
    log(pledge, "requests_app.refuse_count", user=by, data={"commitment": commitment.pk, "reason": reason})
    emails.count_refused(pledge, commitment, reason, by)
