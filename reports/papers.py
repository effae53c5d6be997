"""The committee's paper: made for a day, kept as it was, finished by a person, never made twice for one day."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from words.lines import many_lines

from . import changes, facts
from .models import Paper

WORDS = ("recommendation", "implications")


def make(as_at, *, by=None, by_words=""):
    """(Paper, whether it was made now) of a day: the one that is kept, whatever has changed since.

    ValidationError for a day to come.
    """
    if as_at > timezone.localdate():
        raise ValidationError({"as_at": "Choose today or a day before."})
    if found := Paper.objects.filter(as_at=as_at).first():
        return found, False
    try:
        with transaction.atomic():
            paper = Paper.objects.create(as_at=as_at, facts=facts.of_day(as_at), made_by=by, made_by_words=by_words)
            log(paper, "reports.made", user=by, data={"as_at": as_at.isoformat()})
    except IntegrityError:  # somebody else made it in the same moment
        return Paper.objects.get(as_at=as_at), False
    return paper, True


def finish(paper, *, by, meeting_on=None, recommendation="", implications=""):
    """Write what a person adds; the facts stay."""
    paper.meeting_on = meeting_on
    paper.recommendation, paper.implications = many_lines(recommendation), many_lines(implications)
    paper.save(update_fields=["meeting_on", *WORDS])
    log(paper, "reports.finished", user=by, data={"meeting_on": str(meeting_on or "")})
    return paper


def before(paper):
    """The paper of the newest day before, or None."""
    return Paper.objects.filter(as_at__lt=paper.as_at).order_by("-as_at").first()


def whole(paper):
    """What is printed: the facts, what changed since the paper before, and a person's words."""
    earlier = before(paper)
    return {
        **paper.facts,
        "as_at": paper.as_at,
        "made_at": paper.made_at,
        "meeting_on": paper.meeting_on,
        "recommendation": paper.recommendation,
        "implications": paper.implications,
        "before": earlier.as_at if earlier else None,
        "changes": changes.since(earlier.facts, paper.facts) if earlier else [],
    }


def with_days(whole):
    """The same for a template: its months as days."""
    if not whole["thread"]:
        return whole
    months = [{**month, "day": date.fromisoformat(month["day"])} for month in whole["thread"]["months"]]
    return {**whole, "thread": {**whole["thread"], "months": months}}
