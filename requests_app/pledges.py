"""Pledges: offering, answering, letting lapse, taking back, finishing.

Offering reserves what counts against the supplier's commitment; accepting takes it off what the request still
needs. Both are conditional updates, so the last hour goes to one pledge only (rules 1 and 2).
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.log_actions import log

from desk import clocks
from organisations import limits
from organisations.models import Organisation
from records.transactions import atomic_once_more
from suppliers import ledger
from suppliers.accounts import Key
from suppliers.ledger import LedgerRefused, Source
from vocabulary.quantities import refuse_parts
from words import contacts
from words.lines import said

from . import emails, hosting, locks, standing, totals
from .models import Delivery, Pledge, RequestTotals

ALREADY = Pledge.moves.refusal
TOO_MANY_WAIT = (
    "{} pledges against this commitment wait for an answer. Wait for one of them, take one back, or choose another."
)


def _most_waiting():
    return settings.PLEDGES_UNANSWERED


def closed_because(request):
    """A sentence that says why nobody can pledge towards `request`, or "" where it looks for help."""
    if not request.live or not request.totals.is_open:
        return "This request is not open for pledges at the moment."
    if standing.is_stale(request.totals):
        return "Nobody has said for a long time whether this is still needed. It waits for its group."
    if request.needed_by and request.needed_by < timezone.localdate():
        return "The date this was needed by has passed."
    if request.totals.still_needs <= 0:
        return "Enough has been accepted for this request. Thank you: choose another one."
    return ""


def may_pledge(supplier, request):
    """A sentence that says why `supplier` can't pledge towards `request`, or "" when it can."""
    if not supplier.is_approved:
        return "The council has not approved your organisation yet. You can pledge as soon as it has."
    if supplier.pk == request.organisation_id:
        return "This is your own organisation’s request."
    if refusal := closed_because(request):
        return refusal
    if Pledge.objects.waiting_for_answer().filter(request=request, supplier=supplier).exists():
        return "Your organisation has a pledge waiting for this request. Wait for the answer or take it back first."
    return ""


def _check_offer(request, supplier, quantity, commitment, waits):
    # One pledge of theirs at a time.
    Organisation.objects.select_for_update(of=("self",), no_key=True).only("pk").get(pk=supplier.pk)
    locks.totals_and_balances(request.pk, [commitment.pk if commitment else None])
    request.totals.refresh_from_db()
    if commitment:
        commitment.refresh_from_db(fields=["contract", "withdrawn_at", "withdrawn_because"])
    refusal = may_pledge(supplier, request)
    if refusal:
        raise ValidationError(refusal, code="closed")
    if quantity <= 0:
        raise ValidationError({"quantity": "Enter a quantity above 0."})
    if quantity > request.totals.still_needs:
        raise ValidationError(
            {
                "quantity": f"This request still needs {request.say(request.totals.still_needs)}. "
                "Enter that much or less."
            }
        )
    if commitment and not commitment.contract.is_of(supplier):
        raise ValidationError({"commitment": "Choose one of your own open commitments, or none."})
    unanswered = Pledge.objects.waiting_for_answer().filter(commitment=commitment).count() if commitment else 0
    if waits and unanswered >= _most_waiting():
        raise ValidationError({"commitment": TOO_MANY_WAIT.format(_most_waiting())}, code="waiting")
    if commitment and not commitment.is_open:
        words = f"{commitment.state_words}. Choose another of your commitments, or none."
        raise ValidationError({"commitment": words})
    refuse_parts(quantity, request.unit)


def answer_due(moment):
    """The last second in which a pledge that was offered at `moment` may be answered."""
    return clocks.end_of_day(clocks.working_days_after(timezone.localdate(moment), settings.PLEDGE_ANSWER_DAYS))


