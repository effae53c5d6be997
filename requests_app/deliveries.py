"""Deliveries: recorded, confirmed or corrected or disputed, verified or queried.

Every move writes an event that is never edited, moves the request's figures and restates the commitment's
ledger, in one transaction. The state is moved by compare-and-set.
"""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.log_actions import log

from organisations import limits, sides, uploads
from records.transactions import atomic_once_more
from suppliers import ledger
from suppliers.accounts import Key
from suppliers.ledger import Source
from vocabulary.quantities import ZERO, refuse_parts
from words.lines import said

from . import claims, emails, locks, pledges, totals
from .models import Delivery, DeliveryEvent, DeliveryShare, Evidence, Pledge

What = DeliveryEvent.What
MOST_FILES = 20  # of one delivery, over all that was added
MOVED_ON = Delivery.moves.refusal


def _event(delivery, what, quantity, *, by, by_words="", reason=""):
    """The entry of a delivery's history; `by_words` says who it was where no account acted."""
    DeliveryEvent.objects.create(
        delivery=delivery, what=what, quantity=quantity, reason=reason, by=by, by_words=by_words, at=timezone.now()
    )


def _move(delivery, verb, what, quantity, *, by=None, by_words="", reason="", **fields):
    """Move a delivery by a verb, with its event and its line of the log; ValidationError where it has moved on."""
    data = {"quantity": str(quantity), "reason": reason}
    Delivery.moves.make(delivery, verb, by=by, log_as=f"delivery_{what}", data=data, **fields)
    _event(delivery, what, quantity, by=by, by_words=by_words, reason=reason)


def _lock(delivery):
    """Wait for everybody else who acts on this pledge or what it touches, then read where the delivery stands."""
    locks.pledge_and_all(delivery.pledge_id)
    delivery.refresh_from_db()
    delivery.pledge = Pledge.objects.with_both_sides().get(pk=delivery.pledge_id)


def restate(delivery, *, reason, by, by_words="", source=Source.DELIVERY):
    """Bring the ledger of every commitment with a share to what the delivery now stands at."""
    about = Key(delivery.pledge_id, delivery.pk)
    act = ledger.Act(source, reason, by=by, by_words=by_words, about=about, day=delivery.delivered_on)
    settle(commitments_of(delivery), act)


def commitments_of(delivery):
    """Commitments that have a share of a delivery, and its pledge's own, by number."""
    numbers = set(delivery.shares.values_list("commitment", flat=True)) | {delivery.pledge.commitment_id}
    return sorted(filter(None, numbers))


def settle(commitments, act, **more):
    """Settle the ledger of these commitments; its refusal as a ValidationError."""
    try:
        for commitment in commitments:
            ledger.settle(commitment, act, **more)
    except ledger.LedgerRefused as refusal:
        raise ValidationError(str(refusal), code="ledger") from refusal


def _check_shares(pledge, shares, day):
    """Shares as [(commitment, per cent)]; ValidationError unless they add up to 100 (rule 3)."""
    if shares is None:
        shares = [(pledge.commitment, Decimal(100))] if pledge.commitment_id else []
    if shares and sum(per_cent for _, per_cent in shares) != 100:
        raise ValidationError({"shares": "The shares of a delivery must add up to 100%."})
    if len({commitment.pk for commitment, _ in shares}) != len(shares):
        raise ValidationError({"shares": "Name each commitment once."})
    for commitment, _ in shares:
        if commitment.pk == pledge.commitment_id:
            continue
        if not commitment.stood_on(day):
            raise ValidationError({"shares": f"“{commitment}” was not open on that day. {commitment.state_words}."})
        if not commitment.contract.is_of(pledge.supplier):
            raise ValidationError({"shares": "Choose your own commitments only."})
        if commitment.unit != pledge.request.unit:
            raise ValidationError({"shares": "Share only with commitments counted in the same unit."})
    return shares


