"""Delivery plans: versions that add up to the promise, what they expect by a day, and what is behind."""

from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from json import loads

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from returns import lines as returns
from suppliers import commitments, pace, plans, top
from suppliers.models import Commitment, CommitmentBalance, Contract, DeliveryPlan, DeliveryTarget
from suppliers.pace import Pace, Plan
from tests.conftest import collapsed, make_commitment, markup

START = date(2024, 4, 1)
TWO_YEARS = Plan(START, ((date(2025, 3, 31), Decimal(40)), (date(2026, 3, 31), Decimal(100))))
HEADINGS = (
    "contract_reference,supplier,commitment_ref,version,agreed_on,measure,unit,quantity,start,end,plan_kind,plan,reason"
)


@pytest.mark.parametrize(
    ("day", "amount"),
    [
        (date(2024, 3, 31), 0),
        (date(2024, 4, 1), Fraction(40, 365)),
        (date(2025, 3, 31), 40),
        (date(2025, 4, 1), 40 + Fraction(60, 365)),
        (date(2026, 3, 31), 100),
        (date(2030, 1, 1), 100),
        (date(2020, 1, 1), 0),
    ],
)
def test_what_is_expected_by_a_day(day, amount):
    assert pace.expected(TWO_YEARS, day) == amount


def test_a_plan_of_one_day_expects_nothing_before_and_all_on_it():
    plan = Plan(START, ((START, Decimal(5)),))
    assert [pace.expected(plan, START + timedelta(days=days)) for days in (-1, 0, 1)] == [0, 5, 5]


@given(st.integers(-50, 900), st.integers(0, 60))
def test_expected_never_falls(day, later):
    one, other = (pace.expected(TWO_YEARS, START + timedelta(days=days)) for days in (day, day + later))
    assert 0 <= one <= other <= 100


@pytest.mark.parametrize(
    ("confirmed", "due", "day", "is_called"),
    [
        (0, 0, 400, Pace.NOT_DUE), (5, 0, 400, Pace.NOT_DUE), (111, 100, 10, Pace.AHEAD), (110, 100, 10, Pace.ON_TRACK),
        (90, 100, 400, Pace.ON_TRACK), ("89.99", 100, 400, Pace.BEHIND), (0, 1, 91, Pace.BEHIND),
        (0, 1, 90, Pace.STARTING), (2, 1, 3, Pace.AHEAD),
    ],
)  # fmt: skip
def test_how_pace_is_called(confirmed, due, day, is_called):
    is_starting = START + timedelta(days=day) < TWO_YEARS.settled_on
    assert pace.pace_of(Decimal(confirmed), Fraction(due), is_starting) == is_called


def test_periods_follow_the_contract_and_the_last_is_cut_short():
    end = date(2026, 3, 31)
    assert plans.periods(date(2023, 10, 1), end, "yearly") == [date(2024, 9, 30), date(2025, 9, 30), end]
    quarters = plans.periods(date(2024, 1, 31), date(2024, 12, 31), "quarterly")
    assert quarters == [date(2024, 4, 29), date(2024, 7, 30), date(2024, 10, 30), date(2024, 12, 31)]


@pytest.mark.parametrize(
    ("promised", "unit", "parts"),
    [(10, "people", [3, 4, 3]), (100, "hours", ["33.33", "33.34", "33.33"]), (0, "items", [0, 0, 0])],
)
def test_equal_parts_add_up(promised, unit, parts):
    found = plans.equal_parts(Decimal(promised), unit, 3)
    assert found == [Decimal(part) for part in parts]


@pytest.fixture
def planned(supplier, people):
    made = make_commitment(supplier, 100, by=people["cara"])
    Contract.objects.update(start=START, end=date(2026, 3, 31), manager=people["cara"])
    return Commitment.objects.select_related("contract", "balance").get(pk=made.pk)


