"""Everybody's own page: what waits, then each hat's own lists."""

from offers.models import Ask, Offer
from organisations.models import Membership
from requests_app import moderation, shortlist
from requests_app.models import Pledge, Request
from suppliers import sums
from suppliers.models import Commitment
from suppliers.permissions import ADD_COMMITMENT, ADD_CONTRACT, VIEW_COMMITMENT

from . import duties, happened


def for_person(user):
    """Context of the dashboard: what waits, then each hat's own lists."""
    memberships = list(
        Membership.objects.filter(user=user).select_related("organisation").order_by("organisation__name")
    )
    mine = [m.organisation for m in memberships if m.admitted_at]
    posting = [organisation for organisation in mine if not organisation.is_supplier]
    ids = [organisation.pk for organisation in mine]
    return {
        "memberships": memberships,
        "organisations": mine,
        "posting": posting,
        "waiting": waiting_for(user),
        "happened": happened.new_for(user, ids),
        "requests": own_requests(ids),
        "kept": shortlist.of(user),
        "pledges": Pledge.objects.filter(supplier__in=ids).with_both_sides()[:20],
        "offers": Offer.objects.filter(supplier__in=ids).with_given()[:20],
        "asks": Ask.objects.filter(organisation__in=ids).with_all().order_by("-pk")[:20],
        "commitments": Commitment.objects.of(user).with_balance()[:20],
        "sums": sums.by_unit() if user.has_perm(VIEW_COMMITMENT) else [],
        "is_supplier": any(o.is_supplier for o in mine),
        "may_import": user.has_perm(ADD_CONTRACT) or user.has_perm(ADD_COMMITMENT),
        "sees_every_commitment": user.has_perm(VIEW_COMMITMENT),
    }


def waiting_for(user):
    """[Waiting] of a person, as both their own page and the staff home show it."""
    ids = Membership.objects.filter(user=user, admitted_at__isnull=False).values_list("organisation", flat=True)
    return duties.for_person(user, list(ids))


def own_requests(ids):
    """The newest twenty requests of these organisations, each with where it stands in words."""
    rows = moderation.with_standing(Request.objects.filter(organisation__in=ids)).order_by("-pk")
    requests = list(rows[:20])
    for request in requests:
        request.stands = moderation.stands(request)
    return requests
