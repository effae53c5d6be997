"""Monthly letters: to each officer what is theirs to mend, to the senior team how the figures stand. Each once."""

import logging

from django.contrib.auth import get_user_model
from django.db import transaction

from mail.composing import compose
from places.models import Council
from records.days import months_after
from words.references import same_words

from . import figures, links, published, training
from . import rules as thread_rules
from .models import Officer, ThreadLetter
from .permissions import VIEW_SNAPSHOT
from .worklist import worklist

logger = logging.getLogger(__name__)
SHOWN = 20  # records named in a letter; the page has them all


def send_month(today):
    """Send this month's letters that were not sent yet; how many. Nothing without an extract of last month or later."""
    return sum(_send_month(rules, today.replace(day=1)) for rules in thread_rules.every())


def _send_month(rules, month):
    newest = figures.newest_day(rules.council)
    if newest is None or newest < months_after(month, -1):
        return 0
    written = [*to_officers(newest, rules), *to_seniors(newest, rules)]
    return sum(_try(*letter, month=month) for letter in written)


def _try(kind, reader, context, *, month):
    """`send`; a letter that can't be written holds up no other, and is tried again tomorrow."""
    try:
        return send(kind, reader, context, month=month)
    except Exception:
        logger.exception("A letter of the golden thread could not be written to %s", reader.email)
        return False


def to_officers(day, rules):
    """(kind, reader, context) for each officer who has an address and something to mend."""
    rows, trained, recording = {}, training.trained_on(rules.council), training.newest_recording()
    for row in worklist(day, rules):
        rows.setdefault(same_words(row.officer), []).append(row)
    for officer in Officer.objects.filter(council=rules.council).exclude(email=""):
        theirs = rows.get(officer.name_key, [])
        if theirs:
            context = {
                "officer": officer,
                "rows": theirs[:SHOWN],
                "count": len(theirs),
                "more": max(0, len(theirs) - SHOWN),
                "recording": recording,
                "trained_on": trained.get(officer.name_key),
                "authority": Council.objects.filter(pk=rules.council).first(),
            }
            yield "officer", officer, context | {"day": day}


def to_seniors(day, rules):
    """(kind, reader, context) for all whose role it is to see what is published."""
    people = get_user_model().objects.who_may(VIEW_SNAPSHOT)
    found = figures.report(day, rules)
    context = {
        "day": day,
        "figures": found.figures,
        "directorates": found.directorates,
        "to_mend": len(worklist(day, rules)),
        "waiting": len(links.waiting(rules.council)),
        "due": published.due(rules),
        "authority": Council.objects.filter(pk=rules.council).first(),
    }
    for person in people:
        yield "summary", person, dict(context)


@transaction.atomic
def send(kind, reader, context, *, month):
    """Write one letter and remember it, both or neither; False where it was written before."""
    names = [context["officer"].name_key if "officer" in context else "", str(context["authority"] or "")]
    about = " of ".join(filter(None, names))
    _, new = ThreadLetter.objects.get_or_create(month=month, email=reader.email, kind=kind, about=about)
    if new:
        compose(f"thread_{kind}", reader, **context).send()
    return new
