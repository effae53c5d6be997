"""Reports of what is not right on the site: from anybody, settled by a moderator with a word on what was done."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from organisations import limits
from records.transactions import atomic_once_more
from words.lines import one_line, said

from . import emails
from .models import Report


@atomic_once_more
def report(path, why, text, *, by=None, email="", where_from=""):
    """Keep a report and tell the moderators; `where_from` is whom a limit counts for where nobody is signed in."""
    limits.spend("report", by or where_from)
    made = Report.objects.create(
        path=one_line(path, 300), why=why, text=said(text), by=by, email=email, at=timezone.now()
    )
    emails.reported(made)
    if made.is_complaint and (by or limits.within("stranger", where_from)):
        emails.complaint_received(made)  # an address that nobody proved may be a stranger's
    return made


@atomic_once_more
def settle(made, outcome, *, by):
    """Say what was done about it; who reported it hears of it where we know how."""
    outcome = said(outcome)
    if not outcome:
        raise ValidationError({"outcome": "Say what was done: whoever reported it will read it."})
    Report.moves.make(
        made, "settle", by=by, outcome=outcome, settled_by=by, settled_at=timezone.now(), log_as="settle_report"
    )
    emails.report_settled(made)
