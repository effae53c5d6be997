"""The page of the golden thread: figures that open down to every record, months, directorates; officers for staff."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from golden_thread import figures, rules
from golden_thread.metrics import Metric
from golden_thread.models import Extract, GoldenThreadRules
from golden_thread.worklist import worklist
from tests.golden_thread.conftest import CONTRACTS, DAY, FINANCE, PROJECTS, as_csv, run

pytestmark = pytest.mark.django_db


def test_the_public_page_shows_figures_steps_and_directorates_but_no_officer(extracts, client):
    page = client.get(reverse("golden_thread")).content.decode()
    assert "50.00%" in page
    assert "60.00%" in page
    assert "2 of 4" in page
    assert "Left out: cancelled" in page
    assert "status reads “complete” or “completed”" in page
    assert "Care" in page
    assert "Ann" not in page
    assert "Ben" not in page


def test_without_extracts_the_page_says_so(db, client):
    assert "No figures have been published yet" in client.get(reverse("golden_thread")).content.decode()


def test_steps_lead_from_all_records_to_those_counted(extracts):
    for figure in figures.report(DAY, rules.current()).figures:
        left = figure.steps[0][1]
        for _, count, after in figure.steps[1:-1]:
            assert after == left - count
            left = after
        assert left == figure.denominator


def test_directorates_and_officers_add_up_to_the_figures(extracts):
    found = figures.report(DAY, rules.current())
    recorded, linked, _ = found.figures
    for rows in (found.directorates, found.officers):
        assert sum(row.completed for row in rows) == recorded.denominator
        assert sum(row.recorded for row in rows) == recorded.numerator
        assert sum(row.contracts for row in rows) == linked.denominator
        assert sum(row.linked for row in rows) == linked.numerator
    assert [row.name for row in found.officers] == ["Ann", "Ben", "Not known"]


def test_months_run_from_the_month_that_is_set_and_each_is_reckoned_as_it_is_known(extracts, write, client):
    assert figures.month_ends(DAY, rules.current())[0].isoformat() == "2024-10-31"
    assert (
        figures.series(DAY, rules.current())[0][1]["linked_since_go_live"] is not None
    )  # months before anything counted are left out
    GoldenThreadRules.objects.update(first_month=date(2025, 12, 1))
    run("import_projects", write(PROJECTS[:4], "early.csv"), "--as-at", "2025-12-31")
    days = [day.isoformat() for day, _, _ in figures.series(DAY, rules.current())]
    assert days == ["2025-12-31", "2026-01-31", "2026-02-28"]
    page = client.get(reverse("golden_thread"), {"month": "2025-12-31"})
    assert "As at" in page.content.decode()
    assert client.get(reverse("golden_thread"), {"month": "1999-01-31"}).status_code == 404


def test_what_is_amiss_with_a_record_is_to_mend_too(extracts):
    said = {(row.record, row.officer, row.why) for row in worklist(DAY, rules.current())}
    assert ("PM3-00008", "Ben", "Stands on lines 9, 11 of PM3’s extract, and they differ on social value") in said
    assert ("PM3-00006", "Ben", "Completed without a date that can be read") in said
    assert ("PM3-00004", "Ben", "Completed on 2026-03-01, which is in the future") in said
    assert ("C-7", "Not known", "Signed without a date that can be read") in said
    assert ("PM3-O0010", "Not known", "The Plan ID on line 12 of PM3’s extract can’t be read") in said


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
    for words in ("Counted and done: 3", "Counted, not done: 2", "C-3", "Orphan", "Left out: void: 1"):
        assert words in records
    assert client.get(reverse("thread_records", args=["nonsense"])).status_code == 404


def test_a_new_target_is_seen_at_once(extracts):
    assert not figures.report(DAY, rules.current()).figures[0].meets
    GoldenThreadRules.objects.update(recorded_target=40)
    assert figures.report(DAY, rules.current()).figures[0].meets


def test_a_new_extract_is_seen_at_once(extracts, write):
    assert figures.report(DAY, rules.current()).figures[0].percent == 50.0
    mended = [list(row) for row in PROJECTS]
    mended[2][6] = "Yes"
    run("import_projects", write(mended, "again.csv"), "--as-at", str(DAY))
    assert figures.report(DAY, rules.current()).figures[0].percent == 75.0


def test_every_figure_opens_to_its_records_in_public_without_people(extracts, client):
    page = client.get(reverse("thread_figure", args=["linked_rolling"]), {"group": "to-do"}).content.decode()
    assert "C-3" in page
    assert "77777" in page
    assert "PM3 pending" not in page  # what somebody typed may hold a name
    assert "C-6" not in page
    for secret in ("Ann", "Ben", "Acme Ltd", "Orphan"):
        assert secret not in page
    assert client.get(reverse("thread_figure", args=["nonsense"])).status_code == 404
    wrong = client.get(reverse("thread_figure", args=["linked_rolling"]), {"group": "nonsense"})
    assert wrong.status_code == 404


def test_the_records_of_all_groups_are_those_of_the_extract(extracts, client):
    for name, lines in (("social_value_recorded", 11), ("linked_rolling", 12), ("linked_since_go_live", 12)):
        text = client.get(reverse("thread_figure", args=[name]), {"as": "csv"}).content.decode()
        assert len(text.splitlines()) == lines + 1
    text = client.get(reverse("thread_figure", args=["social_value_recorded"]), {"as": "csv"}).content.decode()
    assert "Left out: a Plan ID that can’t be read,12,,Care,2025-10-01,Yes" in text
    assert "Counted and done,2,1,Place,2025-03-01,Yes" in text  # project 1, not "Yes"
    assert 'Counted, not done",3,2,Place,2026-02-28,No' in text


def test_spend_is_shown_and_opens_to_its_lines(extracts, client, people):
    page = client.get(reverse("golden_thread")).content.decode()
    assert "1 of 2 contract references with spend" in page
    assert "£275.00" in page
    page = client.get(reverse("thread_figure", args=["spend_linked"]), {"group": "done"}).content.decode()
    assert "100.50" in page
    assert "Acme Ltd" not in page
    client.force_login(people["cara"])
    assert "Acme Ltd" in client.get(reverse("thread_records", args=["spend_linked"])).content.decode()


def test_exports_carry_no_formula(write, client, people):
    rows = [*PROJECTS, ["+PM3-1", "@SUM(1)", "-1", "Zed", "Completed", "01/01/2026", "No", ""]]
    run("import_projects", write(rows, "p.csv"), "--as-at", str(DAY))
    run("import_contracts", write(CONTRACTS, "c.csv"), "--as-at", str(DAY))
    client.force_login(people["cara"])
    text = client.get(reverse("thread_records", args=["social_value_recorded"]), {"as": "csv"}).content.decode()
    assert "'+PM3-1" in text
    assert "'@SUM(1)" in text
    assert not any(cell.startswith(("=", "+", "@")) for line in text.splitlines() for cell in line.split(","))
    worklist = client.get(reverse("thread_worklist"), {"officer": "Ben"}).content.decode()
    assert "PM3-00009" in worklist
    assert "PM3-00002" not in worklist


def test_the_worklist_is_asked_for_by_directorate(extracts, people, client):
    client.force_login(people["cara"])
    page = client.get(reverse("thread_screen"), {"directorate": "Place"}).content.decode()
    assert "PM3-00002" in page
    assert "PM3-00009" not in page


def test_a_directorate_has_its_own_drawing(extracts, write, client):
    run("import_projects", write(PROJECTS, "early.csv"), "--as-at", "2025-12-31")
    page = client.get(reverse("golden_thread")).content.decode()
    assert "Care: social value recorded 50.00%, contracts linked –" in page


def test_extracts_are_handed_in_on_the_import_screen(people, client, write):
    client.force_login(people["pat"])
    data = {"kind": "projects", "as_at": "2026-02-28"}

    def post(**more):
        file = SimpleUploadedFile("pm3.csv", as_csv(PROJECTS))
        return client.post(reverse("imports"), data | {"file": file} | more)

    assert "Enter the day whose state the extract shows" in post(as_at="").content.decode()
    assert "in the future" in post(as_at="2099-01-01").content.decode()
    path = post().url
    assert "shows the state of 28 February 2026" in client.get(path).content.decode()
    assert not Extract.objects.exists()
    client.post(path, {"save": ""})
    extract = Extract.objects.get()
    assert (extract.as_at, extract.rows, extract.read_by, extract.name) == (DAY, 11, people["pat"], "pm3.csv")


def test_a_file_cut_off_is_not_saved_by_leaving_out_rows(people, client):
    client.force_login(people["pat"])
    file = SimpleUploadedFile("pm3.csv", as_csv(PROJECTS)[:-40])
    path = client.post(reverse("imports"), {"kind": "projects", "as_at": "2026-02-28", "file": file}).url
    assert client.post(path, {"save": "", "accept_valid": "1"}).status_code == 422
    assert not Extract.objects.exists()


def test_the_import_screen_says_why_nothing_was_saved(people, client):
    client.force_login(people["pat"])
    rows = [*PROJECTS, ["PM3-00030", "x" * 501, "Care", "Ben", "Completed", "01/01/2026", "Yes", ""]]
    file = SimpleUploadedFile("pm3.csv", as_csv(rows))
    path = client.post(reverse("imports"), {"kind": "projects", "as_at": "2026-02-28", "file": file}).url
    assert "Tick the box to leave them out" in client.post(path, {"save": ""}).content.decode()
    client.post(path, {"save": "", "accept_valid": "1"})
    assert Extract.objects.get().rows == 11


def test_names_that_people_typed_stay_inside(write, client):
    contracts = [
        *CONTRACTS,
        ["N-1", "Note", "Acme Ltd", "05-Mar-2025", "ask Ann Okafor 07700 900123", "Ann says live", "1"],
    ]
    run(
        "import_projects",
        write([*PROJECTS, ["Ask Zoe", "x", "Care", "Ben", "Completed", "soon, says Zoe", "ask Zoe", ""]], "p.csv"),
        "--as-at",
        str(DAY),
    )
    run("import_contracts", write(contracts, "c.csv"), "--as-at", str(DAY))
    for name in ("linked_rolling", "social_value_recorded"):
        for form in ({}, {"as": "csv"}):
            text = client.get(reverse("thread_figure", args=[name]), form).content.decode()
            assert "Ann" not in text
            assert "Zoe" not in text
            assert "07700" not in text


def test_the_lines_behind_spend_are_those_it_counts(write, client):
    rows = [*FINANCE, ["Brill Ltd", "C-2", "01/05/2025", "10"], ["Brill Ltd", "C-1", "some day", "7"]]
    run("import_projects", write(PROJECTS, "p.csv"), "--as-at", str(DAY))
    run("import_contracts", write(CONTRACTS, "c.csv"), "--as-at", str(DAY))
    run("import_finance", write(rows, "f.csv"), "--as-at", str(DAY))
    text = client.get(reverse("thread_figure", args=["spend_linked"]), {"as": "csv"}).content.decode()
    lines = [line.rsplit(",", 1) for line in text.splitlines()[1:]]
    counted = sum(float(amount) for words, amount in lines if not words.startswith("Left out"))
    assert counted == 260.0  # all spend of the window but the £25 without a reference
    assert [amount for words, amount in lines if "without a contract reference" in words] == ["25.00"]
    assert [amount for words, amount in lines if "no usable date" in words] == ["7.00"]
    assert [amount for words, amount in lines if "before the twelve months" in words] == ["1000.00"]
    assert "£7.00" in client.get(reverse("golden_thread")).content.decode()


def test_a_name_in_capitals_is_the_same_officer(write, people, client):
    rows = [[cell.replace("Ben", "BEN") if n == 2 else cell for cell in row] for n, row in enumerate(PROJECTS)]
    rows = [[*row[:3], row[3].replace("Ann", "ANN "), *row[4:]] if n == 2 else row for n, row in enumerate(rows)]
    run("import_projects", write(rows, "p.csv"), "--as-at", str(DAY))
    run("import_contracts", write(CONTRACTS, "c.csv"), "--as-at", str(DAY))
    assert [row.name for row in figures.report(DAY, rules.current()).officers] == ["Ann", "Ben", "Not known"]
    client.force_login(people["cara"])
    assert "PM3-00002" in client.get(reverse("thread_screen"), {"officer": "ann"}).content.decode()


@pytest.mark.parametrize(("done", "all_", "percent"), [(1, 32, 3.13), (5, 32, 15.63), (0, 7, 0.0), (7, 7, 100.0)])
def test_halves_are_rounded_up_as_spreadsheets_do(done, all_, percent):
    assert Metric(numerator_ids=[0] * done, denominator_ids=[0] * all_).percent == percent