@atomic_once_more
def claim(pledge, quantity, delivered_on, *, by, note="", files=(), shares=None):
    """Record what was handed over. `files` are (checked, name) pairs from uploads.check.

    `shares` says which commitments it counts against, [(commitment, per cent)], by default the pledge's own.
    """
    locks.pledge_and_all(pledge.pk, [commitment.pk for commitment, _ in shares or ()])
    pledge = Pledge.objects.with_both_sides().get(pk=pledge.pk)
    if not pledge.moves.can(pledge, "deliver"):
        raise ValidationError("Deliveries can be recorded once the pledge is accepted.", code="state")
    claims.refuse_odd(pledge, quantity, delivered_on, note)
    claims.refuse_a_repeat(pledge, quantity, delivered_on)
    delivery = Delivery.objects.create(
        pledge=pledge,
        delivered_on=delivered_on,
        note=note,
        claimed=quantity,
        recorded_at=timezone.now(),
        recorded_by=by,
    )
    for commitment, per_cent in _check_shares(pledge, shares, delivered_on):
        DeliveryShare.objects.create(delivery=delivery, commitment=commitment, per_cent=per_cent)
    _keep_evidence(delivery, files, by)
    totals.move(pledge.request_id, claimed=quantity)
    _event(delivery, What.CLAIMED, quantity, by=by, reason=note)
    recorded = {"quantity": str(quantity), "reason": note}
    log(delivery, f"requests_app.delivery_{What.CLAIMED}", user=by, data=recorded)
    restate(delivery, reason="Delivery recorded by the supplier", by=by)
    emails.delivery_claimed(delivery)
    return delivery


@atomic_once_more
def confirm(delivery, *, by=None, by_words="", quantity=None, reason="", seen=None):
    """The requestor confirms what arrived, or corrects the quantity with a reason.

    `seen` is the claim that the person was shown; ValidationError where the supplier has changed it since.
    """
    _lock(delivery)
    before = delivery.claimed
    if seen is not None and seen != before:
        raise ValidationError(MOVED_ON, code="moved")
    quantity = before if quantity is None else quantity
    if quantity < 0:
        raise ValidationError({"quantity": "Enter 0 or more."})
    refuse_parts(quantity, delivery.pledge.request.unit)
    if quantity > claims.MOST_TIMES * before:
        raise ValidationError({"quantity": f"More than {claims.MOST_TIMES} times what was recorded. Check the number."})
    corrected = quantity != before
    if corrected and not said(reason):
        raise ValidationError({"reason": "Say why the quantity is different: the supplier will read it."})
    what = What.CORRECTED if corrected else What.CONFIRMED
    _move(delivery, "confirm", what, quantity, by=by, by_words=by_words, reason=reason, confirmed=quantity)
    totals.move(delivery.pledge.request_id, claimed=quantity - before, confirmed=quantity)
    words = f"Corrected by the requestor: {reason}" if corrected else "Confirmed by the requestor"
    source = Source.CORRECTION if corrected else Source.DELIVERY
    restate(delivery, reason=words, by=by, by_words=by_words, source=source)
    emails.delivery_confirmed(delivery, before, reason)
    pledge = delivery.pledge
    others_wait = pledge.deliveries.unsettled().exists()
    if pledge.is_accepted and not others_wait and pledges.arrived(pledge) >= pledge.quantity:
        pledges.finish(pledge, by=by, by_words=by_words)


@atomic_once_more
def dispute(delivery, reason, *, by=None, by_words=""):
    """The requestor says it is not so; the supplier changes the claim or takes it back."""
    if not said(reason):
        raise ValidationError({"reason": "Say what is wrong: the supplier will read it."})
    _lock(delivery)
    limits.spend("discuss", delivery)
    _move(delivery, "dispute", What.DISPUTED, delivery.claimed, by=by, by_words=by_words, reason=reason)
    emails.delivery_disputed(delivery, reason)


@atomic_once_more
def amend(delivery, quantity, reason, *, by, files=()):
    """The supplier changes a disputed claim, or shows more evidence; the requestor is asked again."""
    if quantity <= 0:
        raise ValidationError({"quantity": "Enter a quantity above 0, or take the delivery back."})
    if not said(reason):
        raise ValidationError({"reason": "Say what you changed: the requestor will read it."})
    _lock(delivery)
    limits.spend("discuss", delivery)
    claims.refuse_quantity(delivery.pledge, quantity)
    before, was = delivery.claimed, delivery.claimed_words
    _move(delivery, "amend", What.AMENDED, quantity, by=by, reason=reason, claimed=quantity)
    _keep_evidence(delivery, files, by)
    totals.move(delivery.pledge.request_id, claimed=quantity - before)
    restate(delivery, reason=f"Claim changed by the supplier: {reason}", by=by, source=Source.CORRECTION)
    emails.delivery_claimed(delivery, changed=reason, before=was)


@atomic_once_more
def add_evidence(delivery, files, *, by):
    """The supplier adds files until the council verifies; ValidationError without one, and too late."""
    _lock(delivery)
    if not delivery.takes_evidence:
        raise ValidationError("It is settled: evidence can’t be added any more.", code="moved")
    if not files:
        raise ValidationError({"evidence": "Choose a file."})
    _keep_evidence(delivery, files, by)
    names = ", ".join(name for _, name in files)
    _event(delivery, What.EVIDENCE, delivery.stands_at, by=by, reason=names[:500])
    log(delivery, "requests_app.delivery_evidence", user=by, data={"files": names[:500]})


