"""Single edges of pledges, deliveries and totals that a change of one sign or number would move."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from matching.ranking import arrays
from requests_app import conversions, deliveries, emails, pledges, totals
from requests_app.models import Delivery, DeliveryEvent, Pledge, Request, RequestTotals
from suppliers import commitments
from suppliers.models import LedgerEntry
from tests.conftest import make_commitment, make_request
from tests.requests_app.test_deliveries import account, agree

pytestmark = pytest.mark.django_db


def wanted_of(group, quantity=10, **fields):
    return Request.objects.for_page().get(pk=make_request(group, quantity, **fields).pk)


@pytest.mark.parametrize(("seconds", "is_refused"), [(59.5, True), (60.5, False)])
def test_the_same_delivery_a_minute_later_is_another(seconds, is_refused, wanted, supplier, people):
    began = timezone.now()
    with time_machine.travel(began, tick=False) as traveller:
        pledge = pledges.offer(Request.objects.for_page().get(pk=wanted.pk), supplier, Decimal(8), by=people["sam"])
        pledges.accept(pledge, by=people["alice"])
        day = timezone.localdate()
        deliveries.claim(pledge, Decimal(2), day, by=people["sam"])
        traveller.move_to(began + timedelta(seconds=seconds))
        try:
            deliveries.claim(pledge, Decimal(2), day, by=people["sam"])
        except ValidationError:
            assert is_refused
        else:
            assert not is_refused


@pytest.mark.parametrize(("unit", "field"), [("hours", "quantity"), ("days", "counts")])
def test_too_much_is_said_beside_the_field_that_holds_it(unit, field, group, supplier, people):
    small = make_commitment(supplier, 1, by=people["cara"])
    said = {"by": people["sam"], "commitment": small, "counts": Decimal(7)}
    with pytest.raises(ValidationError, match="has 1 hour left") as refused:
        pledges.offer(wanted_of(group, unit=unit), supplier, Decimal(2), **said)
    assert list(refused.value.message_dict) == [field]


@pytest.mark.parametrize("email", ["pledge_finished", "pledge_withdrawn", "count_agreed", "count_refused"])
def test_what_breaks_off_at_its_last_step_leaves_nothing(email, group, supplier, people, monkeypatch):
    hours = make_commitment(supplier, 100, by=people["cara"])
    pledge = pledges.offer(wanted_of(group, unit="days"), supplier, Decimal(2), by=people["sam"], commitment=hours,
                           counts=Decimal(14))  # fmt: skip
    pledges.accept(pledge, by=people["alice"])
    verbs = {
        "pledge_finished": lambda: pledges.finish(pledge, by=people["sam"]),
        "pledge_withdrawn": lambda: pledges.withdraw(pledge, "Ill", by=people["sam"]),
        "count_agreed": lambda: conversions.agree(pledge, Decimal(10), by=people["cara"], reason="So"),
        "count_refused": lambda: conversions.refuse(pledge, by=people["cara"], reason="So"),
    }

    def fails(*words, **more):
        raise RuntimeError

    monkeypatch.setattr(emails, email, fails)
    before = list(LedgerEntry.objects.values()), list(RequestTotals.objects.values()), list(Pledge.objects.values())
    with pytest.raises(RuntimeError):
        verbs[email]()
    after = list(LedgerEntry.objects.values()), list(RequestTotals.objects.values()), list(Pledge.objects.values())
    assert after == before


@pytest.mark.parametrize(("quantity", "is_refused"), [("0.5", False), ("0.51", True), ("1", True)])
def test_the_last_half_hour_is_accepted_and_no_more(quantity, is_refused, group):
    request = wanted_of(group)
    totals.move(request.pk, accepted=Decimal("9.5"))
    try:
        totals.move(request.pk, accepted=Decimal(quantity))
    except totals.NeedExceeded:
        assert is_refused
    else:
        assert not is_refused


def test_the_list_says_since_when_a_request_is_public(group):
    published = timezone.now() - timedelta(days=30)
    request = make_request(group)
    Request.objects.filter(pk=request.pk).update(first_published_at=published)
    RequestTotals.objects.filter(request=request).update(published_at=None)
    totals.place(Request.objects.get(pk=request.pk))
    assert RequestTotals.objects.get(request=request).published_at == published


def test_verifying_again_is_an_event_of_its_own(group, supplier, people):
    hours = make_commitment(supplier, 100, by=people["cara"])
    pledge = pledges.offer(wanted_of(group, unit="days"), supplier, Decimal(2), by=people["sam"], commitment=hours,
                           counts=Decimal(14))  # fmt: skip
    pledges.accept(pledge, by=people["alice"])
    conversions.agree(pledge, Decimal(14), by=people["cara"], reason="As usual")
    delivery = deliveries.claim(pledge, Decimal(2), timezone.localdate(), by=people["sam"])
    deliveries.confirm(delivery, by=people["alice"])
    deliveries.verify(delivery, by=people["cara"], quantity=Decimal(1), reason="One day seen")
    conversions.agree(pledge, Decimal(14), by=people["cara"], reason="The same again")
    assert DeliveryEvent.objects.filter(what="reopened").count() == 0
    conversions.agree(pledge, Decimal(12), by=people["cara"], reason="Six hours a day")
    event = DeliveryEvent.objects.get(what="reopened")
    assert (event.quantity, event.by) == (1, people["cara"])
    delivery.refresh_from_db()
    assert (delivery.state, delivery.confirmed, delivery.verified) == ("confirmed", 1, None)
    assert RequestTotals.objects.get(request=pledge.request_id).verified == 0


def test_what_is_shared_with_others_follows_an_agreed_or_refused_count(group, supplier, people):
    """A pledge of days against hours, whose delivery counts for a third against a commitment in days."""
    wanted = wanted_of(group, 9, unit="days")
    hours = make_commitment(supplier, 100, by=people["cara"])
    days = make_commitment(supplier, 10, unit="days", by=people["cara"], reference="C-2")
    pledge = pledges.offer(wanted, supplier, Decimal(9), by=people["sam"], commitment=hours, counts=Decimal(63))
    pledges.accept(pledge, by=people["alice"])
    conversions.agree(pledge, Decimal(63), by=people["cara"], reason="As usual")
    shares = [(hours, Decimal("66.67")), (days, Decimal("33.33"))]
    delivery = deliveries.claim(pledge, Decimal(9), timezone.localdate(), by=people["sam"], shares=shares)
    deliveries.confirm(delivery, by=people["alice"])
    deliveries.verify(delivery, by=people["cara"])
    assert (account(hours)[3], account(days)[3]) == (42, 3)
    conversions.agree(pledge, Decimal(54), by=people["cara"], reason="Short days")
    assert (account(hours)[2:4], account(days)[2:4]) == ([36, 0], [3, 0])
    with pytest.raises(ValidationError, match="You changed what this delivery counts for"):
        deliveries.verify(Delivery.objects.get(), by=people["cara"])
    deliveries.verify(Delivery.objects.get(), by=people["mo"])
    assert (account(hours)[3], account(days)[3]) == (36, 3)
    agree()
    conversions.refuse(pledge, by=people["cara"], reason="Another kind of help")
    assert (account(hours), account(days)[3]) == ([0, 0, 0, 0, 0], 3)
    agree()


def test_what_waits_to_be_agreed_or_was_withdrawn_is_not_proposed_again(group, supplier, people):
    hours = make_commitment(supplier, 100, by=people["cara"])
    days = wanted_of(group, 9, unit="days")
    pledges.offer(days, supplier, Decimal(2), by=people["sam"], commitment=hours, counts=Decimal(40))
    assert arrays.left_of([hours.pk]) == {hours.pk: 60.0}
    commitments.withdraw(hours, "Sold", by=people["cara"])
    assert arrays.left_of([hours.pk]) == {hours.pk: 0.0}


@pytest.mark.parametrize(("needed_in", "is_refused"), [(0, False), (-1, True), (None, False)])
def test_a_pledge_is_accepted_up_to_the_day_on_which_it_is_needed(needed_in, is_refused, wanted, supplier, people):
    pledge = pledges.offer(Request.objects.for_page().get(pk=wanted.pk), supplier, Decimal(1), by=people["sam"])
    day = None if needed_in is None else timezone.localdate() + timedelta(days=needed_in)
    Request.objects.filter(pk=wanted.pk).update(needed_by=day)
    pledge = Pledge.objects.with_both_sides().get(pk=pledge.pk)
    if is_refused:
        with pytest.raises(ValidationError, match="was needed by"):
            pledges.accept(pledge, by=people["alice"])
    else:
        pledges.accept(pledge, by=people["alice"])
    assert Pledge.objects.get(pk=pledge.pk).is_accepted is not is_refused


@pytest.mark.parametrize(("confirmed", "verified"), [(4, 4), (3, 3), (4, 3), (3, 2)])
def test_entries_say_whether_they_come_from_a_delivery_or_from_a_correction(
    confirmed, verified, wanted, supplier, commitment, people
):
    fields = {"by": people["sam"], "commitment": commitment}
    pledge = pledges.offer(Request.objects.for_page().get(pk=wanted.pk), supplier, Decimal(8), **fields)
    pledges.accept(pledge, by=people["alice"])
    delivery = deliveries.claim(pledge, Decimal(4), timezone.localdate(), by=people["sam"])
    deliveries.confirm(delivery, by=people["alice"], quantity=Decimal(confirmed), reason="Counted")
    deliveries.verify(delivery, by=people["cara"], quantity=Decimal(verified), reason="Seen")
    sources = dict(commitment.entries.filter(amount__gt=0).values_list("account", "source"))
    assert sources["claimed"] == "delivery"
    assert sources["confirmed"] == ("delivery" if confirmed == 4 else "correction")
    assert sources["verified"] == ("delivery" if verified == confirmed else "correction")
