"""Letters about delivery plans: one a contract and moment, never twice, and in good time."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mail.composing import KIND_HEADER
from suppliers import agreeing, clocks, commitments, plans
from suppliers.models import Commitment, Contract
from tests.conftest import make_commitment, markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(supplier, people):
    """Two plans of one contract, managed by Cara."""
    made = []
    for n, quantity in enumerate((100, 40)):
        commitment = make_commitment(supplier, quantity, by=people["cara"], wording=f"Promise {n}")
        day = timezone.localdate() + timedelta(days=300)
        made.append(plans.write(commitment, [(day, Decimal(quantity))], by=people["cara"], reason="Agreed"))
    Contract.objects.update(manager=people["cara"])
    return made


def letters(outbox):
    return sorted((message.extra_headers[KIND_HEADER], message.to[0]) for message in outbox)


def last(outbox, kind):
    return next(message.body for message in reversed(outbox) if message.extra_headers[KIND_HEADER] == kind)


def later(**by):
    return timezone.now() + timedelta(**by)


def test_a_contracts_plans_are_told_together_when_the_last_was_written_an_hour_ago(two, people, mailoutbox):
    assert clocks.remind(later(minutes=59)) == 0
    assert clocks.remind(later(minutes=61)) == 1
    assert clocks.remind(later(days=3)) == 0
    ((kind, to),) = letters(mailoutbox)
    text = last(mailoutbox, kind)
    assert (kind, to) == ("plans_wait", people["sam"].email)
    assert "Promise 0" in text and "Promise 1" in text
    due = two[0].answer_by
    assert text.count(f"(by {due:%-d %B %Y})") == 2


def test_when_the_time_is_up_both_sides_are_told_once(two, people, mailoutbox):
    clocks.remind(later(hours=2))
    agreeing.answer(two[0], True, "", by=people["sam"])
    assert clocks.tell_of_waiting(later(days=14, hours=1)) == 0
    assert clocks.tell_of_waiting(later(days=15, hours=1)) == 2, "one to each side"
    assert clocks.tell_of_waiting(later(days=16)) == 0
    kinds = [kind for kind, _ in letters(mailoutbox)]
    assert kinds == ["plans_unanswered", "plans_wait", "plans_wait"]
    assert "Promise 0" not in last(mailoutbox, "plans_unanswered")


def test_answers_are_told_together_and_what_comes_later_apart(two, people, mailoutbox):
    agreeing.answer(two[0], False, "Too early", by=people["sam"])
    agreeing.answer(two[1], True, "", by=people["sam"])
    assert clocks.tell_of_answers(later(minutes=59)) == 0
    assert clocks.tell_of_answers(later(minutes=61)) == 1
    assert clocks.tell_of_answers(later(hours=9)) == 0
    text = last(mailoutbox, "plans_answered")
    assert "Promise 0: Not accepted: Too early (Sam)" in text and "Promise 1: Accepted (Sam)" in text
    commitments.vary(two[1].commitment, Decimal(50), by=people["cara"], reason="More")
    agreeing.answer(plans.current(two[1].commitment), True, "", by=people["sam"])
    assert clocks.tell_of_answers(later(hours=9)) == 1
    assert "Promise 0" not in last(mailoutbox, "plans_answered")


def test_a_letter_that_fails_is_written_at_the_next_turn(two, people, monkeypatch):
    agreeing.answer(two[0], False, "Too early", by=people["sam"])
    agreeing.answer(two[1], True, "", by=people["sam"])
    monkeypatch.setattr("suppliers.emails.send", lambda *args, **words: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        clocks.tell_of_answers(later(hours=2))
    monkeypatch.undo()
    assert clocks.tell_of_answers(later(hours=2)) == 1


def test_nobody_is_told_of_a_plan_that_is_past(two, people):
    commitments.withdraw(two[0].commitment, "Not theirs", by=people["cara"])
    agreeing.answer(two[1], True, "", by=people["sam"])
    assert clocks.tell_of_waiting(later(days=20)) == 0


def test_a_plan_that_was_refused_waits_for_the_manager_and_stands_on_the_contract(two, people, client):
    agreeing.answer(two[0], False, "Too early", by=people["sam"])
    assert agreeing.refused(Commitment.objects.all()) == [two[0]]
    client.force_login(people["cara"])
    address = reverse("plan_write", args=[two[0].commitment_id])
    home = markup(client.get(reverse("wagtailadmin_home")))
    assert "Change the delivery plan that its supplier did not accept" in home and address in home
    page = markup(client.get(two[0].commitment.contract.get_absolute_url()))
    assert "The supplier did not accept the plan of" in page
    day = timezone.localdate() + timedelta(days=300)
    plans.write(two[0].commitment, [(day, Decimal(100))], by=people["cara"], reason="Later")
    assert agreeing.refused(Commitment.objects.all()) == []


def test_an_answer_in_between_brings_no_second_letter(two, people, mailoutbox):
    clocks.remind(later(hours=2))
    agreeing.answer(two[1], True, "", by=people["sam"])
    assert clocks.tell_of_waiting(later(hours=3)) == 0
    clocks.tell_of_waiting(later(days=15))
    assert clocks.tell_of_waiting(later(days=16)) == 0


def test_a_late_letter_names_what_is_late_alone_and_when_it_was_due(two, people, supplier, mailoutbox):
    with time_machine.travel(later(days=10)):
        third = make_commitment(supplier, 7, by=people["cara"], wording="Promise 2")
        day = timezone.localdate() + timedelta(days=300)
        plans.write(third, [(day, Decimal(7))], by=people["cara"], reason="Agreed")
    assert clocks.tell_of_waiting(later(days=15)) == 3
    to_supplier = [message for message in mailoutbox if message.to == [people["sam"].email]]
    late, new = (message.body for message in to_supplier[-2:])
    assert "Promise 0 (it was due by" in late and "Promise 2" not in late and "the time for it is over" in late
    assert "Promise 2 (by" in new and "Promise 0" not in new


def test_a_letter_waits_until_somebody_acts_for_the_supplier_and_none_goes_after_the_end(two, people, mailoutbox):
    supplier = two[0].commitment.contract.supplier
    Contract.objects.update(supplier=None)
    assert clocks.tell_of_waiting(later(days=20)) == 1, "the manager alone"
    assert [message.to for message in mailoutbox] == [[people["cara"].email]]
    Contract.objects.update(supplier=supplier)
    assert clocks.tell_of_waiting(later(days=20)) == 1
    assert mailoutbox[-1].to == [people["sam"].email]
    mailoutbox.clear()
    Contract.objects.update(end=timezone.localdate())
    commitments.vary(two[1].commitment, Decimal(50), by=people["cara"], reason="More")
    assert clocks.tell_of_waiting(later(days=3)) == 0


def test_clocks_ask_no_more_often_for_three_answers(two, people, supplier, django_assert_num_queries):
    agreeing.answer(two[0], True, "", by=people["sam"])
    with CaptureQueriesContext(connection) as first:
        clocks.tell_of_answers(later(minutes=1))
    agreeing.answer(two[1], True, "", by=people["sam"])
    with django_assert_num_queries(len(first)):
        clocks.tell_of_answers(later(minutes=1))
