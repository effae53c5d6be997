"""Rule 14: nobody approves, agrees or verifies for a side that they belong to; a row for each verb that decides."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from organisations import approvals, changes, memberships
from organisations.models import Membership, Organisation
from organisations.shown import fingerprint
from places.models import Outcode
from records import figures
from requests_app import conversions, deliveries, moderation, pledges
from requests_app.models import Request
from suppliers import commitments
from suppliers.models import Commitment
from tests.conftest import make_organisation, make_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def confirmed(wanted, supplier, commitment, people):
    pledge = pledges.offer(wanted, supplier, Decimal(8), by=people["sam"], commitment=commitment)
    pledges.accept(pledge, by=people["alice"])
    delivery = deliveries.claim(pledge, Decimal(5), timezone.localdate(), by=people["sam"])
    deliveries.confirm(delivery, by=people["alice"])
    return delivery


def approve(delivery, organisation, by):
    new = make_organisation("New", "business", state="waiting")
    Membership.objects.create(organisation=new, user=by)  # asking to join is belonging, too
    approvals.approve(new, "Fine", by=by)


def close(delivery, organisation, by):
    approvals.close(organisation, "Gone", by=by)


def agree_to_change(delivery, organisation, by):
    organisation.name = "Another name"
    changes.agree(changes.change(organisation, by=by), "Fine", by=by)


def moderate(delivery, organisation, by):
    group = delivery.pledge.request.organisation
    Membership.objects.get_or_create(organisation=group, user=by)
    request = make_request(group, live=False)
    moderation.submit(request, by=group.owners[0])
    state = request.current_workflow_task_state
    assert state.task.specific.get_actions(request, by) == []
    assert not state.task.specific.get_task_states_user_can_moderate(by).exists()
    state.task.specific.on_action(state, by, "approve")


def verify(delivery, organisation, by):
    deliveries.verify(delivery, by=by)


def query(delivery, organisation, by):
    deliveries.query(delivery, "Really?", by=by)


def agree_count(delivery, organisation, by):
    days = Request.objects.for_page().get(pk=make_request(delivery.pledge.request.organisation, 2, unit="days").pk)
    supplier = delivery.pledge.supplier
    pledge = pledges.offer(days, supplier, Decimal(2), by=by, commitment=delivery.pledge.commitment, counts=Decimal(14))
    conversions.agree(pledge, Decimal(14), by=by, reason="Seven hours a day")


def promise(delivery, organisation, by):
    contract = delivery.pledge.commitment.contract
    commitments.make(Commitment(contract=contract, wording="More", unit="hours"), Decimal(5), by=by)


def vary(delivery, organisation, by):
    commitments.vary(delivery.pledge.commitment, Decimal(50), by=by, reason="Less")


def withdraw(delivery, organisation, by):
    commitments.withdraw(delivery.pledge.commitment, "Over", by=by)


VERBS = [approve, close, agree_to_change, moderate, verify, query, agree_count, promise, vary, withdraw]
SUPPLIER_ONLY = {promise, vary, withdraw}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("side", ["supplier", "group"])
def test_nobody_decides_for_their_own_side(verb, side, confirmed, group, supplier, people):
    organisation = {"supplier": supplier, "group": group}[side]
    if verb in SUPPLIER_ONLY and side == "group":
        pytest.skip("a group has no part in what a supplier promised the council")
    people["mo"].is_superuser = True
    people["mo"].save()
    Membership.objects.create(organisation=organisation, user=people["mo"], admitted_at=timezone.now())
    with pytest.raises((ValidationError, PermissionDenied)) as refused:
        verb(confirmed, organisation, people["mo"])
    words = getattr(refused.value, "messages", None) or [str(refused.value)]
    assert "You belong to" in words[0]


@pytest.mark.parametrize("verb", [verify, query, agree_count, promise, vary, withdraw])
def test_somebody_of_neither_side_does(verb, confirmed, supplier, people):
    verb(confirmed, supplier, people["cara"])


def test_whoever_confirmed_does_not_verify_even_after_they_left(confirmed, people):
    Membership.objects.filter(user=people["alice"]).delete()
    with pytest.raises(ValidationError, match="You confirmed this delivery"):
        deliveries.verify(confirmed, by=people["alice"])


def test_the_screen_says_so(confirmed, group, people, client):
    Membership.objects.create(organisation=group, user=people["mo"], admitted_at=timezone.now())
    client.force_login(people["mo"])
    assert "Somebody else has to decide" in client.get(f"/admin/organisations/{group.pk}/decide/").content.decode()
    answer = {"close": "", "reason": "Mine", "seen": fingerprint(group)}
    assert client.post(f"/admin/organisations/{group.pk}/decide/", answer).status_code == 422


@pytest.mark.parametrize("way_in", ["founded", "invited", "asked"])
def test_leaving_first_is_no_way_round(way_in, people):
    founder = people["mo"] if way_in == "founded" else people["charlie"]
    new = memberships.found(Organisation(kind="vcse", name="Toddlers", charity_number="1012345"), by=founder)
    if way_in == "invited":
        token = memberships.invite(new, "mo@example.org", "member", by=founder)
        memberships.accept_invitation(memberships.find_invitation(token), by=people["mo"])
    elif way_in == "asked":
        memberships.ask_to_join(new, by=people["mo"])
    else:
        Membership.objects.create(organisation=new, user=people["bob"], role="owner", admitted_at=timezone.now())
    memberships.remove(new.memberships.get(user=people["mo"]), by=people["mo"])
    with pytest.raises(ValidationError, match="You belong to Toddlers, or have acted for it"):
        approvals.approve(new, "Fine", by=people["mo"])
    approvals.approve(new, "Fine", by=people["cara"])
    place = Outcode.objects.get(code="RH1")
    request = make_request(new, live=False, postcode="RH1 1AA", outcode=place, district=place.district)
    moderation.submit(request, by=founder if way_in != "founded" else people["bob"])
    state = Request.objects.get(pk=request.pk).current_workflow_task_state
    with pytest.raises(PermissionDenied):
        state.task.specific.on_action(state, people["mo"], "approve")
    assert not state.task.specific.get_task_states_user_can_moderate(people["mo"]).exists()


def test_a_council_too_small_for_two_people_may_decide_and_the_figure_is_marked(group, supplier, people, settings):
    """Where OWN_SIDE_MAY_DECIDE is set, whoever belongs to a side may verify: the log says so, and the page too."""
    request = Request.objects.for_page().get(pk=make_request(group).pk)
    pledge = pledges.offer(request, supplier, Decimal(4), by=people["sam"])
    pledges.accept(pledge, by=people["alice"])
    delivery = deliveries.claim(pledge, Decimal(4), timezone.localdate(), by=people["sam"])
    deliveries.confirm(delivery, by=people["alice"])
    with pytest.raises(ValidationError, match="Somebody else has to decide"):
        deliveries.verify(delivery, by=people["sam"])
    settings.OWN_SIDE_MAY_DECIDE = True
    deliveries.verify(delivery, by=people["sam"])
    assert delivery.own_side
    assert delivery.verified_words == "4 hours, by somebody of one of its sides"
    (entry,) = figures.get("arrived_verified").entries(unit="hours")[:]
    assert "as nobody else could" in entry.note
    assert ModelLogEntry.objects.filter(action="organisations.own_side", user=people["sam"]).exists()
