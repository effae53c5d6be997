"""Verbs of an offer: kept as a draft, submitted, published or returned by a moderator, closed.

What anybody can read holds no way to reach somebody. An open offer that is changed goes to a moderator again; what was
asked of it stays.
"""

from django.core.exceptions import ValidationError
from django.utils import timezone

from organisations import limits
from records.transactions import atomic_once_more
from vocabulary.kinds import refuse_unit
from vocabulary.quantities import refuse_parts
from words import contacts
from words.lines import said

from . import asking, emails
from .models import Ask, Offer

PUBLIC_TEXTS = ("title", "description", "unit_words")
WRITTEN = (
    "commitment", "kind", *PUBLIC_TEXTS, "quantity", "unit", "most_each", "remote", "postcode", "outcode", "district",
    "since", "until", "for_whom", "for_people",
)  # fmt: skip
LONGEST_DAYS = 366


def check(offer):
    """ValidationError, field by field, for an offer that can't be made."""
    for name in PUBLIC_TEXTS:
        contacts.refuse(getattr(offer, name), name)
    refuse_unit(offer.kind, offer.unit)
    _check_quantities(offer)
    _check_days(offer, timezone.localdate())
    if offer.for_people and offer.kind != "jobs":
        raise ValidationError({"for_people": "People are put forward for jobs and placements only."})
    if offer.commitment:
        _check_commitment(offer, offer.commitment)


def _check_quantities(offer):
    if offer.quantity <= 0:
        raise ValidationError({"quantity": "Enter a quantity above 0."})
    refuse_parts(offer.quantity, offer.unit)
    refuse_parts(offer.most_each, offer.unit, "most_each")
    if offer.most_each and offer.most_each > offer.quantity:
        raise ValidationError({"most_each": "That is more than you offer in all."})


def _check_days(offer, today):
    if offer.until < today:
        raise ValidationError({"until": "The last day must be today or later."})
    if (offer.until - today).days > LONGEST_DAYS:
        raise ValidationError({"until": "Choose a day within a year: you can offer it again then."})
    if offer.since and offer.since > offer.until:
        raise ValidationError({"since": "The first day must not be after the last day."})


def _check_commitment(offer, commitment):
    if not commitment.contract.is_of(offer.supplier):
        raise ValidationError({"commitment": "Choose one of your own open commitments, or none."})
    if commitment.unit != offer.unit:
        counted = commitment.get_unit_display()
        raise ValidationError({"unit": f"That commitment is counted in {counted}: offer {counted}, or choose none."})


def given_of(offer):
    return Offer.objects.with_given().get(pk=offer.pk).given if offer.pk else 0


@atomic_once_more
def keep(offer, *, by):
    """Save an offer as a draft; ValidationError says what to change. Less than was given already is refused."""
    if not offer.supplier.may_draft:
        raise ValidationError("The council has not approved your organisation.", code="closed")
    check(offer)
    if not offer.pk:
        offer.made_by, offer.made_at = by, timezone.now()
        offer.save()
        return offer
    there = Offer.objects.select_for_update(of=("self",), no_key=True).get(pk=offer.pk)
    if offer.quantity < (given := given_of(there)):
        raise ValidationError({"quantity": f"{offer.say(given)} of it were given already. Enter that much or more."})
    if given and (offer.unit, offer.supplier_id) != (there.unit, there.supplier_id):
        raise ValidationError({"unit": "Some of it was given already: it is counted as before."})
    verb = "change" if there.moves.can(there, "change") else "keep"
    written = {name: getattr(offer, name) for name in WRITTEN}
    Offer.moves.make(there, verb, by=by, log_as="keep_offer", **written)
    offer.state = there.state
    return offer


@atomic_once_more
def submit(offer, *, by):
    """Hand it to the moderators."""
    if not offer.supplier.is_approved:
        words = "You can submit it as soon as the council has approved your organisation. It is kept as a draft."
        raise ValidationError(words, code="closed")
    check(offer)
    limits.spend("submit", offer.supplier)
    Offer.moves.make(offer, "submit", by=by, log_as="submit_offer", submitted_at=timezone.now(), reason="")
    emails.offer_submitted(offer)


@atomic_once_more
def take_back(offer, *, by):
    Offer.moves.make(offer, "take_back", by=by, log_as="take_offer_back")


def seen(offer, submitted_at):
    """ValidationError where the offer was submitted anew since it was read."""
    if offer.submitted_at != submitted_at:
        raise ValidationError("The offer was changed while you read it. Read it again.", code="moved")


@atomic_once_more
def publish(offer, *, by):
    """A moderator agrees: anybody reads it, and whom it is for may ask."""
    offer.refresh_from_db()
    if not offer.supplier.is_approved:
        raise ValidationError("This supplier can’t take part any more.", code="closed")
    check(offer)
    first = offer.published_at or timezone.now()
    Offer.moves.make(offer, "publish", by=by, log_as="publish_offer", published_at=first)
    emails.offer_published(offer)


@atomic_once_more
def send_back(offer, reason, *, by):
    reason = said(reason)
    if not reason:
        raise ValidationError({"reason": "Say what to change: the supplier will read it."})
    data = {"reason": reason}
    Offer.moves.make(offer, "send_back", by=by, log_as="return_offer", reason=reason[:600], data=data)
    emails.offer_returned(offer)


@atomic_once_more
def close(offer, reason, *, by):
    """It leaves the list, and whoever still waits for an answer is told; what was given stays."""
    reason = said(reason)
    if not reason:
        raise ValidationError({"reason": "Say why: whoever asked will read it."})
    offer = Offer.objects.select_for_update(of=("self",), no_key=True).get(pk=offer.pk)
    Offer.moves.make(offer, "close", by=by, log_as="close_offer", reason=reason[:600], data={"reason": reason})
    for ask in Ask.objects.to_answer().filter(offer=offer).with_all():
        asking.decline(ask, reason, by=by)
