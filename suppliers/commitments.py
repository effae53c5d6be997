"""Making, varying, withdrawing and reinstating commitments, and passing them to another contract."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from organisations import sides
from vocabulary.limits import most_each
from vocabulary.quantities import rounded
from words.lines import said

from . import ledger, plans
from .ledger import Act, Source
from .models import Commitment, PlanAnswer
from .signals import commitment_changed

WORDS = ("wording", "measure", "kind", "theme", "unit_words", "delivery_area", "most_each", "outcome", "need",
         "binding", "evidence_asked")  # fmt: skip
MOST_WORDS = 500


def check(contract, quantity, by):
    """ValidationError where nobody could promise that, or where `by` would promise for their own side."""
    if quantity < 0:
        raise ValidationError({"promised": "Enter 0 or more."})
    sides.refuse_own(by, *contract.organisations())


MOST_MATERIAL = 3


def check_binding(commitment):
    """ValidationError for a fourth indicator among the most material of a contract (Procurement Act 2023, s.52)."""
    if not commitment.is_material:
        return
    others = Commitment.objects.standing().filter(contract=commitment.contract_id, binding=commitment.binding)
    if others.exclude(pk=commitment.pk).count() >= MOST_MATERIAL:
        words = "Three commitments of this contract are its most material indicators already."
        raise ValidationError({"binding": words}, code="material")


def _held(commitment):
    """The commitment as it is kept, its balance held against everybody else who acts on it."""
    ledger.hold(commitment)
    return Commitment.objects.select_related("contract__supplier", "balance").get(pk=commitment.pk)


@transaction.atomic
def make(commitment, quantity, *, by, reason="Promised in the contract", by_words="", source=Source.CONTRACT, day=None):
    """Save a new commitment and open its ledger with the quantity promised, 0 or more, on `day` or the contract's own.

    ValidationError for less than nothing, and for whoever belongs to the supplier.
    """
    check(commitment.contract, quantity, by)
    ledger.hold_contract(commitment.contract_id)
    check_binding(commitment)
    if commitment.most_each is None:
        commitment.most_each = most_each(commitment.wording, commitment.unit)
    commitment.save()
    day = day or promised_on(commitment.contract)
    ledger.open_account(commitment, quantity, Act(source, reason, by=by, by_words=by_words, day=day))
    return commitment


LOCKED = (
    "These words of the tender were awarded, or both sides agreed a plan to them: they stay. Correct the measure "
    "instead."
)


def promised_on(contract):
    """The day a contract's promises were made: its award, else its start, else today; never a day to come."""
    day = contract.award_date or contract.start
    today = timezone.localdate()
    return min(day, today) if day else today


def same_but_for_lines(one, other):
    return one.split() == other.split()


def may_say(commitment, wording):
    """Whether a commitment may have this wording: its own, or another while its words are not locked."""
    return same_but_for_lines(commitment.wording, wording) or not are_words_locked(commitment)


def are_words_locked(commitment):
    """Whether the tender's words stay as they are: from award on, but for slips on the day they were entered, once both
    sides agreed a plan, and where they were passed on.
    """
    if commitment.passed_from_id or PlanAnswer.objects.filter(plan__commitment=commitment, is_accepted=True).exists():
        return True
    contract, today = commitment.contract, timezone.localdate()
    awarded = contract.award_date or contract.start
    return bool(awarded and awarded <= today and timezone.localdate(commitment.created_at) < today)


@transaction.atomic
def change(commitment):
    """Save other words of a commitment: its measure, its area, its outcome. What is promised changes by `vary`.

    ValidationError where its contract or its unit would change: that is another commitment.
    """
    kept = Commitment.objects.get(pk=commitment.pk)
    if (kept.contract_id, kept.unit) != (commitment.contract_id, commitment.unit):
        raise ValidationError(
            "A commitment keeps its contract and its unit. Withdraw this one and add another, or pass it on.",
            code="fixed",
        )
    ledger.hold_contract(commitment.contract_id)
    check_binding(commitment)
    if not may_say(kept, commitment.wording):
        raise ValidationError({"wording": ValidationError(LOCKED, code="locked")})
    if same_but_for_lines(kept.wording, commitment.wording):
        commitment.wording = kept.wording  # a browser's line ends are no other words
    if commitment.most_each == kept.most_each == most_each(kept.wording, kept.unit):
        commitment.most_each = most_each(commitment.wording, commitment.unit)  # as it was read, it is read anew
    commitment.save(update_fields=["external_reference", *WORDS])
    commitment_changed.send(type(commitment), number=commitment.pk)
    return commitment


