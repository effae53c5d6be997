"""Limits on whatever makes the site write to other people (S4): counted in the database, so that they hold on every
host and nothing pushes them out. An act that fails is not counted, as its transaction takes the count with it.
"""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from .models import LimitCount
from .permissions import CHANGE_ORGANISATION

DAY = timedelta(days=1)
MOST = {
    # what: (how many a day, the sentence for one more)
    "stranger": (3, "Before the council has approved your organisation we write to three people a day for you."),
    "invite": (40, "You have invited 40 people today. Go on tomorrow."),
    "found": (5, "You have signed up five organisations today. Go on tomorrow."),
    "join": (3, "You have asked to join three organisations today. Go on tomorrow."),
    "code": (10, "That was ten codes that are not ours. Try again tomorrow, or write to us."),
    "change": (10, "Your organisation’s details were changed ten times today. Go on tomorrow."),
    "offer": (60, "Your organisation has made 60 pledges today. Go on tomorrow."),
    "offer_again": (3, "Your organisation has pledged towards this request three times today. Go on tomorrow."),
    "submit": (20, "Your organisation has submitted 20 requests today. Go on tomorrow."),
    "discuss": (20, "There were 20 messages about this delivery today. Go on tomorrow, or ring each other."),
    "ask": (10, "Your organisation has asked ten questions today. Go on tomorrow."),
    "ask_again": (3, "Your organisation has asked about this request three times today. Go on tomorrow."),
    "ask_offer": (10, "Your organisation has asked for ten offers today. Go on tomorrow."),
    "message": (20, "There were 20 messages about this pledge today. Go on tomorrow, or ring each other."),
    "helpers_message": (30, "There were 30 messages to all helpers today. Go on tomorrow, or ring each other."),
    "volunteer_day": (6, "You planned volunteer days for this request six times today. Go on tomorrow."),
    "report": (10, "There were ten reports from here today. Write to us by e-mail instead."),
    "upload": (100, "You have sent 100 files today. Go on tomorrow."),
    "account_mail": (8, ""),  # silent: whoever asks may not learn whether the address has an account
}


@transaction.atomic
def spend(what, *about, now=None):
    """Count one act of the kind `what` about these things or people; ValidationError where it is one too many."""
    if not within(what, *about, now=now):
        raise ValidationError(MOST[what][1], code="limit")


def spend_on_stranger(by, *about):
    """Count a mail to somebody who has nothing here yet; the council's staff, who ring and meet people, send more."""
    if by.has_perm(CHANGE_ORGANISATION):
        spend("invite", by)
        return
    for one in (by, *about):
        spend("stranger", one)


@transaction.atomic
def within(what, *about, now=None):
    """Count one act and say whether it is within its limit; one too many is not counted."""
    now = now or timezone.now()
    key = ":".join([what, *map(_name, about)])[:120]
    counted, _ = LimitCount.objects.select_for_update().get_or_create(key=key, defaults={"began_at": now})
    if counted.began_at <= now - DAY:
        counted.count, counted.began_at = 0, now
    if counted.count >= MOST[what][0]:
        return False
    counted.count += 1
    counted.save()
    return True


def _name(thing):
    """A person and an organisation of the same number are two things."""
    return f"{thing._meta.model_name} {thing.pk}" if hasattr(thing, "_meta") else str(thing)


def prune(now=None):
    """Forget counts whose day is over."""
    LimitCount.objects.filter(began_at__lte=(now or timezone.now()) - DAY).delete()
