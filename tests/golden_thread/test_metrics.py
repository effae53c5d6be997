"""The published percentages, reckoned by hand on small extracts: who counts, who is left out and why."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from golden_thread import rules
from golden_thread.models import Extract, GoldenThreadRules
from tests.conftest import make_commitment
from tests.golden_thread.conftest import CONTRACTS, DAY, PROJECTS, figures, run

pytestmark = pytest.mark.django_db


def test_completed_projects_with_social_value_recorded(extracts):
    metric = figures()[1]["metrics"]["social_value_recorded"]
    assert metric["denominator_ids"] == [1, 2, 8, 9]
    assert metric["numerator_ids"] == [1, 8]
    assert metric["percent"] == 50.0
    assert metric["excluded"] == {
        "before_the_window": [3],
        "cancelled": [5],
        "in_the_future": [4],
        "no_usable_date": [6],
        "not_completed": [7],
        "plan_id_not_readable": ["PM3-O0010"],
    }


def test_contracts_linked_in_the_rolling_year(extracts):
    metric = figures()[1]["metrics"]["linked_rolling"]
    assert metric["denominator_ids"] == ["C-1", "C-2", "C-3", "C-4", "C-5"]
    assert metric["numerator_ids"] == ["C-1", "C-2", "C-5"]
    assert metric["excluded"] == {
        "before_go_live": ["C-11"],
        "before_the_window": ["C-10", "C-9"],
        "in_the_future": ["C-8"],
        "no_usable_date": ["C-7"],
        "void": ["C-6"],
    }


def test_contracts_linked_since_go_live(extracts):
    metric = figures()[1]["metrics"]["linked_since_go_live"]
    assert metric["denominator_ids"] == ["C-1", "C-10", "C-2", "C-3", "C-4", "C-5", "C-9"]
    assert metric["numerator_ids"] == ["C-1", "C-10", "C-2", "C-5", "C-9"]
    assert metric["excluded"]["before_go_live"] == ["C-11"]


def test_everything_counted_or_left_out_is_named_once(extracts):
    found = figures()[1]["metrics"]
    for name, count in (("social_value_recorded", 10), ("linked_rolling", 11), ("linked_since_go_live", 11)):
        metric = found[name]
        ids = [*metric["denominator_ids"], *(one for listed in metric["excluded"].values() for one in listed)]
        assert len(ids) == len(set(ids)) == count
        assert set(metric["numerator_ids"]) <= set(metric["denominator_ids"])


def test_findings_name_what_somebody_has_to_look_at(extracts):
    found = figures()[1]["findings"]
    assert found["duplicates"]["projects"] == [{"id": 8, "lines": [9, 11], "sv_conflict": True}]
    assert found["duplicates"]["contracts"] == [{"ref": "C-5", "lines": [6, 13], "pm3_values": ["TBC", "PM3-00009"]}]
    assert found["orphans"] == [{"ref": "C-3", "pm3": ["PM3-77777"]}]
    assert found["unparseable"] == [{"ref": "C-4", "pm3": ["PM3 pending"]}]
    assert found["future_dated"] == {
        "projects": [{"id": 4, "date": "2026-03-01"}],
        "contracts": [{"ref": "C-8", "date": "2026-03-01"}],
    }
    assert found["void"] == ["C-6"]
    assert found["blank_date"] == {"projects": [6], "contracts": ["C-7"]}
    assert found["cancelled_in_window"] == [5]
    assert found["dated_but_not_completed"] == [7]
    assert found["on_go_live_day"] == ["C-10"]
    assert found["day_before_go_live"] == ["C-11"]
    assert found["plan_id_not_readable"] == [{"line": 12, "plan_id": "PM3-O0010"}]


def test_spend_is_joined_by_reference(extracts, supplier, people):
    make_commitment(supplier, 10, by=people["cara"], reference="C-1")
    spent = figures()[1]["metrics"]["spend_linked"]
    assert (spent["numerator_ids"], spent["denominator_ids"]) == (["C-1"], ["C-1", "x-404"])
    assert spent["pounds"] == {
        "all": 275.0, "known": 200.0, "unknown": 50.0, "under_commitments": 200.0, "without_reference": 25.0,
        "without_date": 0.0,
    }  # fmt: skip
    assert spent["excluded"] == {"before_the_window": [6], "without_reference": [5]}


@pytest.mark.parametrize(
    ("window", "recorded", "linked"),
    [
        ("anniversary_exclusive", (2, 4), (3, 5)),
        ("anniversary_inclusive", (3, 5), (4, 6)),
        ("last_365_days", (2, 4), (3, 5)),
        ("whole_calendar_months", (2, 4), (3, 5)),
    ],
)
def test_the_window_is_a_setting(extracts, window, recorded, linked):
    found = figures(DAY, "--window", window)[0]
    assert (found["social_value_recorded"], found["linked_rolling"]) == (recorded, linked)


@pytest.mark.parametrize(
    ("window", "as_at", "first", "last"),
    [
        ("anniversary_exclusive", date(2025, 2, 28), date(2024, 2, 29), date(2025, 2, 28)),
        ("anniversary_exclusive", date(2024, 2, 29), date(2023, 3, 1), date(2024, 2, 29)),
        ("last_365_days", date(2024, 10, 31), date(2023, 11, 2), date(2024, 10, 31)),
        ("whole_calendar_months", date(2025, 2, 28), date(2024, 3, 1), date(2025, 2, 28)),
        ("whole_calendar_months", date(2025, 3, 15), date(2024, 3, 1), date(2025, 2, 28)),
        ("whole_calendar_months", date(2024, 12, 31), date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_the_days_of_a_window(window, as_at, first, last, db):
    assert rules.current(window=window).days(as_at) == (first, last)


def test_go_live_and_status_words_are_settings(extracts, write):
    assert figures(DAY, "--go-live", "2025-03-07")[0]["linked_since_go_live"] == (1, 3)
    GoldenThreadRules.objects.update(go_live=date(2022, 10, 2))
    rules.teach({"In Progress": "completed", "live": "void"})
    found, whole = figures()
    assert whole["go_live"] == "2022-10-02"
    assert found["social_value_recorded"] == (3, 5)
    assert found["linked_since_go_live"] == (0, 0)
    assert whole["metrics"]["linked_since_go_live"]["percent"] is None
    rules.teach({"LIVE": "other"})
    assert figures()[0]["linked_since_go_live"] == (6, 8)


def test_a_past_day_is_answered_from_what_was_known_then(extracts, write):
    """A project was mended later: the earlier day keeps its figure, the later one has the new."""
    mended = [list(row) for row in PROJECTS]
    mended[2][6] = "Yes"
    run("import_projects", write(mended, "later.csv"), "--as-at", "2026-03-31")
    assert figures(DAY)[0]["social_value_recorded"] == (2, 4)
    assert figures(date(2026, 3, 31))[1]["metrics"]["social_value_recorded"]["numerator_ids"] == [2, 4, 8]


def test_a_late_extract_changes_only_the_days_it_knows_better(extracts, write):
    earlier = [row for row in CONTRACTS if row[0] not in ("C-1",)]
    run("import_contracts", write(earlier, "late.csv"), "--as-at", "2026-01-31")
    assert figures(DAY)[0]["linked_rolling"] == (3, 5)
    assert "C-1" not in figures(date(2026, 1, 31))[1]["metrics"]["linked_rolling"]["denominator_ids"]


def test_without_extracts_it_says_what_to_do(db):
    with pytest.raises(CommandError, match="No extract of PM3"):
        call_command("golden_thread", "--as-at", "2026-02-28")
    with pytest.raises(CommandError, match="Write it like"):
        call_command("golden_thread", "--as-at", "28/02/2026")


def test_links_without_extracts_are_not_suggested_and_it_says_what_to_do(db):
    with pytest.raises(CommandError, match=r"No extract of PM3.* Import one with import_projects and import_contracts"):
        call_command("suggest_links", "--as-at", "2026-02-28")


def test_history_is_not_edited(extracts):
    extract = Extract.objects.first()
    with pytest.raises(TypeError, match="never edited"):
        extract.save()
    with pytest.raises(TypeError, match="never deleted"):
        extract.projects.all().delete()


def test_a_credit_note_is_taken_off_the_spend(extracts, write):
    rows = [
        ["Contract Reference", "Payment Date", "Net Amount"],
        ["C-1", "01/04/2025", "100"],
        ["C-1", "02/04/2025", "-£40.50"],
        ["C-1", "03/04/2025", "(9.50)"],
    ]
    run("import_finance", write(rows, "credit.csv"), "--as-at", "2026-02-27")
    assert figures("2026-02-27")[1]["metrics"]["spend_linked"]["pounds"]["all"] == 50.0


def test_spend_on_the_first_and_the_last_day_of_the_window_counts(extracts, write):
    rows = [["Contract Reference", "Payment Date", "Net Amount"]]
    rows += [["C-1", day, "1"] for day in ("27/02/2025", "28/02/2025", "27/02/2026", "28/02/2026")]
    run("import_finance", write(rows, "edges.csv"), "--as-at", "2026-02-27")
    spent = figures("2026-02-27")[1]["metrics"]["spend_linked"]
    assert (spent["pounds"]["all"], spent["excluded"]) == (2.0, {"before_the_window": [2], "in_the_future": [5]})


def test_spend_without_an_amount_or_a_date_is_named_and_adds_nothing(extracts, write):
    rows = [
        ["Contract Reference", "Payment Date", "Net Amount"],
        ["C-1", "01/04/2025", ""],
        ["C-2", "28/02/2026", "10"],
        ["C-1", "", "7"],
        ["C-1", "", ""],
        ["", "01/04/2025", ""],
        ["C-404", "01/04/2025", ""],
        ["C-1", "01/03/2026", "1000"],
    ]
    run("import_finance", write(rows, "gaps.csv"), "--as-at", str(DAY))
    spent = figures()[1]["metrics"]["spend_linked"]
    assert spent["denominator_ids"] == ["C-1", "C-2", "c-404"]
    assert spent["excluded"] == {"in_the_future": [8], "no_usable_date": [4, 5], "without_reference": [6]}
    assert spent["pounds"] == {
        "all": 10.0, "known": 10.0, "unknown": 0.0, "under_commitments": 0.0, "without_reference": 0.0,
        "without_date": 7.0,
    }  # fmt: skip


def test_without_an_extract_of_finance_there_is_no_figure_of_spend(db, write):
    for command, rows in (("projects", PROJECTS), ("contracts", CONTRACTS)):
        run(f"import_{command}", write(rows, f"{command}.csv"), "--as-at", str(DAY))
    assert set(figures()[1]["metrics"]) == {"social_value_recorded", "linked_rolling", "linked_since_go_live"}
