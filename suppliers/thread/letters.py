"""Monthly letters: to each officer what is theirs to mend, to the senior team how the figures stand. Each once."""

import logging
from smtplib import SMTPException

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import Q

from guidance.mail import compose

from ..models import Officer, ThreadLetter
from . import links, published, report, training
from .rules import plain
from .worklist import worklist

logger = logging.getLogger(__name__)
SHOWN = 20  # records named in a letter; the page has them all


def send_month(today):
    """Send this month's letters that were not sent yet; how many. Nothing without an extract of last month or later."""
    newest, month = report.newest_day(), today.replace(day=1)
    if newest is None or newest < _month_before(month):
        return 0
    return sum(send(*letter, month=month) for letter in [*to_officers(newest), *to_seniors(newest)])


def _month_before(month):
    return month.replace(year=month.year - 1, month=12) if month.month == 1 else month.replace(month=month.month - 1)


def to_officers(day):
    """(kind, address, context) for each officer who has an address and something to mend."""
    rows, trained, recording = {}, training.trained_on(), training.newest_recording()
    for row in worklist(day):
        rows.setdefault(plain(row["officer"]), []).append(row)
    for officer in Officer.objects.exclude(email=""):
        theirs = rows.get(officer.name_key, [])
        if theirs:
            context = {
                "officer": officer,
                "rows": theirs[:SHOWN],
                "count": len(theirs),
                "more": max(0, len(theirs) - SHOWN),
                "recording": recording,
                "trained_on": trained.get(officer.name_key),
            }
            yield "officer", officer.email, context | {"day": day}


def to_seniors(day):
    """(kind, address, context) for all whose role it is to see what is published."""
    may_see = Permission.objects.filter(codename="view_snapshot", content_type__app_label="suppliers")
    people = get_user_model().objects.filter(Q(groups__permissions__in=may_see), is_active=True).distinct()
    found = report.report(day)
    context = {
        "day": day,
        "figures": found["figures"],
        "directorates": found["directorates"],
        "to_mend": len(worklist(day)),
        "waiting": len(links.waiting()),
        "due": published.due(),
    }
    for person in people:
        yield "summary", person.email, dict(context)


def send(kind, address, context, *, month):
    """Send one letter and remember it; False where it was sent before or can't be sent now."""
    try:
        with transaction.atomic():
            about = context["officer"].name_key if "officer" in context else ""
            _, new = ThreadLetter.objects.get_or_create(month=month, email=address, kind=kind, about=about)
            if new:
                compose(f"thread_{kind}", address, **context).send()
            return new
    except (OSError, SMTPException):  # it is tried again tomorrow
        logger.exception("A letter of the golden thread could not be sent to %s", address)
        return False