@transaction.atomic
def plan(commitment, lines, *, by, reason, **more):
    """Write a delivery plan, as plans.write; ValidationError also for a withdrawn commitment."""
    kept = _held(commitment)
    if kept.is_withdrawn:
        raise ValidationError("This commitment is withdrawn. Reinstate it before you plan it.", code="withdrawn")
    return plans.write(kept, lines, by=by, reason=reason, **more)


@transaction.atomic
def vary(commitment, quantity, *, by, reason, by_words="", source=Source.VARIATION, day=None, plan=None):
    """Change what was promised to `quantity`, and its delivery plan in proportion, or to `plan` (plans.write's words).

    LedgerRefused below what is held and claimed already; ValidationError for less than nothing, without a reason, for
    a withdrawn commitment, and for whoever belongs to the supplier.
    """
    kept = _held(commitment)
    check(kept.contract, quantity, by)
    if not said(reason):
        raise ValidationError({"reason": "Say why the promise changes: it is kept in the ledger."})
    if kept.withdrawn_at:
        raise ValidationError("This commitment is withdrawn. Reinstate it before you vary it.", code="withdrawn")
    promised = rounded(quantity)
    act = Act(source, reason, by=by, by_words=by_words, day=day)
    ledger.settle(kept, act, promise=promised - kept.balance.promised)
    if plan is None:
        plans.recut(kept, kept.balance.promised, promised, by=by, by_words=by_words, reason=reason)
    else:
        plans.write(kept, by=by, by_words=by_words, reason=reason, **plan)
    commitment.balance.refresh_from_db()


@transaction.atomic
def withdraw(commitment, reason, *, by, by_words=""):
    """No new pledges against it; what was delivered stays. An entry says how much of the promise that takes away.

    ValidationError without a reason, where it is withdrawn already, and for whoever belongs to the supplier.
    """
    _mark(commitment, reason, by=by, by_words=by_words, withdrawn=True)
    log(commitment, "suppliers.withdraw", user=by, data={"reason": reason})


@transaction.atomic
def reinstate(commitment, reason, *, by):
    """A withdrawn commitment stands again. ValidationError as `withdraw`, and where it is not withdrawn."""
    _mark(commitment, reason, by=by, withdrawn=False)
    log(commitment, "suppliers.reinstate", user=by, data={"reason": reason})


def _mark(commitment, reason, *, by, withdrawn, by_words=""):
    kept = _held(commitment)
    sides.refuse_own(by, *kept.contract.organisations())
    if not said(reason):
        raise ValidationError({"reason": f"Say why it is {'withdrawn' if withdrawn else 'reinstated'}."})
    if bool(kept.withdrawn_at) == withdrawn:
        state = "withdrawn already" if withdrawn else "not withdrawn"
        raise ValidationError(f"This commitment is {state}. Reload the page.", code="moved")
    for row in (kept, commitment):
        row.withdrawn_at = timezone.now() if withdrawn else None
        row.withdrawn_because = said(reason)[:MOST_WORDS] if withdrawn else ""
    kept.save(update_fields=["withdrawn_at", "withdrawn_because"])
    ledger.settle(kept, Act(Source.WITHDRAWAL, reason, by=by, by_words=by_words))


@transaction.atomic
def pass_on(commitment, contract, reason, *, by, by_words="", day=None):
    """What is left of a commitment goes to another contract (novation, succession): a new commitment; returns it.

    What was delivered stays with the old one. ValidationError while a pledge holds something of it, where nothing is
    left, without a reason, and for whoever belongs to either supplier.
    """
    kept = _held(commitment)
    check(contract, 0, by)
    sides.refuse_own(by, *kept.contract.organisations())
    if not said(reason):
        raise ValidationError({"reason": "Say why it passes to another contract."})
    if kept.contract_id == contract.pk:
        raise ValidationError("It stands under this contract already.", code="same")
    if kept.withdrawn_at:
        raise ValidationError("This commitment is withdrawn. Reinstate it before it passes on.", code="withdrawn")
    balance = kept.balance
    if balance.reserved or balance.to_agree:
        raise ValidationError("A pledge still holds part of it. Settle that first.", code="held")
    if not balance.left:
        raise ValidationError("Nothing is left of it to pass on.", code="nothing")
    left = balance.left
    words = {"by": by, "by_words": by_words, "reason": reason, "source": Source.SUCCESSION}
    vary(kept, balance.promised - left, day=day, **words)
    new = Commitment(
        contract=contract,
        passed_from=kept,
        **{name: getattr(kept, name) for name in (*WORDS, "unit")},
    )
    make(new, left, **words)
    log(kept, "suppliers.pass_on", user=by, data={"reason": reason, "contract": contract.reference})
    return new
