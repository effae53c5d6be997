"""The committee's paper: made for a day, kept as it was, finished by a person, never made twice for one day.

What changed since the issue before is kept with it: an issue that is made later for a day between does not change it.
"""

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
    sheet = facts.of_day(as_at)
    earlier = Paper.objects.filter(as_at__lt=as_at).order_by("-as_at").first()
    kept = {
        "data": sheet.as_data(),
        "before": earlier.as_at if earlier else None,
        "changes": changes.since(earlier.facts, sheet) if earlier else [],
    }
    try:
        with transaction.atomic():
            paper = Paper.objects.create(as_at=as_at, made_by=by, made_by_words=by_words, **kept)
            log(paper, "reports.made", user=by, data={"as_at": as_at.isoformat()})
    except IntegrityError:  # somebody else made it in the same moment
        return Paper.objects.get(as_at=as_at), False
    return paper, True


def is_tabled(paper):
    """Whether the day of its meeting has passed."""
    return bool(paper.meeting_on) and paper.meeting_on < timezone.localdate()


@transaction.atomic
def finish(paper, *, by, meeting_on=None, recommendation="", implications=""):
    """Write what a person adds; the facts stay. ValidationError once the day of the meeting has passed: the paper stays
    as it was tabled.
    """
    held = Paper.objects.select_for_update().get(pk=paper.pk)
    if is_tabled(held):
        words = f"The meeting was on {held.meeting_on:%-d %B %Y}: the paper stays as it was tabled."
        raise ValidationError(words, code="tabled")
    if meeting_on and meeting_on < paper.as_at:
        raise ValidationError({"meeting_on": "The meeting is on the day of the paper’s figures, or later."})
    paper.meeting_on = meeting_on
    paper.recommendation, paper.implications = many_lines(recommendation), many_lines(implications)
    paper.save(update_fields=["meeting_on", *WORDS])
    log(paper, "reports.finished", user=by, data={"meeting_on": str(meeting_on or "")})
    return paper
