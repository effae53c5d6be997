"""Which returns are asked for, and who is reminded of them: once, whatever runs twice."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from returns import answering, deciding, opening, periods, reminders, schedule
from returns.models import Reminder, Return
from suppliers.models import Contract

pytestmark = pytest.mark.django_db
START, END = date(2024, 5, 20), date(2026, 2, 10)


@pytest.mark.parametrize(
    ("value", "every", "first", "last"),
    [
        (1_000_000, "every quarter", ["2024-06-30", "2024-09-30"], "2026-03-31"),
        (999_999, "every half year", ["2024-09-30", "2025-03-31"], "2026-03-31"),
        (None, "every half year", ["2024-09-30", "2025-03-31"], "2026-03-31"),
        (49_999, "at the end of the contract", ["2026-03-31"], "2026-03-31"),
    ],
)
def test_periods_follow_the_size_of_the_contract(value, every, first, last):
    contract = Contract.objects.create(reference="S", title="S", start=START, end=END, value_gbp=value)
    assert schedule.rhythm(contract) == every
    found = schedule.due(contract, START, date(2027, 1, 1))
    assert [f"{end}" for _, end in found][: len(first)] == first
    assert f"{found[-1][1]}" == last
    assert found[0][0] == date(2024, 4, 1)
    assert all((after[0] - before[1]).days == 1 for before, after in pairwise(found))


def test_what_was_over_before_it_was_recorded_here_is_not_asked_for():
    contract = Contract.objects.create(reference="S", title="S", start=START, end=END, value_gbp=2_000_000)
    found = schedule.due(contract, date(2025, 7, 15), date(2025, 12, 31))
    assert found == [(date(2025, 7, 1), date(2025, 9, 30))]


def test_a_small_contract_without_an_end_reports_every_half_year():
    contract = Contract.objects.create(reference="S", title="S", start=START, value_gbp=1)
    assert schedule.rhythm(contract) == "every half year"


def test_returns_are_opened_once_for_contracts_with_a_promise_and_a_supplier(contract, last_quarter):
    Contract.objects.filter(pk=contract.pk).update(created_at=timezone.now() - timedelta(days=120))
    Contract.objects.create(reference="No promise", title="S", value_gbp=2_000_000, supplier=contract.supplier)
    assert schedule.open_due() >= 1
    assert schedule.open_due() == 0
    newest = Return.objects.first()
    assert (newest.contract, newest.last_day) == (contract, last_quarter[1])
    assert newest.due_on == newest.last_day + timedelta(days=30)


@pytest.mark.parametrize(
    ("days", "occasion", "letters"),
    [(-20, "opened", 1), (-7, "soon", 1), (0, "soon", 1), (1, "late", 1), (13, "late", 1), (14, "very_late", 2)],
)
def test_each_occasion_is_written_of_once(owed, mailoutbox, days, occasion, letters):
    day = owed.due_on + timedelta(days=days)
    assert reminders.run(day) == 1
    assert reminders.run(day) == 0
    assert Reminder.objects.get().occasion == occasion
    assert len(mailoutbox) == letters


def test_a_return_that_waits_for_the_manager_is_told_of_again_after_two_weeks(owed, people, mailoutbox):
    answering.nothing(owed, "Nothing was planned", by=people["sam"])
    mailoutbox.clear()
    today = timezone.localdate()
    assert reminders.run(today + timedelta(days=13)) == 0
    assert reminders.run(today + timedelta(days=14)) == 1
    assert reminders.run(today + timedelta(days=15)) == 0
    assert [mail.to for mail in mailoutbox] == [[people["cara"].email]]


def test_a_return_that_is_back_with_its_supplier_is_reminded_of_once(commitment, people):
    today = timezone.localdate()
    first, last = periods.first_of_quarter(today - timedelta(days=100)), periods.first_of_quarter(today)
    of_return = opening.of_period(commitment.contract, first, last - timedelta(days=1))
    given = {commitment.pk: answering.Given(Decimal(3), evidence="Sheets")}
    sent = answering.send(of_return, given, by=people["sam"], is_declared=True)
    deciding.decide(sent, {sent.answers.get().pk: ("query", "Which sheets?")}, by=people["cara"])
    before = len(mail.outbox)
    assert reminders.run(today + timedelta(days=13)) == 0
    assert reminders.run(today + timedelta(days=14)) == 1
    assert reminders.run(today + timedelta(days=15)) == 0
    assert [message.to for message in mail.outbox[before:]] == [["sam@example.org"]]


def test_the_day_says_how_many(owed, capsys):
    call_command("daily")
    assert "returns opened, 1 reminders of returns." in capsys.readouterr().out
