"""The log of poor performance: what was asked, what was answered, whether it improved.

Where it did not after a proper chance, a notice is published within thirty days (Procurement Act 2023, section 71).
"""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from organisations import sides
from words.lines import said

from . import emails
from .models import Improvement

NOTICE_WITHIN = timedelta(days=30)


def notice_due_on(improvement):
    """The last day to publish a notice, or None where it is not owed, or published."""
    owed = improvement.state == Improvement.State.NOT_IMPROVED and improvement.notice_on is None
    return improvement.settled_on + NOTICE_WITHIN if owed else None


@transaction.atomic
def ask(commitment, what, until, *, by):
    """Ask a supplier to improve until a day to come; returns the Improvement."""
    sides.refuse_own(by, *commitment.contract.organisations())
    if not said(what):
        raise ValidationError({"what": "Say what has to improve."})
    today = timezone.localdate()
    if until <= today:
        raise ValidationError({"until": "Give a day to come: there has to be a proper chance."})
    made = Improvement.objects.create(commitment=commitment, what=said(what)[:500], asked_on=today, until=until, by=by)
    log(commitment, "performance.asked", user=by, data={"what": made.what, "until": until.isoformat()})
    emails.improvement_asked(made)
    return made


@transaction.atomic
def answer(improvement, words, *, by):
    """Keep what the supplier answered: itself, or by telephone to whoever enters it."""
    held = _locked(improvement)
    if not said(words):
        raise ValidationError({"words": "Write what is being done."})
    fields = {"answer": said(words)[:1000], "answered_on": timezone.localdate()}
    held.moves.make(held, "answer", by=by, data={"words": fields["answer"]}, about=held.commitment, **fields)
    if by != held.by:
        emails.improvement_answered(held, by)
    return held


@transaction.atomic
def settle(improvement, is_improved, words, *, by):
    """Say whether it improved; ValidationError without words, and for "not" before its time has passed."""
    held = _held(improvement, by)
    if not said(words):
        raise ValidationError({"words": "Say how you know."})
    today = timezone.localdate()
    if not is_improved and today <= held.until:
        raise ValidationError({"words": f"It has until {held.until:%-d %B %Y} to improve."})
    fields = {"outcome": said(words)[:500], "settled_on": today}
    verb = "improve" if is_improved else "fail"
    held.moves.make(held, verb, by=by, data={"words": fields["outcome"]}, about=held.commitment, **fields)
    emails.improvement_settled(held)
    return held


@transaction.atomic
def publish(improvement, where, day, *, by):
    """Say where and when the notice was published; ValidationError for a day to come or before it was owed."""
    held = _held(improvement, by)
    if not said(where):
        raise ValidationError({"where": "Enter the notice’s number or address."})
    if held.notice_on:
        raise ValidationError(f"The notice was published on {held.notice_on:%-d %B %Y} already.", code="moved")
    if held.settled_on and not held.settled_on <= day <= timezone.localdate():
        raise ValidationError({"day": f"Enter a day from {held.settled_on:%-d %B %Y} to today."})
    fields = {"notice": said(where)[:200], "notice_on": day}
    data = {"where": fields["notice"], "day": day.isoformat()}
    held.moves.make(held, "publish", by=by, log_as="notice", data=data, about=held.commitment, **fields)
    return held


def _locked(improvement):
    rows = Improvement.objects.select_for_update(of=("self",)).select_related("commitment__contract__supplier")
    return rows.get(pk=improvement.pk)


def _held(improvement, by):
    """The row, locked for somebody of the council: ValidationError for whoever belongs to the supplier."""
    held = _locked(improvement)
    sides.refuse_own(by, *held.commitment.contract.organisations())
    return held