def _keep_evidence(delivery, files, by):
    """Keep [(checked, name)] with a delivery; ValidationError for more than MOST_FILES in all."""
    if files and delivery.evidence.count() + len(files) > MOST_FILES:
        raise ValidationError({"evidence": f"A delivery has at most {MOST_FILES} files."})
    for checked, name in files:
        Evidence.objects.create(delivery=delivery, upload=uploads.keep(checked, name, delivery.pledge.supplier, by))


@atomic_once_more
def withdraw(delivery, reason, *, by):
    """The supplier takes back a delivery that was not confirmed."""
    _lock(delivery)
    before = delivery.claimed
    _move(delivery, "withdraw", What.WITHDRAWN, Decimal(0), by=by, reason=reason)
    totals.move(delivery.pledge.request_id, claimed=-before)
    restate(delivery, reason=f"Taken back by the supplier: {reason}", by=by, source=Source.CORRECTION)
    emails.delivery_withdrawn(delivery, reason)


def _refuse_own(delivery, by):
    """The side that `by` belongs to, where that is allowed, or None; ValidationError where it is not."""
    return sides.refuse_own(by, delivery.pledge.supplier, delivery.pledge.request.organisation)


@atomic_once_more
def query(delivery, question, *, by):
    """The council asks before it verifies; nobody asks for it who belongs to one of the sides."""
    if not said(question):
        raise ValidationError({"reason": "Write your question: both sides will read it."})
    _lock(delivery)
    limits.spend("discuss", delivery)
    _refuse_own(delivery, by)
    _move(delivery, "query", What.QUERIED, delivery.confirmed, by=by, reason=question)
    emails.delivery_queried(delivery, question)


@atomic_once_more
def answer(delivery, text, *, by):
    """Either side answers the council's question."""
    if not said(text):
        raise ValidationError({"reason": "Write your answer."})
    _lock(delivery)
    limits.spend("discuss", delivery)
    _move(delivery, "answer", What.ANSWERED, delivery.confirmed, by=by, reason=text)
    emails.query_answered(delivery, text, by)


@atomic_once_more
def verify(delivery, *, by, quantity=None, reason=""):
    """The council verifies what was confirmed, or less of it with a reason.

    ValidationError for whoever belongs to one of the sides or confirmed it, and for less than nothing.
    """
    _lock(delivery)
    own_side = _refuse_own(delivery, by) is not None
    if delivery.events.filter(what__in=[What.CONFIRMED, What.CORRECTED], by=by).exists():
        raise ValidationError("You confirmed this delivery. Somebody else has to verify it.", code="own")
    if delivery.events.filter(what=What.REOPENED, by=by).exists():
        raise ValidationError("You changed what this delivery counts for. Somebody else has to verify it.", code="own")
    confirmed = delivery.confirmed
    if confirmed is None:
        raise ValidationError(MOVED_ON, code="moved")
    quantity = confirmed if quantity is None else quantity
    if quantity < 0:
        raise ValidationError({"quantity": "Enter 0 or more."})
    if quantity > confirmed:
        raise ValidationError({"quantity": "No more can be verified than the requestor confirmed."})
    refuse_parts(quantity, delivery.pledge.request.unit)
    if quantity != confirmed and not said(reason):
        raise ValidationError({"reason": "Say why less is verified: both sides will read it."})
    if delivery.pledge.count_waits:
        raise ValidationError("Agree what this pledge counts for before you verify it.", code="count")
    pledge, less = delivery.pledge, confirmed - quantity
    before = pledges.taken(pledge) if pledge.is_completed else None
    _move(
        delivery, "verify", What.VERIFIED, quantity, by=by, reason=reason, verified=quantity, own_side=own_side
    )  # fmt: skip
    freed = ZERO if before is None else pledges.taken(pledge) - before
    totals.move(pledge.request_id, accepted=freed, claimed=-less, confirmed=-less, verified=quantity)
    source = Source.CORRECTION if less else Source.DELIVERY
    restate(delivery, reason=f"Verified by the council. {reason}".strip(), by=by, source=source)
    emails.delivery_verified(delivery, reason)


def verify_again(delivery, reason, *, by):
    """What it counts for was changed: what was verified stands as confirmed, until another person verifies it anew.

    Whoever calls holds the pledge and settles the ledger.
    """
    verified = delivery.verified
    _move(delivery, "verify_again", What.REOPENED, verified, by=by, reason=reason, confirmed=verified, verified=None,
          own_side=False)  # fmt: skip
    totals.move(delivery.pledge.request_id, verified=-verified)
