"""Asking for alerts, changing how often they come, and stopping them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from ..models import Subscription
from . import recipients, searches

MOST = 20  # running alerts a person


@transaction.atomic
def save_search(search, often, *, by):
    """Save a search; the same one again only changes how often it comes. ValidationError says what to change."""
    kept, form = searches.cleaned(search)
    if not form.is_valid():
        raise ValidationError([words for errors in form.errors.values() for words in errors])
    mine = Subscription.objects.running().filter(user=by, organisation=None)
    same = next((subscription for subscription in mine if subscription.search == kept), None)
    if same:
        return change(same, often)
    _room(by)
    now = timezone.now()
    return Subscription.objects.create(user=by, name=searches.name_of(form), search=kept, often=often, looked_at=now)


@transaction.atomic
def follow_matches(organisation, often, *, by):
    """Tell `by` of new matches for the organisation's commitments."""
    same = Subscription.objects.running().filter(user=by, organisation=organisation).first()
    if same:
        return change(same, often)
    _room(by)
    return Subscription.objects.create(
        user=by,
        organisation=organisation,
        name=f"Matches for {organisation}"[:120],
        often=often,
        looked_at=timezone.now(),
    )


def _room(user):
    if Subscription.objects.running().filter(user=user).count() >= MOST:
        raise ValidationError(f"You have {MOST} alerts already. Stop one before you add another.")


def change(subscription, often):
    subscription.often = often
    subscription.save(update_fields=["often"])
    return subscription


@transaction.atomic
def stop(subscription):
    """No more of it; what is due and fits another search of the same person is told for that. Safe to say again."""
    if Subscription.objects.filter(pk=subscription.pk, stopped_at=None).update(stopped_at=timezone.now()):
        recipients.pass_on(subscription)
