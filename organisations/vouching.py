"""A sponsor vouches for an informal group by a link of its own, without an account: "yes, I know them", or not.

The link is for one address and void once it was answered, or once the group names another sponsor. The e-mail goes to
somebody who may never have heard of the site, so it holds no word of a group that the council has not approved yet.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from desk import clocks
from mail import reminders
from records import signed
from words.lines import said

from . import emails, limits
from .models import Organisation

SALT = "organisations.sponsor"
LINK_DAYS = 60
GONE = "This link is no longer open: it was answered, or the group names another sponsor now."


def is_asked(organisation):
    """Whether somebody is to vouch for it: a group without a number of its own that the council has not approved."""
    return bool(organisation.kind == Organisation.Kind.INFORMAL and organisation.sponsor_email and organisation.waits)


@transaction.atomic
def ask(organisation, *, by):
    """Write to the sponsor of a group; ValidationError where the site wrote to too many strangers for `by` today."""
    if not is_asked(organisation):
        return
    limits.spend_on_stranger(by)
    organisation.sponsor_asked_at = timezone.now()
    organisation.sponsor_answer = organisation.sponsor_words = ""
    organisation.sponsor_answered_at = None
    organisation.save(update_fields=["sponsor_asked_at", "sponsor_answer", "sponsor_words", "sponsor_answered_at"])
    log(organisation, "organisations.sponsor_asked", user=by)
    emails.sponsor_asked(organisation, token_for(organisation))


def token_for(organisation):
    data = {"organisation": organisation.pk, "to": organisation.sponsor_email.lower()}
    return signed.make(data, SALT)


def read(token):
    """The Organisation that a token lets its sponsor answer for, or None."""
    data = signed.read(token, SALT, days=LINK_DAYS)
    if data is None:
        return None
    found = Organisation.objects.filter(pk=data["organisation"], sponsor_answered_at=None).first()
    if found is None or not is_asked(found) or found.sponsor_email.lower() != data["to"]:
        return None
    return found


@transaction.atomic
def answer(token, answered, words):
    """Keep the sponsor's answer, "yes" or "no"; ValidationError where the link is void."""
    found = read(token)
    if found is None or answered not in ("yes", "no"):
        raise ValidationError(GONE, code="gone")
    kept = Organisation.objects.filter(pk=found.pk, sponsor_answered_at=None).update(
        sponsor_answer=answered, sponsor_answered_at=timezone.now(), sponsor_words=said(words)[:500]
    )
    if not kept:
        raise ValidationError(GONE, code="gone")
    found.refresh_from_db()
    log(found, "organisations.sponsor_answered", data={"answer": answered, "sponsor": found.sponsor_email})
    emails.sponsor_answered(found, answered)
    return found


def remind(now=None):
    """Write once more to sponsors who have not answered for some days."""
    before = clocks.passed(settings.SPONSOR_REMINDED_DAYS, now or timezone.now())
    silent = Organisation.objects.waiting().filter(sponsor_asked_at__lte=before, sponsor_answered_at=None)
    silent = silent.exclude(sponsor_email="").order_by("pk")
    for organisation in reminders.not_yet(silent, "sponsor", "sponsor_asked_at"):
        reminders.once(
            "sponsor", organisation.pk, organisation.sponsor_asked_at,
            lambda row=organisation: emails.sponsor_asked(row, token_for(row)),
        )  # fmt: skip