LINES = [(date(2025, 3, 31), Decimal(40)), (date(2026, 3, 31), Decimal(100))]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("lines", "more", "words"),
    [
        ([], {}, "one or more days"),
        ([(date(2026, 3, 31), Decimal(90))], {}, "must end with what is promised"),
        ([*LINES[:1], (date(2025, 6, 1), Decimal(39)), LINES[1]], {}, "as the day before, or more"),
        ([LINES[0], *LINES], {}, "one or more days"),
        ([(date(2024, 3, 31), Decimal(1)), *LINES], {}, "begins on 1 April 2024"),
        (LINES, {"reason": "\u200b "}, "Say why"),
        (LINES, {"agreed_on": date(2099, 1, 1)}, "agreed today or earlier"),
    ],
)
def test_what_is_no_plan(planned, people, lines, more, words):
    with pytest.raises(ValidationError, match=words):
        commitments.plan(planned, lines, **{"by": people["cara"], "reason": "Agreed"} | more)
    assert not DeliveryPlan.objects.exists()


@pytest.mark.django_db
def test_nobody_plans_for_their_own_side_or_what_is_withdrawn(planned, people):
    with pytest.raises(ValidationError):
        commitments.plan(planned, LINES, by=people["sam"], reason="Agreed")
    commitments.withdraw(planned, "Sold", by=people["cara"])
    with pytest.raises(ValidationError, match="is withdrawn"):
        commitments.plan(planned, LINES, by=people["cara"], reason="Agreed")


@pytest.mark.django_db
def test_a_plan_is_written_on_its_screen_and_a_new_version_leaves_the_old(planned, people, client):
    client.force_login(people["cara"])
    address = reverse("plan_write", args=[planned.pk])
    first = markup(client.get(address))
    assert "31/03/2025: 50" in first
    assert 'value="2024-04-01"' in first
    assert "30/06/2024: 12.5" in markup(client.get(address, {"rhythm": "quarterly"}))
    posted = {"lines": "31/03/2025: 40\r\n31/03/2026\t60", "starts_on": "2024-04-01", "agreed_on": "2024-05-01",
              "start_up_days": "91"}  # fmt: skip
    assert "must end with what is promised, 100 hours" in markup(
        client.post(address, posted | {"lines": "31/03/2026: 90", "reason": "Agreed"})
    )
    wrong = markup(client.post(address, posted | {"lines": "soon: 100", "reason": "Agreed"}))
    assert "Line 1, “soon: 100”: write a day, a colon and a number" in wrong
    client.post(address, posted | {"reason": "Agreed at award"})
    client.post(address, posted | {"lines": "31/03/2026: 100", "reason": "A later start", "agreed_on": "2024-09-01"})
    first, second = DeliveryPlan.objects.order_by("version")
    assert [(first.version, first.reason), (second.version, second.reason)] == [
        (1, "Agreed at award"), (2, "A later start"),
    ]  # fmt: skip
    assert list(first.targets.values_list("due_on", "quantity_in_all")) == LINES
    assert plans.in_force([planned.pk])[planned.pk].points == ((date(2026, 3, 31), 100),)


@pytest.mark.django_db
def test_varying_a_promise_cuts_its_plan_anew(planned, people):
    commitments.plan(planned, LINES, by=people["cara"], reason="Agreed")
    commitments.vary(planned, Decimal(50), by=people["cara"], reason="Halved")
    plan = plans.current(planned)
    assert (plan.version, plan.reason, plan.starts_on) == (2, "Halved", START)
    assert [target.quantity_in_all for target in plans.targets(planned)] == [20, 50]


