"""Messages between the two sides of a pledge, on the site and by the link of an e-mail, which needs no sign-in."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.log_actions import log

from organisations import limits
from organisations.models import User
from records import signed
from records.transactions import atomic_once_more
from requests_app import access
from requests_app.models import Pledge
from words import contacts
from words.lines import said

from . import emails
from .models import PledgeMessage

SALT, LINK_DAYS = "talking.message", 30


def side_of(person, pledge):
    """As `access.side_of`: "supplier" or "requestor"; "" for whoever acts for neither."""
    side = access.side_of(person, pledge)
    return "" if side == "council" else side


@atomic_once_more
def write(pledge, text, *, by, by_link=False):
    """Write to the other side. ValidationError for whoever belongs to neither, and for contact details too early.

    Before a pledge is accepted neither side sees how to reach the other (rule 8): a message tells no more than that.
    """
    side, text = side_of(by, pledge), said(text)
    if not side:
        raise ValidationError("Only the two sides of this pledge write here.", code="side")
    if not text:
        raise ValidationError({"text": "Write your message."})
    if not pledge.contacts_open:
        contacts.refuse_yet(text, "text")
    limits.spend("message", pledge)
    message = PledgeMessage.objects.create(
        pledge=pledge, side=side, text=text, by=by, by_link=by_link, at=timezone.now()
    )
    log(pledge, "talking.write", user=by)
    emails.message_written(message, link_for)
    return message


def link_for(pledge, person):
    """A token by which `person` may answer without signing in."""
    return signed.make({"pledge": pledge.pk, "by": person.pk}, SALT)


def read_link(token):
    """(Pledge, User) of a token; (None, None) when it is forged, too old, or of somebody who acts for no side now."""
    data = signed.read(token, SALT, days=LINK_DAYS)
    if data is None:
        return None, None
    pledge = Pledge.objects.with_both_sides().filter(pk=data["pledge"]).first()
    person = User.objects.filter(pk=data["by"], is_active=True).first()
    return (pledge, person) if pledge and person and side_of(person, pledge) else (None, None)