@atomic_once_more
def offer(
    request, supplier, quantity, *, by, commitment=None, counts=None, message="", covers_hosting=False, waits=True
):
    """Pledge `quantity` (in the request's unit) against one commitment or none.

    `counts` is the quantity in the commitment's unit; it is the same number where the units are the same, and waits
    for the contract manager's agreement where they differ. A pledge that is accepted in the same transaction does not
    wait: nobody is told of it here. ValidationError says what to change.
    """
    _check_offer(request, supplier, quantity, commitment, waits)
    if waits:
        contacts.refuse_yet(message, "message")
    limits.spend("offer", supplier)
    limits.spend("offer_again", supplier, request)
    same_unit = commitment is not None and commitment.unit == request.unit
    if commitment is None:
        counts = None
    elif same_unit:
        counts = quantity
    elif counts is None or counts <= 0:
        raise ValidationError(
            {"counts": f"Say how much this counts for in {commitment.get_unit_display()}, the commitment’s unit."}
        )
    else:
        refuse_parts(counts, commitment.unit, "counts")
    now = timezone.now()
    pledge = Pledge.objects.create(
        request=request,
        supplier=supplier,
        commitment=commitment,
        quantity=quantity,
        counts=counts,
        counts_agreed_at=now if same_unit else None,
        hosting_amount=hosting.amount_for(request, covers_hosting),
        message=message,
        offered_by=by,
        offered_at=now,
        answer_due_at=answer_due(now),
    )
    if commitment is not None:
        act = ledger.Act(Source.PLEDGE, f"Pledged towards “{request.title}”", by=by, about=Key(pledge.pk))
        try:
            ledger.settle(commitment, act, taking=pledge.pk)
        except LedgerRefused as refusal:
            field = "quantity" if same_unit else "counts"
            raise ValidationError({field: str(refusal)}) from refusal
    totals.move(request.pk, pledged=quantity)
    log(pledge, "requests_app.offer", user=by)
    if waits:
        emails.pledge_offered(pledge)
    return pledge


def lock(pledge):
    """Wait for everybody else who acts on this pledge or on what it touches, then read where it stands."""
    locks.pledge_and_all(pledge.pk)
    pledge.refresh_from_db(fields=["state", "answered_at", "answered_by", "answer", "end_reason"])


def _move(pledge, verb, *, by, answer="", end_reason="", log_as=""):
    """ValidationError where the move is not open any more.

    The answer and who gave it are written once, when a waiting pledge is answered.
    """
    fields = {"end_reason": end_reason}
    if pledge.waits:
        fields |= {"answered_at": timezone.now(), "answered_by": by, "answer": answer}
    Pledge.moves.make(pledge, verb, by=by, log_as=log_as, data={"reason": answer or end_reason}, **fields)


def _check_accept(pledge):
    """ValidationError where a waiting pledge came too late, whether or not anything has tidied it up yet."""
    if not pledge.waits:
        return  # the move itself says that
    if RequestTotals.objects.get(request=pledge.request_id).is_closed:
        raise ValidationError("Your request is closed. Open it again before you accept a pledge.", code="closed")
    due, needed_by = pledge.answer_due_at, pledge.request.needed_by
    if due <= timezone.now():
        words = f"The answer was due by {timezone.localtime(due):%-d %B %Y}: this pledge has lapsed. Ask for a new one."
        raise ValidationError(words, code="late")
    if needed_by and needed_by < timezone.localdate():
        words = f"Your request was needed by {needed_by:%-d %B %Y}. Change that day before you accept a pledge."
        raise ValidationError(words, code="late")
    if not pledge.supplier.is_approved:
        raise ValidationError("This supplier can’t take part any more. Decline the pledge.", code="closed")
    if pledge.commitment_id and not pledge.commitment.is_open:
        words = f"The commitment that it counts against is not open. {pledge.commitment.state_words}."
        raise ValidationError(words, code="closed")


@atomic_once_more
def accept(pledge, *, by, answer="", tells=True):
    """Accept a pledge: it comes off what the request still needs, and contact details open to both sides."""
    lock(pledge)
    _check_accept(pledge)
    paid_by_another = hosting.let_go_if_covered(pledge)
    _move(pledge, "accept", by=by, answer=answer)
    try:
        totals.move(pledge.request_id, pledged=-pledge.quantity, accepted=pledge.quantity)
    except totals.NeedExceeded:
        needs = RequestTotals.objects.get(request=pledge.request_id).still_needs
        raise ValidationError(
            f"Your request still needs {pledge.request.say(needs)}, less than this pledge. "
            "Decline it and ask for a smaller one, or change the quantity of your request.",
            code="need_exceeded",
        ) from None
    if tells:
        emails.pledge_accepted(pledge, paid_by_another)


