"""Deliveries that no pledge stands behind: claimed by the supplier in a return, or recorded by the contract manager.

Each is a chain of lines of which the newest stands. The contract manager confirms what was claimed; what the manager
records is confirmed by that; a check against evidence verifies.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import log

from organisations import sides
from organisations.models import Organisation
from suppliers import ledger
from suppliers.accounts import Delivered, Facts, Key
from suppliers.accounts import Stage as Proved
from suppliers.ledger import Act, Source
from suppliers.models import Commitment, LedgerEntry
from vocabulary.quantities import refuse_parts, rounded
from words.lines import said
from words.references import same_words

from .models import ReturnLine

Stage = ReturnLine.Stage
PROVED = {Stage.CLAIMED: Proved.CLAIMED, Stage.CONFIRMED: Proved.CONFIRMED, Stage.VERIFIED: Proved.VERIFIED}
ConfirmedBy = LedgerEntry.ConfirmedBy
MOST_WORDS = 500


@ledger.told_by
def facts(numbers):
    """{commitment id: Facts} of the lines that stand."""
    found = {number: Facts() for number in numbers}
    for line in ReturnLine.objects.standing().filter(commitment__in=numbers):
        found[line.commitment_id].delivered.append(
            Delivered(
                amount=line.quantity,
                day=line.delivered_on,
                return_line=line.number,
                stage=PROVED[line.stage],
                confirmed_by=ConfirmedBy.NOBODY if line.stage == Stage.CLAIMED else ConfirmedBy.MANAGER,
            )
        )
    return found


def standing(line):
    """The newest line of the chain that `line` belongs to."""
    return ReturnLine.objects.standing().get(Q(pk=line.number) | Q(first=line.number))


def _hold(commitment, quantity, note, by, *, is_supplier=False):
    """The commitment, its balance held; ValidationError for a bad quantity, without a note, and for its own side."""
    ledger.hold(commitment)
    kept = Commitment.objects.select_related("contract__supplier").get(pk=commitment.pk)
    if not is_supplier:
        sides.refuse_own(by, *kept.contract.organisations())
    if quantity < 0:
        raise ValidationError({"quantity": "Enter 0 or more."})
    refuse_parts(quantity, kept.unit)
    if not said(note):
        raise ValidationError({"note": "Say what was delivered, and how it is known."})
    return kept


def check_day(commitment, day):
    """ValidationError for a day to come, and for one on which nothing counts against the commitment."""
    if day > timezone.localdate():
        raise ValidationError({"delivered_on": "The date must be today or in the past."})
    if not commitment.stood_on(day):
        words = commitment.state_words or "The contract does not cover this day"
        raise ValidationError({"delivered_on": f"{words}. Nothing counts against it on that day."})


@transaction.atomic
def record(commitment, quantity, day, note, *, by, by_words="", is_sum=False):
    """Record what was delivered without a pledge, confirmed by the contract manager; returns the ReturnLine.

    `is_sum` is said of what a whole period came to: two such may be alike. ValidationError for nothing, for a day to
    come or outside the contract, for what is recorded already, without a note, and for whoever belongs to the supplier.
    """
    if not is_sum:
        _hold_supplier(commitment)
    kept = _hold(commitment, quantity, note, by)
    if not is_sum:
        _refuse_elsewhere(kept, rounded(quantity), day, note)
    return _made(kept, quantity, day, note, Stage.CONFIRMED, by, by_words)


@transaction.atomic
def claim(commitment, quantity, day, note, *, by, by_words=""):
    """What the supplier says it delivered, to be confirmed by the contract manager; ValidationError as `record`."""
    kept = _hold(commitment, quantity, note, by, is_supplier=True)
    return _made(kept, quantity, day, note, Stage.CLAIMED, by, by_words)


def _made(commitment, quantity, day, note, stage, by, by_words):
    if not quantity:
        raise ValidationError({"quantity": "Enter a quantity above 0."})
    check_day(commitment, day)
    _refuse_a_repeat(commitment, rounded(quantity), day)
    line = ReturnLine.objects.create(
        commitment=commitment, delivered_on=day, quantity=rounded(quantity), stage=stage, note=_short(note), by=by,
        by_words=by_words,
    )  # fmt: skip
    return _settled(line, Source.RETURN, line.note)


def _hold_supplier(commitment):
    """Of two who record for one supplier at once, the second sees what the first left; held before any commitment."""
    if commitment.contract.supplier_id:
        rows = Organisation.objects.select_for_update(of=("self",), no_key=True).only("pk")
        rows.get(pk=commitment.contract.supplier_id)


def _refuse_elsewhere(commitment, quantity, day, note):
    """ValidationError where as much, on the same day and in the same words, counts against another commitment of its
    supplier.
    """
    supplier, same = commitment.contract.supplier_id, same_words(_short(note))
    if not supplier:
        return
    alike = ReturnLine.objects.standing().filter(delivered_on=day, quantity=quantity).exclude(commitment=commitment)
    others = alike.filter(commitment__contract__supplier=supplier, commitment__unit=commitment.unit)
    there = next((line for line in others.select_related("commitment") if same_words(line.note) == same), None)
    if there:
        words = (
            f"The same {commitment.say(quantity)} on {day:%-d %B %Y} count against “{there.commitment}” already. "
            "What was delivered once counts once: say what else was delivered, or share it between the two."
        )
        raise ValidationError({"quantity": words}, code="repeat")


def _refuse_a_repeat(commitment, quantity, day):
    """ValidationError where this very claim counts already: as much of the commitment on the same day."""
    first = ReturnLine.objects.standing().filter(commitment=commitment, delivered_on=day, quantity=quantity).first()
    if first:
        words = (
            f"{commitment.say(quantity)} on {day:%-d %B %Y} are recorded already: “{first.note}”. "
            "If more was delivered that day, correct that line to what it was in all."
        )
        raise ValidationError({"quantity": words}, code="repeat")


@transaction.atomic
def correct(line, quantity, note, *, by, by_words="", stage=Stage.CONFIRMED, is_supplier=False, is_sum=True):
    """Correct a line to another quantity, 0 to take it back, with a reason; returns the line that stands now.

    `stage` is how far it is proved from now on, `is_sum` as `record` has it. ValidationError where it was corrected
    already.
    """
    if not is_sum and quantity:
        _hold_supplier(line.commitment)
        _refuse_elsewhere(line.commitment, rounded(quantity), line.delivered_on, line.note)
    _hold(line.commitment, quantity, note, by, is_supplier=is_supplier)
    if ReturnLine.objects.filter(corrects=line).exists():
        raise ValidationError("It was corrected since you opened the page. Reload it.", code="moved")
    made = ReturnLine.objects.create(
        commitment=line.commitment, first_id=line.number, corrects=line, delivered_on=line.delivered_on,
        quantity=rounded(quantity), stage=stage, note=_short(note), by=by, by_words=by_words,
    )  # fmt: skip
    source = Source.RETURN if made.quantity == line.quantity else Source.CORRECTION
    return _settled(made, source, made.note)


@transaction.atomic
def verify(line, quantity, note, *, by):
    """Verify a confirmed line against its evidence, or less of it; returns the line that stands now.

    ValidationError for more than is confirmed, without what it was checked against, for a line that nobody has
    confirmed or that is verified, and for whoever confirmed it, recorded it or belongs to the supplier.
    """
    if line.stage != Stage.CONFIRMED or not line.quantity:
        raise ValidationError("Only what is confirmed can be verified.", code="moved")
    chain = ReturnLine.objects.filter(Q(pk=line.number) | Q(first=line.number))
    if chain.filter(by=by).exists():
        raise ValidationError("You confirmed this line. Somebody else has to verify it.", code="own")
    if quantity > line.quantity:
        raise ValidationError({"quantity": "No more can be verified than was confirmed."})
    return correct(line, quantity, note, by=by, stage=Stage.VERIFIED)


def _short(note):
    return said(note)[:MOST_WORDS]


def _settled(line, source, reason):
    about = Key(return_line=line.number)
    act = Act(source, reason, by=line.by, by_words=line.by_words, about=about, day=line.delivered_on)
    ledger.settle(line.commitment, act)
    data = {"quantity": str(line.quantity), "day": line.delivered_on.isoformat(), "reason": reason}
    log(line.commitment, "returns.line", user=line.by, data=data)
    return line
