"""Rules 3, 4 and 5: one unit counts once, events are never edited, stages stay apart."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from requests_app import conversions, deliveries, pledges, totals
from requests_app.models import Delivery, DeliveryEvent, Pledge, Request, RequestTotals
from suppliers import ledger
from suppliers.models import CommitmentBalance
from tests.conftest import make_commitment, make_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def accepted(wanted, supplier, commitment, people):
    """An accepted pledge of 8 of 10 hours against a commitment of 100."""
    pledge = pledges.offer(wanted, supplier, Decimal(8), by=people["sam"], commitment=commitment)
    pledges.accept(pledge, by=people["alice"])
    return pledge


def claim(pledge, quantity, people, **fields):
    return deliveries.claim(pledge, Decimal(quantity), timezone.localdate(), by=people["sam"], **fields)


def account(commitment):
    row = CommitmentBalance.objects.get(commitment=commitment)
    return [int(getattr(row, name)) for name in ("reserved", "claimed", "confirmed", "verified", "beyond")]


def progress(request):
    row = RequestTotals.objects.get(request=request)
    return [int(getattr(row, name)) for name in ("accepted", "claimed", "confirmed", "verified")]


def agree():
    """Every kept total agrees with what it adds up."""
    assert totals.differences() == []
    assert ledger.differences() == []


def test_each_stage_has_its_own_figure(accepted, commitment, people):
    delivery = claim(accepted, 5, people)
    assert (account(commitment), progress(accepted.request)) == ([3, 5, 0, 0, 0], [8, 5, 0, 0])
    deliveries.confirm(delivery, by=people["alice"])
    assert (account(commitment), progress(accepted.request)) == ([3, 5, 5, 0, 0], [8, 5, 5, 0])
    deliveries.verify(delivery, by=people["cara"])
    assert (account(commitment), progress(accepted.request)) == ([3, 5, 5, 5, 0], [8, 5, 5, 5])
    agree()


def test_a_correction_needs_a_reason_and_is_a_new_entry(accepted, commitment, people):
    delivery = claim(accepted, 5, people)
    with pytest.raises(ValidationError, match="Say why"):
        deliveries.confirm(delivery, by=people["alice"], quantity=Decimal(3))
    deliveries.confirm(delivery, by=people["alice"], quantity=Decimal(3), reason="Two left early")
    assert account(commitment) == [5, 3, 3, 0, 0]
    amounts = [int(e.amount) for e in commitment.entries.filter(account="claimed").order_by("pk")]
    assert amounts == [5, -2]
    assert [e.what for e in delivery.events.all()] == ["claimed", "corrected"]
    agree()


def test_a_surplus_past_the_promise_is_beyond_the_contract(group, supplier, people):
    small = make_commitment(supplier, 6, by=people["cara"])
    wanted = Request.objects.for_page().get(pk=make_request(group).pk)
    pledge = pledges.offer(wanted, supplier, Decimal(6), by=people["sam"], commitment=small)
    pledges.accept(pledge, by=people["alice"])
    deliveries.confirm(claim(pledge, 9, people), by=people["alice"])
    assert account(small) == [0, 6, 6, 0, 3]
    agree()


def test_everything_confirmed_completes_the_pledge(accepted, people):
    deliveries.confirm(claim(accepted, 8, people), by=people["alice"])
    accepted.refresh_from_db()
    assert accepted.state == "completed"
    agree()


def test_finishing_short_gives_the_rest_back(accepted, commitment, people):
    deliveries.confirm(claim(accepted, 5, people), by=people["alice"])
    pledges.finish(accepted, by=people["sam"], reason="Holiday")
    assert (account(commitment), progress(accepted.request)) == ([0, 5, 5, 0, 0], [5, 5, 5, 0])
    assert CommitmentBalance.objects.get(commitment=commitment).left == 95
    agree()


def test_a_disputed_claim_is_changed_and_asked_again(accepted, commitment, people):
    delivery = claim(accepted, 8, people)
    deliveries.dispute(delivery, "Nobody came", by=people["alice"])
    with pytest.raises(ValidationError, match="moved on"):
        deliveries.verify(delivery, by=people["cara"], quantity=Decimal(8), reason="x")
    deliveries.amend(delivery, Decimal(2), "One person came", by=people["sam"])
    deliveries.confirm(delivery, by=people["alice"])
    assert (account(commitment), progress(accepted.request)) == ([6, 2, 2, 0, 0], [8, 2, 2, 0])
    agree()


def test_a_withdrawn_claim_leaves_no_figure_but_its_history(accepted, commitment, people):
    delivery = claim(accepted, 8, people)
    deliveries.withdraw(delivery, "Recorded twice", by=people["sam"])
    assert (account(commitment), progress(accepted.request)) == ([8, 0, 0, 0, 0], [8, 0, 0, 0])
    assert delivery.events.count() == 2
    agree()


def test_the_council_queries_and_then_verifies_less(accepted, commitment, people):
    delivery = claim(accepted, 5, people)
    deliveries.confirm(delivery, by=people["alice"])
    deliveries.query(delivery, "Who signed in?", by=people["cara"])
    deliveries.answer(delivery, "Four people", by=people["alice"])
    with pytest.raises(ValidationError, match="No more can be verified"):
        deliveries.verify(delivery, by=people["cara"], quantity=Decimal(6))
    with pytest.raises(ValidationError, match="why less"):
        deliveries.verify(delivery, by=people["cara"], quantity=Decimal(4))
    deliveries.verify(delivery, by=people["cara"], quantity=Decimal(4), reason="Sign-in sheet shows four")
    assert account(commitment) == [4, 4, 4, 4, 0]
    agree()


def test_shares_add_up_to_100_and_each_hour_counts_once(accepted, commitment, supplier, people):
    other = make_commitment(supplier, 50, by=people["cara"], reference="C-2")
    for shares in ([(commitment, 60), (other, 60)], [(commitment, 50), (commitment, 50)], [(other, 90)]):
        with pytest.raises(ValidationError):
            claim(accepted, 4, people, shares=[(c, Decimal(p)) for c, p in shares])
    assert not Delivery.objects.exists()
    shares = [(commitment, Decimal(75)), (other, Decimal(25))]
    deliveries.confirm(claim(accepted, 4, people, shares=shares), by=people["alice"])
    assert (account(commitment)[2], account(other)[2]) == (3, 1)
    agree()


def test_deliveries_under_no_commitment_still_count_for_the_request(wanted, supplier, people):
    pledge = pledges.offer(wanted, supplier, Decimal(4), by=people["sam"])
    pledges.accept(pledge, by=people["alice"])
    deliveries.confirm(claim(pledge, 4, people), by=people["alice"])
    assert progress(wanted) == [4, 4, 4, 0]
    agree()


def test_nothing_is_verified_before_its_count_is_agreed(group, supplier, people):
    wanted = Request.objects.for_page().get(pk=make_request(group, 2, unit="days").pk)
    hours = make_commitment(supplier, 100, by=people["cara"])
    pledge = pledges.offer(wanted, supplier, Decimal(2), by=people["sam"], commitment=hours, counts=Decimal(20))
    pledges.accept(pledge, by=people["alice"])
    delivery = claim(pledge, 1, people)
    assert account(hours)[:2] == [0, 0]
    assert CommitmentBalance.objects.get(commitment=hours).to_agree == 20
    deliveries.confirm(delivery, by=people["alice"])
    with pytest.raises(ValidationError, match="Agree what this pledge counts for"):
        deliveries.verify(delivery, by=people["cara"])
    conversions.agree(pledge, Decimal(14), by=people["cara"], reason="Seven hours a day")
    assert account(hours)[:3] == [7, 7, 7]
    assert CommitmentBalance.objects.get(commitment=hours).to_agree == 0
    deliveries.verify(delivery, by=people["cara"])
    assert account(hours)[3] == 7
    agree()


def test_a_delivery_in_the_future_or_of_nothing_is_refused(accepted, people):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError, match="today or in the past"):
        deliveries.claim(accepted, Decimal(1), tomorrow, by=people["sam"])
    with pytest.raises(ValidationError, match="above 0"):
        claim(accepted, 0, people)


def test_a_waiting_pledge_takes_no_delivery(wanted, supplier, people):
    pledge = pledges.offer(wanted, supplier, Decimal(4), by=people["sam"])
    with pytest.raises(ValidationError, match="once the pledge is accepted"):
        claim(pledge, 1, people)


def test_events_can_not_be_edited_in_the_database(accepted, people):
    claim(accepted, 5, people)
    for statement in (
        "UPDATE requests_app_deliveryevent SET quantity = 1",
        "DELETE FROM requests_app_deliveryevent",
    ):
        with pytest.raises(DatabaseError, match="History is never edited"), transaction.atomic():
            connection.cursor().execute(statement)
    assert DeliveryEvent.objects.get().quantity == 5


@pytest.fixture
def linked(accepted, people, django_capture_on_commit_callbacks):
    """(delivery, the path of the link in alice's mail)."""
    with django_capture_on_commit_callbacks(execute=True):
        delivery = claim(accepted, 5, people)
    to_alice = next(m for m in mail.outbox if m.to == ["alice@example.org"] and "/confirm/" in m.body)
    return delivery, re.search(r"/confirm/\S+", to_alice.body).group()


def test_the_link_confirms_without_signing_in_and_the_record_says_whose(linked, client):
    delivery, path = linked
    assert "Did 5 hours arrive?" in client.get(path).content.decode()
    client.post(path, {"answer": "yes"})
    delivery.refresh_from_db()
    assert (delivery.state, delivery.confirmed) == ("confirmed", 5)
    assert delivery.events.last().by_words == "Alice, by the link in an e-mail"
    assert "this has been answered" in client.get(path).content.decode()


def test_opening_the_link_changes_nothing(linked, client):
    """Mail scanners open links: only a sent form confirms."""
    delivery, path = linked
    client.get(path)
    delivery.refresh_from_db()
    assert delivery.state == "claimed"


def test_the_link_corrects_with_a_reason(linked, client):
    delivery, path = linked
    page = client.post(path, {"answer": "other", "quantity": "3"}).content.decode()
    assert "Say what was different" in page
    client.post(path, {"answer": "other", "quantity": "3", "reason": "Two left early"})
    delivery.refresh_from_db()
    assert delivery.confirmed == 3


def test_a_forged_an_old_and_an_overtaken_link_are_void(linked, people, client):
    delivery, path = linked
    forged = path[:-3] + "xx/"
    assert client.post(forged, {"answer": "yes"}).status_code == 404
    assert "This link" in client.get(forged).content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert client.post(path, {"answer": "yes"}).status_code == 404
    delivery.refresh_from_db()
    assert delivery.state == "claimed"
    deliveries.dispute(delivery, "No", by=people["alice"])
    deliveries.amend(delivery, Decimal(2), "Less", by=people["sam"])
    assert client.post(path, {"answer": "yes"}).status_code == 404
    delivery.refresh_from_db()
    assert (delivery.state, delivery.confirmed) == ("claimed", None)


def test_check_totals_says_when_something_was_tampered_with(accepted, people, capsys):
    from django.core.management import call_command

    claim(accepted, 5, people)
    call_command("check_totals")
    Pledge.objects.filter(pk=accepted.pk).update(quantity=9)
    with pytest.raises(SystemExit):
        call_command("check_totals")
    assert "accepted is kept as 8" in capsys.readouterr().out


def test_verifying_less_after_everything_was_confirmed_opens_the_need_again(accepted, people):
    delivery = claim(accepted, 8, people)
    deliveries.confirm(delivery, by=people["alice"])
    deliveries.verify(delivery, by=people["cara"], quantity=Decimal(6), reason="The sheet shows six")
    assert progress(accepted.request) == [6, 6, 6, 6]
    agree()


def test_a_claim_changed_since_the_page_was_opened_is_not_confirmed_unseen(accepted, people):
    delivery = claim(accepted, 5, people)
    deliveries.dispute(delivery, "Less", by=people["alice"])
    deliveries.amend(delivery, Decimal(7), "More, really", by=people["sam"])
    with pytest.raises(ValidationError, match="moved on"):
        deliveries.confirm(delivery, by=people["alice"], seen=Decimal(5))
    agree()


def test_shares_of_an_odd_sum_still_count_once(accepted, commitment, supplier, people):
    other = make_commitment(supplier, 50, by=people["cara"], reference="C-2")
    shares = [(commitment, Decimal(50)), (other, Decimal(50))]
    claim(accepted, "3.33", people, shares=shares)
    counted = [CommitmentBalance.objects.get(commitment=c).claimed for c in (commitment, other)]
    assert sum(counted) == Decimal("3.33")


def test_a_slip_of_the_keyboard_and_a_form_sent_twice_are_refused(accepted, people):
    with pytest.raises(ValidationError, match="Check the number"):
        claim(accepted, 800, people)
    claim(accepted, 2, people)
    with pytest.raises(ValidationError, match="a moment ago"):
        claim(accepted, 2, people)
    assert Delivery.objects.count() == 1


def test_a_link_dies_with_the_membership(linked, group, client):
    delivery, path = linked
    group.memberships.filter(user__email="alice@example.org").delete()
    assert client.post(path, {"answer": "yes"}).status_code == 404
    delivery.refresh_from_db()
    assert delivery.confirmed is None


def test_a_moved_contract_does_not_strand_an_accepted_pledge(accepted, commitment, group, people):
    commitment.contract.supplier = group
    commitment.contract.save()
    assert claim(accepted, 2, people).pk