def _let_go(pledge, verb, *, by, reason, answer="", end_reason="", by_words=""):
    """Turn away a waiting pledge: what it reserved is free again."""
    _move(pledge, verb, by=by, answer=answer, end_reason=end_reason)
    totals.move(pledge.request_id, pledged=-pledge.quantity)
    release(pledge, reason, by=by, by_words=by_words)


def release(pledge, reason, *, by, by_words=""):
    """Give back to its commitment what a pledge does not owe any more."""
    if pledge.commitment_id:
        act = ledger.Act(Source.PLEDGE, reason, by=by, by_words=by_words, about=Key(pledge.pk))
        ledger.settle(pledge.commitment, act)


@atomic_once_more
def decline(pledge, reason, *, by):
    if not said(reason):
        raise ValidationError({"reason": "Give a reason: the supplier will read it."})
    lock(pledge)
    _let_go(pledge, "decline", by=by, answer=said(reason), reason="Pledge declined")
    emails.pledge_declined(pledge)


@atomic_once_more
def lapse(pledge):
    """Let a pledge go that nobody answered in time (rule 12)."""
    lock(pledge)
    words = "The site, as nobody answered in time"
    _let_go(pledge, "lapse", by=None, reason="Pledge lapsed", by_words=words)
    emails.pledge_lapsed(pledge)


def lapse_overdue(now=None):
    """Let every pledge go whose answer is overdue; returns how many."""
    overdue = Pledge.objects.waiting_for_answer().filter(answer_due_at__lte=now or timezone.now())
    count = 0
    for pledge in overdue.with_both_sides():
        try:
            lapse(pledge)
        except ValidationError:
            continue  # answered in this very moment
        count += 1
    return count


@atomic_once_more
def withdraw(pledge, reason, *, by):
    """The supplier takes a pledge back; one with deliveries is finished instead."""
    lock(pledge)
    if Pledge.moves.can(pledge, "take_back"):
        _let_go(pledge, "take_back", by=by, end_reason=reason, reason="Pledge taken back")
    else:
        if Delivery.objects.standing().filter(pledge=pledge).exists():
            raise ValidationError("Something was delivered already. Finish the pledge instead.", code="delivered")
        _move(pledge, "withdraw", by=by, end_reason=reason)
        totals.move(pledge.request_id, accepted=-pledge.quantity)
        release(pledge, "Pledge taken back", by=by)
    emails.pledge_withdrawn(pledge)


@atomic_once_more
def let_go(pledge, reason, *, by):
    """The group waits no longer for what an accepted pledge still owes; what arrived stays."""
    if not said(reason):
        raise ValidationError({"reason": "Give a reason: the supplier will read it."})
    lock(pledge)
    _refuse_unsettled(pledge)
    if Delivery.objects.standing().filter(pledge=pledge).exists():
        _move(pledge, "close", by=by, end_reason=said(reason), log_as="let_go")
        totals.move(pledge.request_id, accepted=taken(pledge) - pledge.quantity)
    else:
        _move(pledge, "let_go", by=by, end_reason=said(reason), log_as="let_go")
        totals.move(pledge.request_id, accepted=-pledge.quantity)
    release(pledge, "Pledge let go by the group", by=by)
    emails.pledge_let_go(pledge)


def _refuse_unsettled(pledge):
    if Delivery.objects.unsettled().filter(pledge=pledge).exists():
        raise ValidationError("A delivery waits for confirmation. Settle it first.", code="waiting")


def arrived(pledge):
    """What the requestor has confirmed under a pledge, in the request's unit."""
    return Pledge.objects.with_arrived().get(pk=pledge.pk).arrived


def taken(pledge):
    """What a completed pledge takes of the need."""
    return Pledge.objects.with_arrived().get(pk=pledge.pk).taken


@atomic_once_more
def finish(pledge, *, by, by_words="", reason="Everything was delivered"):
    """Complete a pledge. What did not arrive goes back to the request's need and the commitment's rest."""
    lock(pledge)
    _refuse_unsettled(pledge)
    _move(pledge, "finish", by=by, end_reason=reason)
    totals.move(pledge.request_id, accepted=taken(pledge) - pledge.quantity)
    release(pledge, "Pledge finished", by=by, by_words=by_words)
    emails.pledge_finished(pledge)