@pytest.mark.django_db
def test_pages_say_what_is_expected_and_who_is_behind(planned, people, client):
    with time_machine.travel("2025-03-31 12:00", tick=False):
        commitments.plan(planned, LINES, by=people["cara"], reason="Agreed")
        returns.record(planned, Decimal(10), date(2025, 1, 10), "Seen", by=people["cara"])
        client.force_login(people["cara"])
        page = collapsed(client.get(planned.get_absolute_url()).content.decode())
        assert "<strong>Behind.</strong> Expected by today: 40 hours. Confirmed: 10 hours, 30 hours less." in page
        page = collapsed(client.get(planned.contract.get_absolute_url()).content.decode())
        asked = f"unit=hours&amp;contract={planned.contract_id}&amp;as_at=2025-03-31"
        assert f'<a class="govuk-link" href="/figures/planned_expected/?{asked}">40 hours</a></td>' in page
        assert "1 commitment of yours is behind its plan" in markup(client.get(reverse("dashboard")))
        mine = markup(client.get(reverse("behind_plan")))
        assert "30 hours" in mine
        client.force_login(people["pat"])
        assert "None of these contracts has a commitment" in markup(client.get(reverse("behind_plan")))
        assert "30 hours" in markup(client.get(reverse("behind_plan"), {"whose": "all"}))
        returns.record(planned, Decimal(30), date(2025, 1, 11), "Seen", by=people["cara"])
        assert "Nothing is behind: all 1" in markup(client.get(reverse("behind_plan"), {"whose": "all"}))


def imported(tmp_path, *rows):
    path = tmp_path / "plans.csv"
    path.write_text("\n".join([HEADINGS, *rows]))
    out = StringIO()
    with suppress(SystemExit):
        call_command("import_plans", str(path), "--json", stdout=out)
    return loads(out.getvalue())


TERM = "2023-04-01,2026-03-31,yearly"
FIRST = f"K-1,Acme,SV-1,1,2023-02-20,Mentoring,hours,90,{TERM},2024-03-31=30 2025-03-31=30 2026-03-31=30,"
SECOND = f"K-1,Acme,SV-1,2,2024-06-01,Mentoring,hours,60,{TERM},2024-03-31=30 2025-03-31=15 2026-03-31=15,Less staff"


@pytest.mark.django_db
def test_versions_of_promises_are_imported_once(tmp_path):
    report = imported(tmp_path, SECOND, FIRST)
    assert (report["saved"], report["created"]) == (True, 2), report
    commitment = Commitment.objects.get(external_reference="SV-1")
    assert (commitment.contract.reference, commitment.contract.supplier_name) == ("K-1", "Acme")
    assert CommitmentBalance.objects.get(commitment=commitment).promised == 60
    assert list(commitment.plans.values_list("version", "agreed_on", "rhythm")) == [
        (1, date(2023, 2, 20), "yearly"), (2, date(2024, 6, 1), "yearly"),
    ]  # fmt: skip
    entries = commitment.entries.filter(account="promised").order_by("pk")
    assert list(entries.values_list("amount", "happened_on")) == [(90, date(2023, 2, 20)), (-30, date(2024, 6, 1))]
    before = DeliveryTarget.objects.count()
    again = imported(tmp_path, FIRST, SECOND)
    assert (again["saved"], again["created"], again["unchanged"]) == (True, 0, 2)
    assert DeliveryTarget.objects.count() == before
    assert Contract.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "code"),
    [
        (FIRST.replace("2026-03-31=30", "2026-03-31=31"), "plan_does_not_add_up"),
        (FIRST.replace("2026-03-31=30", "2027-03-31=30"), "plan_out_of_order"),
        (FIRST.replace("2024-03-31=30", "soon=30"), "not_a_plan"),
        (FIRST.replace(",1,2023", ",one,2023"), "not_a_version"),
        (SECOND, "version_missing"),
        (FIRST.replace("2023-02-20", "2099-02-20"), "agreed_later"),
    ],
)
def test_what_can_not_be_a_version_is_named_by_its_cell(tmp_path, row, code):
    report = imported(tmp_path, row)
    assert {problem["code"] for problem in report["errors"]} == {code, "no_rows"}
    assert not Commitment.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("2024-03-31=30 2025-03-31=30", "2024-03-31=20 2025-03-31=40"), "version_differs"),
        (("K-1", "K-2"), "another_commitment"),
        (("hours", "days"), "another_commitment"),
    ],
)
def test_what_is_kept_does_not_change_by_an_import(tmp_path, change, code):
    assert imported(tmp_path, FIRST)["saved"]
    report = imported(tmp_path, FIRST.replace(*change))
    assert {problem["code"] for problem in report["errors"]} == {code, "no_rows"}
    assert CommitmentBalance.objects.get().promised == 90


