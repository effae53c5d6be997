"""Rule 12 in time: each state that waits is reminded of, once, and ends in a way of its own."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from desk.clocks import end_of_day, passed, working_days_after, working_days_before
from mail.models import Reminder
from requests_app import clocks, deliveries, emails, links, moderation, pledges, standing
from requests_app.models import Pledge, Request, RequestTotals
from tests.conftest import MONDAY, make_commitment, make_organisation, make_request, make_user

pytestmark = pytest.mark.django_db


def again(request):
    return Request.objects.for_page().get(pk=request.pk)


def offer(wanted, supplier, people, quantity=4, **fields):
    return pledges.offer(again(wanted), supplier, Decimal(quantity), by=people["sam"], **fields)


def kinds():
    return sorted(Reminder.objects.values_list("what", flat=True))


def subjects():
    return [message.subject for message in mail.outbox]


@pytest.mark.parametrize("count", range(12))
@pytest.mark.parametrize("start", range(21))
def test_working_days_back_are_working_days_forth(start, count):
    day = (MONDAY + timedelta(days=start + 25)).date()  # Good Friday and Easter Monday among them
    before = working_days_before(day, count)
    assert working_days_after(before, count) <= day < working_days_after(before + timedelta(days=1), count)


def test_a_period_has_passed_from_the_morning_of_its_last_day(now):
    now(0)
    assert passed(2) == end_of_day(MONDAY.date() - timedelta(days=4))  # Thursday


def test_a_pledge_is_reminded_of_twice_and_lapses(wanted, supplier, people, now):
    now(0)
    pledge = offer(wanted, supplier, people)
    assert pledge.answer_due_at == end_of_day(MONDAY.date() + timedelta(days=7))
    seen = []
    for day in range(9):
        for _ in range(3):
            now(day)
            clocks.tick()
        seen.append(len(kinds()))
    assert seen == [0, 0, 1, 1, 2, 2, 2, 2, 2]  # Wednesday, then Friday: one working day is left
    pledge.refresh_from_db()
    assert pledge.state == "lapsed"
    waits = [subject for subject in subjects() if "waits for your answer" in subject]
    assert len(waits) == 2 * len(wanted.organisation.people)


def test_who_answered_is_not_reminded(wanted, supplier, people, now):
    now(0)
    pledges.accept(offer(wanted, supplier, people), by=people["alice"])
    now(2)
    assert clocks.remind() == 0


def test_a_late_pledge_is_refused_before_anything_tidied_it_up(wanted, supplier, people, now):
    now(0)
    pledge = offer(wanted, supplier, people)
    now(8)
    with pytest.raises(ValidationError, match="has lapsed"):
        pledges.accept(Pledge.objects.with_both_sides().get(pk=pledge.pk), by=people["alice"])


def test_at_most_three_pledges_of_a_commitment_wait(group, supplier, commitment, people):
    wanted = [make_request(group, 10, title=f"Need {number}") for number in range(4)]
    for request in wanted[:3]:
        offer(request, supplier, people, 1, commitment=commitment)
    with pytest.raises(ValidationError, match="3 pledges against this commitment wait"):
        offer(wanted[3], supplier, people, 1, commitment=commitment)
    offer(wanted[3], supplier, people, 1)  # against none


def test_a_request_is_asked_about_then_said_to_be_silent_then_paused(wanted, now, client):
    now(0)
    RequestTotals.objects.filter(request=wanted).update(checked_at=timezone.now(), needed_by=None)
    Request.objects.filter(pk=wanted.pk).update(needed_by=None)

    def silent():
        return "has not said for" in client.get(wanted.get_absolute_url()).content.decode()

    for day, reminders, is_silent, state in (
        (27, 0, False, "open"), (28, 1, False, "open"), (50, 1, False, "open"), (51, 2, True, "open"),
        (57, 2, True, "open"), (58, 2, False, "paused"),
    ):  # fmt: skip
        now(day)
        clocks.tick()
        clocks.tick()
        totals = RequestTotals.objects.get(request=wanted)
        assert (len(kinds()), silent(), totals.state) == (reminders, is_silent, state), day


def test_a_stale_request_takes_no_pledge_before_anything_paused_it(wanted, supplier, people, now):
    now(0)
    RequestTotals.objects.filter(request=wanted).update(checked_at=timezone.now())
    now(58)
    with pytest.raises(ValidationError, match="whether this is still needed"):
        offer(wanted, supplier, people)


@pytest.mark.parametrize(("button", "state"), [("needed", "open"), ("got", "closed")])
def test_one_press_of_the_link_answers_and_no_second_does(button, state, wanted, people, now, client):
    now(0)
    row = RequestTotals.objects.get(request=wanted)
    address = reverse("still_needed", args=[links.about_need(row, people["alice"])])
    assert client.get(address).status_code == 200  # a scanner that follows the link changes nothing
    assert RequestTotals.objects.get(request=wanted).checked_at == row.checked_at
    now(1)
    assert "Thank you" in client.post(address, {button: ""}).content.decode()
    row.refresh_from_db()
    assert row.state == state
    assert client.post(address, {"got": ""}).status_code == 404


def test_the_link_of_somebody_who_left_or_a_made_up_one_opens_nothing(wanted, people, client):
    row = RequestTotals.objects.get(request=wanted)
    for token in (links.about_need(row, make_user("stranger")), "forged", "a:b:c"):
        assert client.get(reverse("still_needed", args=[token])).status_code == 404


def test_a_group_that_confirms_nothing_is_reminded_twice_then_the_council_asks(wanted, supplier, people, now):
    now(0)
    commitment = make_commitment(supplier, by=people["cara"])
    commitment.contract.manager = people["cara"]
    commitment.contract.save()
    pledge = offer(wanted, supplier, people, commitment=commitment)
    pledges.accept(pledge, by=people["alice"])
    delivery = deliveries.claim(pledge, Decimal(2), timezone.localdate(), by=people["sam"])
    for day, said in ((2, []), (3, ["confirm"]), (9, ["confirm", "confirm_again"]),
                      (14, ["confirm", "confirm_again", "confirm_council"])):  # fmt: skip
        now(day)
        clocks.tick()
        assert kinds() == said, day
    assert "cara@example.org" in {message.to[0] for message in mail.outbox if "Nobody confirms" in message.subject}
    now(20)
    clocks.tick()
    deliveries.confirm(delivery, by=people["alice"])
    assert len(kinds()) == 3


def test_a_changed_claim_starts_its_clock_anew(wanted, supplier, people, now):
    now(0)
    pledge = offer(wanted, supplier, people)
    pledges.accept(pledge, by=people["alice"])
    delivery = deliveries.claim(pledge, Decimal(2), timezone.localdate(), by=people["sam"])
    now(3)
    clocks.tick()
    deliveries.dispute(delivery, "One only", by=people["alice"])
    deliveries.amend(delivery, Decimal(1), "One, sorry", by=people["sam"])
    now(4)
    clocks.tick()
    assert kinds() == ["confirm"]
    now(8)
    clocks.tick()
    assert kinds() == ["confirm", "confirm"]


def test_a_group_hears_when_its_moderator_is_late(group, people, now):
    now(0)
    row = make_request(group, live=False, title="Chairs", needed_by=MONDAY.date() + timedelta(days=60))
    moderation.submit(row, by=people["alice"])
    now(3)
    clocks.tick()
    assert kinds() == []
    now(4)
    clocks.tick()
    clocks.tick()
    assert kinds() == ["moderation_late"]
    assert [subject for subject in subjects() if subject.startswith("It takes longer")]


def test_what_fails_while_it_is_written_is_written_at_the_next_turn(wanted, supplier, people, now, monkeypatch):
    now(0)
    offer(wanted, supplier, people)
    now(2)
    with monkeypatch.context() as patch, pytest.raises(RuntimeError):
        patch.setattr(emails, "pledge_waits", lambda pledge: (_ for _ in ()).throw(RuntimeError))
        clocks.remind()
    assert kinds() == []
    assert clocks.remind() == 1


def test_silence_is_nothing_before_a_request_was_published():
    assert standing.silence(None) is None


def test_another_organisation_is_not_told(wanted, supplier, people, now):
    make_organisation("Elsewhere", "vcse", make_user("else"))
    now(0)
    offer(wanted, supplier, people)
    mail.outbox.clear()
    now(2)
    clocks.tick()
    assert {message.to[0] for message in mail.outbox} == {person.email for person in wanted.organisation.people}
