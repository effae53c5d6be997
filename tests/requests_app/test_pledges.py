"""Rules 1, 8 and 12: never accepted past need, contacts open on acceptance, silence lapses."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from organisations.models import Membership
from requests_app import conversions, pledges
from requests_app.models import Pledge, Request, RequestTotals
from suppliers.models import CommitmentBalance
from tests.conftest import make_commitment, make_organisation, make_request, make_user

pytestmark = pytest.mark.django_db


def again(request):
    return Request.objects.for_page().get(pk=request.pk)


def offer(wanted, supplier, quantity, people, **fields):
    return pledges.offer(again(wanted), supplier, Decimal(quantity), by=people["sam"], **fields)


def figures(request):
    row = RequestTotals.objects.get(request=request)
    return int(row.pledged), int(row.accepted), row.listed


def left(commitment):
    return int(CommitmentBalance.objects.get(commitment=commitment).left)


def test_a_pledge_reserves_and_waits(wanted, supplier, commitment, people):
    pledge = offer(wanted, supplier, 4, people, commitment=commitment)
    assert (pledge.state, figures(wanted), left(commitment)) == ("offered", (4, 0, True), 96)


def test_several_suppliers_give_parts_and_the_last_part_takes_it_off_the_list(wanted, supplier, people):
    other = make_organisation("Other Ltd", "business", make_user("other"))
    first = offer(wanted, supplier, 4, people)
    second = offer(wanted, other, 6, people)
    pledges.accept(first, by=people["alice"])
    assert figures(wanted) == (6, 4, True)
    pledges.accept(second, by=people["alice"])
    assert figures(wanted) == (0, 10, False)


def test_nothing_is_accepted_past_what_is_needed(wanted, supplier, people):
    other = make_organisation("Other Ltd", "business", make_user("other"))
    first, second = offer(wanted, supplier, 7, people), offer(wanted, other, 7, people)
    pledges.accept(first, by=people["alice"])
    with pytest.raises(ValidationError, match="still needs 3 hours"), transaction.atomic():
        pledges.accept(second, by=people["alice"])
    second.refresh_from_db()
    assert (second.state, figures(wanted)) == ("offered", (7, 7, True))


def test_the_database_itself_refuses_more_accepted_than_asked(wanted):
    with pytest.raises(IntegrityError), transaction.atomic():
        RequestTotals.objects.filter(request=wanted).update(accepted=11)


@pytest.mark.parametrize(("quantity", "words"), [(11, "still needs 10 hours"), (0, "above 0"), (-1, "above 0")])
def test_a_quantity_that_does_not_fit_is_refused_in_a_sentence(wanted, supplier, people, quantity, words):
    with pytest.raises(ValidationError, match=words):
        offer(wanted, supplier, quantity, people)
    assert figures(wanted) == (0, 0, True)


def test_more_than_the_commitment_has_left_is_refused_and_nothing_stays(wanted, supplier, people):
    small = make_commitment(supplier, 3, by=people["cara"])
    with pytest.raises(ValidationError, match="has 3 hours left"), transaction.atomic():
        offer(wanted, supplier, 4, people, commitment=small)
    assert (Pledge.objects.count(), figures(wanted), left(small)) == (0, (0, 0, True), 3)


def test_another_suppliers_commitment_can_not_be_used(wanted, commitment, people):
    thief = make_organisation("Thief Ltd", "business", people["charlie"])
    with pytest.raises(ValidationError, match="your own"):
        offer(wanted, thief, 1, people, commitment=commitment)


def test_one_waiting_pledge_from_each_supplier(wanted, supplier, people):
    offer(wanted, supplier, 2, people)
    with pytest.raises(ValidationError, match="pledge waiting"):
        offer(wanted, supplier, 2, people)


def test_declining_needs_a_reason_and_frees_everything(
    wanted, supplier, commitment, people, django_capture_on_commit_callbacks
):
    pledge = offer(wanted, supplier, 4, people, commitment=commitment)
    with pytest.raises(ValidationError, match="Give a reason"):
        pledges.decline(pledge, " ", by=people["alice"])
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        pledges.decline(pledge, "Wrong day", by=people["alice"])
    assert (figures(wanted), left(commitment)) == ((0, 0, True), 100)
    assert [(m.to, "Wrong day" in m.body) for m in mail.outbox] == [(["sam@example.org"], True)]


def test_an_answer_counts_once(wanted, supplier, people):
    pledge = offer(wanted, supplier, 4, people)
    pledges.accept(pledge, by=people["alice"])
    stale = Pledge.objects.get(pk=pledge.pk)
    stale.state = "offered"
    with pytest.raises(ValidationError, match="quicker"):
        pledges.decline(stale, "No", by=people["bob"])
    with pytest.raises(ValidationError, match="quicker"):
        pledges.accept(stale, by=people["bob"])
    assert figures(wanted) == (0, 4, True)


def test_a_silent_pledge_lapses_and_frees_everything(wanted, supplier, commitment, people, settings):
    settings.PLEDGE_ANSWER_DAYS = 5  # working days
    pledge = offer(wanted, supplier, 4, people, commitment=commitment)
    assert pledges.lapse_overdue(pledge.answer_due_at - timedelta(seconds=1)) == 0
    with time_machine.travel(pledge.answer_due_at + timedelta(seconds=1)):
        assert pledges.lapse_overdue() == 1
        assert pledges.lapse_overdue() == 0
    pledge.refresh_from_db()
    assert (pledge.state, figures(wanted), left(commitment)) == ("lapsed", (0, 0, True), 100)


def test_an_accepted_pledge_can_be_taken_back_before_anything_arrived(wanted, supplier, commitment, people):
    pledge = offer(wanted, supplier, 10, people, commitment=commitment)
    pledges.accept(pledge, by=people["alice"])
    pledges.withdraw(pledge, "Our van broke", by=people["sam"])
    assert (figures(wanted), left(commitment)) == ((0, 0, True), 100)


def test_contact_details_open_only_on_acceptance(wanted, supplier, people, client):
    pledge = offer(wanted, supplier, 4, people)
    for who, secret in (("alice", "contact@builderltd.example"), ("sam", "contact@lunchclub.example")):
        client.force_login(people[who])
        assert secret not in client.get(pledge.get_absolute_url()).content.decode()
    pledges.accept(pledge, by=people["alice"])
    for who, secret in (("alice", "contact@builderltd.example"), ("sam", "contact@lunchclub.example")):
        client.force_login(people[who])
        assert secret in client.get(pledge.get_absolute_url()).content.decode()


def test_the_figures_open_to_what_they_are_made_of_and_no_further(wanted, supplier, people, client):
    pledge = offer(wanted, supplier, 4, people, message="Our secret plan")
    page = client.get(f"/requests/{wanted.pk}/progress/").content.decode()
    assert "Waiting for an answer: 1" in page
    assert "Builder Ltd" not in page
    pledges.accept(pledge, by=people["alice"])
    page = client.get(f"/requests/{wanted.pk}/progress/").content.decode()
    assert "Builder Ltd" in page
    assert "4 hours" in page
    assert "Our secret plan" not in page


def test_contact_details_are_on_no_public_page(wanted, client):
    for path in ("/", "/requests/", wanted.get_absolute_url()):
        page = client.get(path).content.decode()
        assert "Paint our hall" in page
        assert "contact@lunchclub.example" not in page
        assert "01632 960123" not in page
        assert "RH1 1AA" not in page


def test_a_pledge_in_another_unit_waits_for_the_contract_manager(group, supplier, people):
    wanted = make_request(group, 2, unit="days", title="Two days of digging")
    hours = make_commitment(supplier, 100, by=people["cara"])
    with pytest.raises(ValidationError, match="how much this counts for"):
        offer(wanted, supplier, 2, people, commitment=hours)
    pledge = offer(wanted, supplier, 2, people, commitment=hours, counts=Decimal(20))
    assert (pledge.count_waits, left(hours)) == (True, 80)
    conversions.agree(pledge, Decimal(14), by=people["cara"], reason="Seven hours a day")
    assert (pledge.count_waits, left(hours)) == (False, 86)


def test_pledging_is_closed_for_own_past_paused_and_unapproved(wanted, group, supplier, people):
    assert "own organisation" in pledges.may_pledge(group, again(wanted))
    waiting = make_organisation("New Ltd", "business", people["charlie"], state="waiting")
    assert "not approved" in pledges.may_pledge(waiting, again(wanted))
    RequestTotals.objects.filter(request=wanted).update(state="paused")
    assert "not open" in pledges.may_pledge(supplier, again(wanted))
    past = make_request(group, needed_by=timezone.localdate() - timedelta(days=1))
    assert "has passed" in pledges.may_pledge(supplier, again(past))


def test_what_is_counted_stays_once_somebody_has_pledged(wanted, supplier, people, client):
    offer(wanted, supplier, 4, people)
    client.force_login(people["alice"])
    page = client.post(f"/requests/{wanted.pk}/edit/quantity/", {"quantity": "10", "unit": "people"})
    assert "Somebody has pledged" in page.content.decode()


def test_closing_a_request_answers_those_who_wait(wanted, supplier, commitment, people, client):
    pledge = offer(wanted, supplier, 4, people, commitment=commitment)
    client.force_login(people["alice"])
    client.post(f"/requests/{wanted.pk}/close/", {"reason": "We found a plumber"})
    pledge.refresh_from_db()
    assert (pledge.state, pledge.answer, left(commitment)) == ("declined", "We found a plumber", 100)


def test_taking_back_keeps_the_answer_that_was_given(wanted, supplier, people):
    pledge = offer(wanted, supplier, 4, people)
    pledges.accept(pledge, by=people["alice"], answer="Come on Monday")
    pledges.withdraw(pledge, "Our van broke", by=people["sam"])
    assert (pledge.answer, pledge.end_reason, pledge.answered_by) == (
        "Come on Monday",
        "Our van broke",
        people["alice"],
    )


def test_somebody_on_both_sides_does_not_answer_their_own_pledge(wanted, group, supplier, people, client):
    pledge = offer(wanted, supplier, 4, people)
    Membership.objects.create(organisation=group, user=people["sam"], admitted_at=timezone.now())
    client.force_login(people["sam"])
    assert client.post(f"/pledges/{pledge.pk}/accept/").status_code == 403
    pledge.refresh_from_db()
    assert pledge.state == "offered"
