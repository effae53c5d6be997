"""The supplier's side of a return: kept for later, sent, or nothing to report.

What was delivered in a period is said in all. What the marketplace has of it already is not claimed again: only the
rest becomes a line of the ledger, claimed until the contract manager answers.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from organisations import uploads
from vocabulary.quantities import ZERO, refuse_parts, rounded
from words.lines import said

from . import emails, known, lines, opening
from .models import Answer, AnswerFile, ReturnLine

Stage = ReturnLine.Stage
DECLARATION = (
    "These figures are for this contract and this period alone, each stands against a promise of this contract, "
    "and none of it is counted anywhere else."
)


@dataclass
class Given:
    """What is said of one commitment: `quantity` in all in the period, None where nothing is said yet."""

    quantity: Decimal | None = None
    delivered_on: date | None = None
    evidence: str = ""
    rag: str = ""
    comment: str = ""
    to_date: Decimal | None = None
    files: tuple = ()
    findings: tuple = ()


@transaction.atomic
def keep(of_return, given, *, by, seen=None):
    """Keep what was typed so far, {commitment id: Given}; nobody is told.

    ValidationError where somebody else wrote to it after `seen`, and once it is with the contract manager.
    """
    held = _hold(of_return, by, seen)
    _write(held, given, by)
    _touch(held, by)
    return held


@transaction.atomic
def send(of_return, given, *, by, is_declared, seen=None, because=""):
    """Send a return to the contract manager; what it says counts as claimed. ValidationError as `keep`, without the
    declaration, for a commitment of which nothing is said, and for what can't be.
    """
    held = _hold(of_return, by, seen)
    if not is_declared:
        raise ValidationError({"is_declared": "Tick the declaration to send the return."})
    answers = _write(held, given, by)
    if not answers:
        raise ValidationError("No promise of this contract stands any more: there is nothing to report.")
    facts = known.of_commitments(
        [answer.commitment for answer in answers], held.contract, held.first_day, held.last_day
    )
    for answer in answers:
        if Answer.moves.can(answer, "send"):
            _send(held, answer, facts[answer.commitment_id], by)
    _touch(held, by)
    words = {"declared": DECLARATION, "nothing_because": because}
    held.moves.make(
        held, "send", by=by, log_as="sent", data=words, sent_at=timezone.now(), sent_by=by, nothing_because=because
    )  # fmt: skip
    emails.sent(held)
    return held


def nothing(of_return, because, *, by, seen=None):
    """Nothing was delivered, with a reason: noughts. ValidationError where the marketplace has something."""
    if not said(because):
        raise ValidationError({"because": "Say why nothing was delivered."})
    given = {c.pk: Given(ZERO) for c in of_return.contract.commitments.standing()}
    return send(of_return, given, by=by, is_declared=True, seen=seen, because=said(because)[:500])


def _hold(of_return, by, seen):
    """The Return, held; PermissionDenied for whoever does not act for its supplier."""
    held = opening.hold(of_return.pk, seen)
    if by not in held.contract.people:
        raise PermissionDenied
    if not held.moves.can(held, "send"):
        raise ValidationError(held.moves.refusal, code="moved")
    return held


def _write(held, given, by):
    """[Answer] of every standing commitment of the contract, with what was said of it."""
    answers = {answer.commitment_id: answer for answer in held.answers.select_related("commitment__contract")}
    found = []
    for commitment in held.contract.commitments.standing().select_related("contract").order_by("pk"):
        answer = answers.get(commitment.pk) or Answer(of_return=held, commitment=commitment)
        new = given.get(commitment.pk)
        if new and (answer.pk is None or Answer.moves.can(answer, "send")):
            take(answer, new)
            for checked, name in new.files:
                upload = uploads.keep(checked, name, held.contract.organisations()[0], by)
                AnswerFile.objects.create(answer=answer, upload=upload)
        elif answer.pk is None:
            answer.save()
        found.append(answer)
    return found


def take(answer, new):
    """Write what was said of a commitment into its answer; ValidationError for parts of what is counted whole."""
    quantity = None if new.quantity is None else rounded(new.quantity)
    if quantity is not None:
        refuse_parts(quantity, answer.commitment.unit, field=f"quantity_{answer.commitment_id}")
        if quantity < 0:
            raise ValidationError({f"quantity_{answer.commitment_id}": "Enter 0 or more."})
    answer.quantity, answer.delivered_on, answer.to_date = quantity, new.delivered_on, new.to_date
    answer.evidence, answer.comment, answer.rag = said(new.evidence)[:500], said(new.comment)[:1000], new.rag
    answer.findings = list(new.findings)
    answer.save()


def _touch(held, by):
    held.changes, held.saved_by, held.saved_at = held.changes + 1, by, timezone.now()
    held.save(update_fields=["changes", "saved_by", "saved_at"])


def _send(held, answer, facts, by):
    """Claim what an answer says beyond what the marketplace has, and hand it to the contract manager."""
    name = f"quantity_{answer.commitment_id}"
    if answer.quantity is None:
        raise ValidationError({name: "Enter how much, 0 where nothing was delivered."})
    if answer.quantity < facts.already:
        has = answer.commitment.say(facts.already)
        raise ValidationError({name: f"The marketplace has {has} of this period already. Enter that much or more."})
    day = day_of(answer, held)
    note = note_of(held, answer)
    try:
        line = put(answer, answer.quantity - facts.already, day, note, by=by, stage=Stage.CLAIMED, is_supplier=True)
    except ValidationError as refused:
        raise ValidationError({name: refused.messages}) from refused
    Answer.moves.make(
        answer, "send", by=by, log_as="answer_sent", data={"quantity": str(answer.quantity)}, already=facts.already,
        line=line,
    )  # fmt: skip


def put(answer, rest, day, note, *, by, stage, by_words="", is_supplier=False):
    """The chain in the ledger that an answer makes, brought to `rest` on a day; its first ReturnLine, or None."""
    how = {"by": by, "by_words": by_words}
    if answer.line:
        line = lines.standing(answer.line)
        if line.delivered_on == day or not rest:
            if (line.quantity, line.stage) != (rest, stage):
                lines.correct(line, rest, note, stage=stage, is_supplier=is_supplier, **how)
            return answer.line
        lines.correct(line, ZERO, note, stage=stage, is_supplier=is_supplier, **how)
    if not rest:
        return answer.line
    if is_supplier:
        return lines.claim(answer.commitment, rest, day, note, **how)
    return lines.record(answer.commitment, rest, day, note, is_sum=True, **how)


def day_of(answer, of_return):
    """The day on which it counts: as it says, else as it counted before, else the last of the period on which the
    contract ran, today at most.
    """
    if answer.line and not answer.delivered_on:
        return lines.standing(answer.line).delivered_on
    last = min(filter(None, (of_return.last_day, of_return.contract.end, timezone.localdate())))
    return answer.delivered_on or max(filter(None, (last, of_return.contract.start)))


def note_of(of_return, answer):
    parts = (f"Return for {of_return.period}", answer.evidence, answer.comment)
    return ". ".join(filter(None, parts))[:500]
