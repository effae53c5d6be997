"""Questions on a request: asked, answered by the group, public once a moderator agreed."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.log_actions import log

from organisations import limits
from records.transactions import atomic_once_more
from words import contacts
from words.lines import said

from . import emails
from .models import Question


def may_ask(organisation, request):
    """A sentence that says why an organisation can't ask about a request, or ""."""
    if not organisation.is_approved:
        return "You can ask as soon as the council has approved your organisation."
    if organisation.pk == request.organisation_id:
        return "This is your own organisation’s request."
    if not request.live or request.totals.is_closed:
        return "This request is closed."
    return ""


@atomic_once_more
def ask(request, organisation, text, *, by):
    """Ask the group; ValidationError says what to change. The same words twice are one question."""
    if refusal := may_ask(organisation, request):
        raise ValidationError(refusal, code="closed")
    text = said(text)
    if not text:
        raise ValidationError({"text": "Write your question."})
    contacts.refuse(text, "text")
    asked = Question.objects.exclude(state=Question.State.WITHDRAWN)
    same = asked.filter(request=request, organisation=organisation, text=text).first()
    if same:
        return same
    limits.spend("ask", organisation)
    limits.spend("ask_again", organisation, request)
    question = Question.objects.create(
        request=request, organisation=organisation, text=text, asked_by=by, asked_at=timezone.now()
    )
    log(question, "talking.ask_question", user=by)
    emails.question_asked(question)
    return question


@atomic_once_more
def answer(question, text, *, by):
    """The group answers: who asked hears it at once, everybody once a moderator agreed."""
    text = said(text)
    if not text:
        raise ValidationError({"answer": "Write your answer."})
    contacts.refuse(text, "answer")
    Question.moves.make(
        question, "answer", by=by, answer=text, answered_by=by, answered_at=timezone.now(), log_as="answer_question"
    )
    emails.question_answered(question)


@atomic_once_more
def take_back(question, *, by):
    """Whoever asked needs no answer any more: nobody waits for one."""
    Question.moves.make(question, "take_back", by=by, log_as="take_back_question")


@atomic_once_more
def publish(question, *, by):
    Question.moves.make(question, "publish", by=by, log_as="publish_question")
    emails.question_public(question)


@atomic_once_more
def withhold(question, reason, *, by):
    """It does not become public, or no longer is; who asked and the group keep it, with the reason."""
    reason = said(reason)
    if not reason:
        raise ValidationError({"reason": "Say why: both sides will read it."})
    Question.moves.make(question, "withhold", by=by, reason=reason, log_as="withhold_question", data={"reason": reason})
    emails.question_withheld(question)
