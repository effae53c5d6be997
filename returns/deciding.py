"""The contract manager's side of a return: each line accepted, asked about or rejected, many at once."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from organisations import sides
from vocabulary.quantities import ZERO
from words.lines import said

from . import emails, lines, opening
from .models import Answer, ReturnLine

Stage = ReturnLine.Stage
ACCEPT, QUERY, REJECT = "accept", "query", "reject"
VERBS = {ACCEPT: "Accept", QUERY: "Ask", REJECT: "Reject"}
LOGGED = {ACCEPT: "answer_accepted", QUERY: "answer_queried", REJECT: "answer_rejected"}


@transaction.atomic
def decide(of_return, decisions, *, by, seen=None):
    """Answer lines of a return: {answer id: (verb, words)}, words being the question or the reason.

    Once no line waits the return goes back to its supplier, with what is asked, or is done. ValidationError for no
    line, a question or rejection without words, a line that somebody else has answered, and for whoever belongs to the
    supplier.
    """
    held = opening.hold(of_return.pk, seen)
    sides.refuse_own(by, *held.contract.organisations())
    if not held.moves.can(held, "answer"):
        raise ValidationError(held.moves.refusal, code="moved")
    answers = {answer.pk: answer for answer in held.answers.select_related("commitment__contract", "line")}
    chosen = [(answers[number], *choice) for number, choice in decisions.items() if number in answers]
    if not chosen:
        raise ValidationError("Choose at least one line.")
    for answer, verb, words in sorted(chosen, key=lambda choice: choice[0].commitment_id):
        _decide(answer, verb, said(words)[:500], by)
    _finish(held, by)
    return held


def _decide(answer, verb, words, by):
    if verb in (QUERY, REJECT) and not words:
        asked = "ask" if verb == QUERY else "reject it"
        raise ValidationError({f"words_{answer.pk}": f"Say what you {asked}: the supplier will read it."})
    Answer.moves.make(answer, verb, by=by, log_as=LOGGED[verb], data={"words": words}, asked=words)
    if answer.line and verb != QUERY:
        line = lines.standing(answer.line)
        quantity, stage = (line.quantity, Stage.CONFIRMED) if verb == ACCEPT else (ZERO, line.stage)
        note = words or f"Accepted by the contract manager: {line.note}"
        lines.correct(line, quantity, note, by=by, stage=stage)


def _finish(held, by):
    held.changes, held.saved_by, held.saved_at = held.changes + 1, by, timezone.now()
    held.save(update_fields=["changes", "saved_by", "saved_at"])
    states = set(held.answers.values_list("state", flat=True))
    if Answer.State.SENT in states:
        return
    verb = "ask" if Answer.State.QUERIED in states else "answer"
    done = {"asked_at": timezone.now()}
    if verb == "answer":
        done = {"answered_at": timezone.now(), "answered_by": by}
    held.moves.make(held, verb, by=by, log_as="asked" if verb == "ask" else "answered", **done)
    emails.answered(held)
