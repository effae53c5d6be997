"""The page of the golden thread: figures that open down to every record, months, directorates; officers for staff."""

import pytest
from django.urls import reverse

from suppliers.models import GoldenThreadRules
from suppliers.thread import report
from tests.suppliers.thread.conftest import DAY, PROJECTS, run

pytestmark = pytest.mark.django_db


def test_the_public_page_shows_figures_steps_and_directorates_but_no_officer(extracts, client):
    page = client.get(reverse("golden_thread")).content.decode()
    assert "50.0%" in page
    assert "60.0%" in page
    assert "2 of 4" in page
    assert "Left out: cancelled" in page
    assert "Care" in page
    assert "Ann" not in page
    assert "Ben" not in page


def test_without_extracts_the_page_says_so(db, client):
    assert "No figures have been published yet" in client.get(reverse("golden_thread")).content.decode()


def test_steps_lead_from_all_records_to_those_counted(extracts):
    for figure in report.report(DAY)["figures"]:
        left = figure.steps[0][1]
        for _, count, after in figure.steps[1:-1]:
            assert after == left - count
            left = after
        assert left == figure.denominator


def test_directorates_and_officers_add_up_to_the_figures(extracts):
    found = report.report(DAY)
    recorded, linked, _ = found["figures"]
    for rows in (found["directorates"], found["officers"]):
        assert sum(row.completed for row in rows) == recorded.denominator
        assert sum(row.recorded for row in rows) == recorded.numerator
        assert sum(row.contracts for row in rows) == linked.denominator
        assert sum(row.linked for row in rows) == linked.numerator
    assert [row.name for row in found["officers"]] == ["Ann", "Ben", "Not known"]


def test_months_run_from_the_first_extract_and_each_is_reckoned_as_it_is_known(extracts, write, client):
    run("import_projects", write(PROJECTS[:4], "early.csv"), "--as-at", "2025-12-31")
    days = [day.isoformat() for day, _ in report.series(DAY)]
    assert days == ["2025-12-31", "2026-01-31", "2026-02-28"]
    page = client.get(reverse("golden_thread"), {"month": "2025-12-31"})
    assert "As at" in page.content.decode()
    assert client.get(reverse("golden_thread"), {"month": "1999-01-31"}).status_code == 404


def test_staff_see_officers_what_each_has_to_mend_and_every_record(extracts, people, client):
    client.force_login(people["cara"])
    page = client.get(reverse("thread_screen")).content.decode()
    assert "Ann" in page
    assert "PM3 has no project “PM3-77777”" in page
    assert "The Plan ID “PM3 pending” can’t be read" in page
    assert "Completed without social value recorded" in page
    only_ben = client.get(reverse("thread_screen"), {"officer": "Ben"}).content.decode()
    assert "PM3-00009" in only_ben
    assert "PM3-00002" not in only_ben
    records = client.get(reverse("thread_records", args=["linked_rolling"])).content.decode()
    for words in ("Counted, and done: 3", "Counted, still to do: 2", "C-3, C-4", "Left out: void: 1"):
        assert words in records
    assert client.get(reverse("thread_records", args=["nonsense"])).status_code == 404


def test_a_new_target_is_seen_at_once(extracts):
    assert not report.report(DAY)["figures"][0].meets
    GoldenThreadRules.objects.update(recorded_target=40)
    assert report.report(DAY)["figures"][0].meets


def test_a_new_extract_is_seen_at_once(extracts, write):
    assert report.report(DAY)["figures"][0].percent == 50.0
    mended = [list(row) for row in PROJECTS]
    mended[2][6] = "Yes"
    run("import_projects", write(mended, "again.csv"), "--as-at", str(DAY))
    assert report.report(DAY)["figures"][0].percent == 75.0
