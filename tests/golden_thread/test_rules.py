"""The rules of decision 27 against a second reckoning of them: what decides a figure lies inside its days."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from golden_thread import figures as pages
from golden_thread import metrics, records, rules, training
from golden_thread.models import ContractRecord, Extract, GoldenThreadRules, ProjectRecord
from golden_thread.worklist import worklist
from tests.conftest import collapsed
from tests.golden_thread.conftest import CONTRACTS, PROJECTS, figures, run

pytestmark = pytest.mark.django_db
D = date(2025, 2, 28)


def project(number, status, day, recorded="No", directorate="Place"):
    return [f"PM3-{number:05}", "Works", directorate, "Ann", status, day, recorded, ""]


def contract(reference, day, plan="", status="Live"):
    return [reference, "Works", "Acme Ltd", day, plan, status, "1"]


def hand_in(write, projects, contracts, day=D):
    for command, rows in (("projects", [PROJECTS[0], *projects]), ("contracts", [CONTRACTS[0], *contracts])):
        status, report = run(f"import_{command}", write(rows, f"{command}-{day}.csv"), "--as-at", str(day))
        assert (status, report["saved"]) == (0, True), report["errors"]


def metric_of(name, day=D, *options):
    return figures(day, *options)[1]["metrics"][name]


def test_a_plan_id_used_again_is_judged_by_the_row_inside_the_window(write, db):
    hand_in(
        write,
        [
            project(1, "Completed", "10/03/2023", "Yes", "Care"),
            project(1, "Completed", "10/01/2025"),
            project(2, "Completed", "", "Yes"),
            project(2, "Completed", "11/01/2025"),
            project(3, "In progress", "12/01/2025", "Yes"),
            project(3, "Completed", "12/01/2025"),
        ],
        [contract("C-1", "01/02/2025")],
    )
    metric = metric_of("social_value_recorded")
    assert (metric["numerator_ids"], metric["denominator_ids"]) == ([], [1, 2, 3])
    shares = {share.name: (share.recorded, share.completed) for share in pages.report(D, rules.current()).directorates}
    assert shares["Place"] == (0, 3)
    assert "Care" not in shares


def test_a_contract_signed_again_is_judged_by_the_signature_inside_the_days(write, db):
    hand_in(
        write,
        [project(1, "Completed", "10/01/2025", "Yes")],
        [contract("C-1", "03/05/2021", "PM3-00001"), contract("c- 1", "03/05/2024"), contract("C-2", "", "PM3-00001")],
    )
    for name in ("linked_rolling", "linked_since_go_live"):
        metric = metric_of(name)
        assert (metric["numerator_ids"], metric["denominator_ids"]) == ([], ["C-1"])
        assert metric["excluded"] == {"no_usable_date": ["C-2"]}


def test_both_link_figures_begin_at_go_live(write, db):
    hand_in(
        write,
        [project(1, "Completed", "10/01/2025", "Yes")],
        [
            contract("C-1", "30/09/2024", "PM3-00001"),
            contract("C-2", "01/10/2024", "PM3-00001"),
            contract("C-3", "01/01/2025"),
            contract("C-4", "01/01/2020", "PM3-00001"),
        ],
    )
    for name in ("linked_rolling", "linked_since_go_live"):
        metric = metric_of(name, D, "--go-live", "2024-10-01")
        assert (metric["numerator_ids"], metric["denominator_ids"]) == (["C-2"], ["C-2", "C-3"])
        assert metric["excluded"] == {"before_go_live": ["C-1", "C-4"]}
    GoldenThreadRules.objects.update_or_create(defaults={"go_live": date(2024, 10, 1)})
    shares = {share.name: (share.linked, share.contracts) for share in pages.report(D, rules.current()).directorates}
    assert shares == {"Place": (0, 0), "Not known": (1, 2)}  # these contracts name no directorate
    *_, (day, percents, _) = pages.series(D, rules.current())
    assert (day, percents["linked_rolling"], percents["linked_since_go_live"]) == (D, 50.0, 50.0)


def test_completed_and_cancelled_both_counts_and_is_on_the_worklist(write, db):
    hand_in(
        write,
        [project(1, "Completed", "10/01/2025", "Yes"), project(1, "Cancelled", "01/02/2025")],
        [contract("C-1", "01/02/2025", "1")],
    )
    assert metric_of("social_value_recorded")["numerator_ids"] == [1]
    assert "Both completed and cancelled" in [row.why for row in worklist(D, rules.current())]


def test_training_is_judged_by_each_row_of_its_own_day(write, db):
    hand_in(
        write,
        [project(1, "Completed", "10/03/2023", "Yes"), project(1, "Completed", "10/01/2025")],
        [contract("C-1", "03/05/2021", "1"), contract("C-1", "03/05/2024")],
    )
    found = training.deeds(records.load(D, rules.current()))
    assert {(day, kind, done) for _, day, kind, done in found} == {
        (date(2023, 3, 10), "recorded", True),
        (date(2025, 1, 10), "recorded", False),
        (date(2021, 5, 3), "linked", True),
        (date(2024, 5, 3), "linked", False),
    }


def test_days_after_the_last_whole_month_are_not_called_the_future(write, db):
    hand_in(write, [project(1, "Completed", "10/02/2025", "Yes")], [contract("C-1", "10/02/2025")], date(2025, 2, 20))
    metric = metric_of("social_value_recorded", date(2025, 2, 20), "--window", "whole_calendar_months")
    assert metric["excluded"] == {"after_the_window": [1]}


def test_the_page_says_why_a_window_after_a_leap_day_is_longer(write, client, db):
    hand_in(write, [project(1, "Completed", "10/01/2025", "Yes")], [contract("C-1", "01/02/2025", "1")])
    page = client.get(reverse("golden_thread")).content.decode()
    assert "29 February 2024 has no day of its own in 2025" in collapsed(page)


DAYS = st.one_of(st.none(), st.integers(-900, 60).map(lambda days: D + timedelta(days)))
PROJECT_ROWS = st.lists(
    st.tuples(st.integers(1, 4), st.sampled_from(["Completed", "Cancelled", "In progress"]), DAYS, st.booleans()),
    min_size=1,
    max_size=12,
)
CONTRACT_ROWS = st.lists(
    st.tuples(st.sampled_from(["A", "B", "C"]), st.booleans(), DAYS, st.sampled_from([None, 1, 2, 9])),
    min_size=1,
    max_size=12,
)


def expected_recorded(rows, first, last):
    inside = [row for row in rows if row[1] == "Completed" and row[2] and first <= row[2] <= last]
    return sorted({row[0] for row in inside if row[3]}), sorted({row[0] for row in inside})


def expected_linked(rows, plans, first, last):
    inside = [row for row in rows if row[1] and row[2] and first <= row[2] <= last]
    return sorted({row[0] for row in inside if row[3] in plans}), sorted({row[0] for row in inside})


def stored(projects, contracts):
    """The Thread of an extract of each system with these rows."""
    of_projects, of_contracts = (
        Extract.objects.create(system=system, as_at=D, digest="x", name="x", rows=1)
        for system in (Extract.System.PROJECTS, Extract.System.CONTRACTS)
    )
    ProjectRecord.objects.bulk_create(
        ProjectRecord(
            extract=of_projects, line=line, plan_id_as_typed=str(number), plan_number=number, status=status,
            completed_on=day, recorded=said,
        )
        for line, (number, status, day, said) in enumerate(projects)
    )  # fmt: skip
    ContractRecord.objects.bulk_create(
        ContractRecord(
            extract=of_contracts, line=line, reference=name, reference_key=name, status="Live" if live else "Void",
            signed_on=day, plan_numbers=f" {plan} " if plan else "",
        )
        for line, (name, live, day, plan) in enumerate(contracts)
    )  # fmt: skip
    return records.read(of_projects, of_contracts, rules.current())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PROJECT_ROWS, CONTRACT_ROWS, st.integers(-800, 30), st.integers(-60, 0))
def test_any_rows_any_go_live_any_day(db, projects, contracts, go_live, back):
    with transaction.atomic():
        as_at, go_live = D + timedelta(back), D + timedelta(go_live)
        counted = rules.current(go_live=go_live)
        thread = stored(projects, contracts)
        thread.rules = counted
        found = metrics.measure(as_at, counted, thread).metrics
        year_before = date(as_at.year - 1, as_at.month, as_at.day) + timedelta(1)
        plans = {row[0] for row in projects}
        wanted = {
            "social_value_recorded": expected_recorded(projects, year_before, as_at),
            "linked_rolling": expected_linked(contracts, plans, max(year_before, go_live), as_at),
            "linked_since_go_live": expected_linked(contracts, plans, go_live, as_at),
        }
        everything = defaultdict(lambda: {row[0] for row in contracts}, social_value_recorded=plans)
        for name, (done, counted_ids) in wanted.items():
            metric = found[name]
            assert (metric.numerator_ids, metric.denominator_ids) == (done, counted_ids), name
            left_out = [key for ids in metric.excluded.values() for key in ids]
            assert sorted([*counted_ids, *left_out]) == sorted(everything[name])
            percent = Decimal(100 * len(done)) / len(counted_ids) if counted_ids else None
            rounded = percent and float(percent.quantize(Decimal("0.01"), ROUND_HALF_UP))
            assert metric.percent == (rounded if counted_ids else None)
        transaction.set_rollback(True)


def test_without_a_day_the_newest_extracts_answer_and_are_named(write, db, capsys):
    hand_in(write, [project(1, "Completed", "10/01/2025", "Yes")], [contract("C-1", "01/02/2025", "1")])
    whole = run("golden_thread")[1]
    assert whole["as_at"] == "2025-02-28"
    assert whole["extracts"] == {
        "projects": {"as_at": "2025-02-28", "older_than_asked": False},
        "contracts": {"as_at": "2025-02-28", "older_than_asked": False},
    }
    later = figures("2025-06-30")[1]
    assert later["extracts"]["projects"] == {"as_at": "2025-02-28", "older_than_asked": True}
