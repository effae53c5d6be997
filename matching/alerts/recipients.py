"""Which requests each subscription is to be told of: noted once for ever, sent later."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from organisations.models import Organisation
from requests_app import index, search
from requests_app.models import RequestTotals
from suppliers.models import Commitment

from ..models import Alert, Subscription
from ..ranking import lists
from . import attention, searches

Often = Subscription.Often
EACH = 50  # matches of a commitment that may be told of
OFTENER_FIRST = (Often.AT_ONCE, Often.DAILY, Often.WEEKLY)
EVERY = {Often.DAILY: timedelta(hours=20), Often.WEEKLY: timedelta(days=6, hours=20)}
"""How long a digest waits since the last: a little less than its name says, as the daily run is not to the minute."""


def at_once(numbers):
    """Note these new public requests for everybody who wants to know at once; returns how many alerts are due.

    Of matches only those who fit best hear at once, within their budget; the others in a digest (attention.py).
    """
    running = list(Subscription.objects.running().filter(often=Often.AT_ONCE).select_related("organisation", "user"))
    matches = {each: matches_of(each, numbers) for each in running if each.organisation_id}
    later, due = attention.later(matches), 0
    for subscription in running:
        found = list(matches[subscription]) if subscription in matches else _found(subscription, numbers)
        waits = later.get(subscription.pk, set())
        due += _note(subscription, [number for number in found if number not in waits])
        _note_later(subscription, [number for number in found if number in waits])
    return due


def digests(now=None):
    """Note what is new for each daily and weekly subscription whose turn it is; returns how many alerts are due."""
    now = now or timezone.now()
    due = 0
    for often, pause in EVERY.items():
        for subscription in Subscription.objects.running().filter(often=often, looked_at__lte=now - pause):
            due += _note(subscription, _found(subscription))
            Subscription.objects.filter(pk=subscription.pk).update(looked_at=now)
    return due


def _found(subscription, numbers=None):
    """Ids of requests that fit a subscription, of `numbers` or of all published since it began."""
    if subscription.organisation_id:
        return list(matches_of(subscription, numbers))
    rows = search_rows(subscription)
    rows = (
        rows.filter(request__in=numbers)
        if numbers is not None
        else rows.filter(published_at__gt=subscription.created_at)
    )
    return list(rows.values_list("request_id", flat=True))


def search_rows(subscription):
    """RequestTotals of public requests in need that a saved search finds today, those of one's own group left out."""
    _, form = searches.cleaned(subscription.search)
    if not form.is_valid():
        return RequestTotals.objects.none()
    filters = form.cleaned_data
    rows = search.rows_for(filters, timezone.localdate())
    words = index.words_of(filters.get("q"))
    if words:
        rows = index.narrow(rows, words, common=False)
    mine = Organisation.objects.of(subscription.user).values("pk")
    return rows.exclude(request__organisation__in=mine)


def matches_of(subscription, numbers=None):
    """{request id: [Match]} for an organisation's commitments as they stand now, of `numbers` or of all requests.

    {} for whoever no longer acts for the organisation.
    """
    organisation = subscription.organisation
    if (
        not Organisation.objects.of(subscription.user).filter(pk=organisation.pk).exists()
        or not organisation.is_approved
    ):
        return {}
    commitments = (
        Commitment.objects.left_on(timezone.localdate()).filter(contract__supplier=organisation).with_balance()
    )
    found = {}
    among = None if numbers is None else set(numbers)
    for listed in lists.for_commitments(list(commitments), limit=EACH, among=among).values():
        for match in listed:
            found.setdefault(match.request.pk, []).append(match)
    return found


def pass_on(subscription):
    """What a subscription that ends had still to tell is told for another one of the same person, where it fits."""
    left = Alert.objects.filter(subscription=subscription, sent_at=None, dropped_at=None)
    give_to_others(subscription, left)
    left.delete()


def give_to_others(subscription, left):
    """Move `left`, alerts of a subscription, to other running ones of the same person that find their requests."""
    for other in Subscription.objects.running().filter(user=subscription.user_id).exclude(pk=subscription.pk):
        numbers = list(left.values_list("request_id", flat=True))
        if numbers:
            left.filter(request__in=_found(other, numbers)).update(subscription=other)


def _note_later(subscription, numbers):
    """Note what its next digest tells of; what another of the same person tells of already stays there."""
    due_at = attention.digest_day(subscription, timezone.now())
    Alert.objects.bulk_create(
        [Alert(user_id=subscription.user_id, subscription=subscription, request_id=number, due_at=due_at)
         for number in numbers],
        ignore_conflicts=True,
    )  # fmt: skip


def _note(subscription, numbers):
    """What waits for a rarer digest of the same person, or was dropped for another search, is told by this one."""
    now = timezone.now()
    rarer = list(OFTENER_FIRST)[OFTENER_FIRST.index(subscription.often) + 1 :]
    untold = Alert.objects.filter(user=subscription.user_id, request__in=numbers, sent_at=None)
    better = untold.filter(Q(subscription__often__in=rarer) | Q(dropped_at__isnull=False))
    moved = better.exclude(subscription=subscription).update(subscription=subscription, dropped_at=None, due_at=now)
    before = Alert.objects.filter(subscription=subscription).count()
    Alert.objects.bulk_create(
        [
            Alert(user_id=subscription.user_id, subscription=subscription, request_id=number, due_at=now)
            for number in numbers
        ],
        ignore_conflicts=True,  # told of already, perhaps for another search of the same person
    )
    return Alert.objects.filter(subscription=subscription).count() - before + moved