@pytest.mark.django_db
def test_a_plan_says_for_how_long_nothing_is_called_behind(planned, people, client):
    client.force_login(people["cara"])
    address = reverse("plan_write", args=[planned.pk])
    posted = {"lines": "31/03/2025: 40\r\n31/03/2026: 60", "starts_on": "2024-04-01", "agreed_on": "2024-05-01",
              "reason": "Agreed", "start_up_days": "200"}  # fmt: skip
    assert "less than or equal to 366" in markup(client.post(address, posted | {"start_up_days": "367"}))
    client.post(address, posted)
    known = plans.in_force([planned.pk])[planned.pk]
    assert known.settled_on == date(2024, 10, 18)
    with_balance = Commitment.objects.select_related("balance").get(pk=planned.pk)
    last, first = date(2024, 10, 17), date(2024, 10, 18)
    assert [pace.standing(with_balance, known, day).pace for day in (last, first)] == [Pace.STARTING, Pace.BEHIND]
    contract = top.contracts(first)[0]
    assert [contract.standings(day)[0].pace for day in (last, first)] == [Pace.STARTING, Pace.BEHIND]
    assert "In the first 200 days from 1 April 2024" in collapsed(
        client.get(planned.get_absolute_url()).content.decode()
    )
    commitments.vary(planned, Decimal(50), by=people["cara"], reason="Halved")
    assert plans.current(planned).start_up_days == 200
    with pytest.raises(ValidationError, match="from 0 to 366"):
        commitments.plan(planned, [(date(2026, 3, 31), Decimal(50))], by=people["cara"], reason="So", start_up_days=367)


@pytest.mark.django_db
def test_milestones_stay_with_their_days_and_are_never_lost(planned, people, client):
    client.force_login(people["cara"])
    address = reverse("plan_write", args=[planned.pk])
    lines = "31/12/2024: 0; The workshop is open: at last\r\n31/03/2025\t40\tFirst group = trained\r\n31/03/2026 = 60"
    posted = {"lines": lines, "starts_on": "2024-04-01", "agreed_on": "2024-05-01", "reason": "Agreed",
              "start_up_days": "91"}  # fmt: skip
    client.post(address, posted)

    def kept():
        return [(line.due_on, line.milestone) for line in plans.targets(planned) if line.milestone]

    first, second = date(2024, 12, 31), date(2025, 3, 31)
    assert kept() == [(first, "The workshop is open: at last"), (second, "First group = trained")]
    assert "31/12/2024: 0; The workshop is open: at last" in markup(client.get(address))
    assert "The workshop is open: at last" in markup(client.get(planned.get_absolute_url()))
    commitments.vary(planned, Decimal(50), by=people["cara"], reason="Halved")
    assert len(kept()) == 2
    year = [(date(2025, 3, 30), Decimal(20)), (date(2026, 3, 31), Decimal(50))]
    commitments.plan(planned, year, by=people["cara"], reason="By other days")
    assert kept() == [
        (date(2025, 3, 30), "The workshop is open: at last"), (date(2026, 3, 31), "First group = trained"),
    ]  # fmt: skip
    commitments.plan(planned, year[1:], by=people["cara"], reason="One day")
    assert kept() == [(date(2026, 3, 31), "The workshop is open: at last; First group = trained")]
    with pytest.raises(ValidationError, match="lies on a day of the plan"):
        commitments.plan(planned, year, by=people["cara"], reason="So", milestones={date(2025, 1, 1): "Open"})
    assert plans.milestones([planned.pk], date(2026, 3, 1), date(2026, 3, 31)).keys() == {planned.pk}
    assert plans.milestones([planned.pk], date(2024, 12, 1), date(2025, 3, 31)) == {}  # those versions are over
