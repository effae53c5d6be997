"""What becomes of offers, and of what was asked of them, when an organisation is closed, or two become one."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.dispatch import receiver

from organisations.signals import closing_asked, organisation_closed, organisations_merge

from . import asking, offering
from .models import Ask, Offer


def standing(organisation):
    """Its offers that are public or wait for a moderator."""
    return Offer.objects.filter(supplier=organisation, state__in=[Offer.State.OPEN, Offer.State.WAITING])


@receiver(closing_asked)
def say_what_closing_does(organisation, **kwargs):
    count = standing(organisation).count()
    return f"Closing it ends {count} offer{'' if count == 1 else 's'} of its own." if count else ""


@receiver(organisation_closed)
def settle(organisation, by, reason, **kwargs):
    """Its offers leave the list, and what it asked of others is taken back."""
    words = f"{organisation} was closed by the council: {reason}"
    for offer in standing(organisation):
        with suppress(ValidationError):  # moved on in this very moment
            if offer.moves.can(offer, "close"):
                offering.close(offer, words, by=by)
            else:
                offering.take_back(offer, by=by)
    for ask in Ask.objects.to_answer().filter(organisation=organisation).with_all():
        with suppress(ValidationError):
            asking.take_back(ask, by=by)


@receiver(organisations_merge)
def refuse_what_can_not_be_one(kept, other, **kwargs):
    """ValidationError where one has asked the other, or both wait for an answer to the same offer."""
    both = [kept.pk, other.pk]
    if Ask.objects.filter(organisation__in=both, offer__supplier__in=both).exists():
        raise ValidationError("One of them has asked for something that the other offers: they are two.", code="two")
    waiting = Ask.objects.to_answer()
    if waiting.filter(organisation=other, offer__in=waiting.filter(organisation=kept).values("offer")).exists():
        raise ValidationError(
            "Both wait for an answer to the same offer. One has to be answered first.", code="waiting"
        )
