"""Extracts as systems and people hand them in: other headings, encodings and workbooks, twice, and broken."""

import zipfile
from pathlib import Path

import pytest

from golden_thread.models import ContractRecord, Extract, FinanceRecord, GoldenThreadRules, ProjectRecord
from tests.golden_thread.conftest import CONTRACTS, DAY, PROJECTS, as_csv, figures, run

pytestmark = pytest.mark.django_db
AS_AT = ("--as-at", str(DAY))


def renamed(rows, **names):
    return [[names.get(heading, heading) for heading in rows[0]], *rows[1:]]


def test_the_same_extract_again_changes_nothing(extracts, write):
    before = Extract.objects.count(), ProjectRecord.objects.count()
    status, report = run("import_projects", write(PROJECTS), *AS_AT)
    assert (status, report["created"], report["unchanged"]) == (0, 0, 11)
    assert (Extract.objects.count(), ProjectRecord.objects.count()) == before


def test_a_dry_run_keeps_nothing_and_teaches_nothing(db, write):
    status, report = run("import_projects", write(PROJECTS), *AS_AT, "--dry-run", "--status", "Closed=completed")
    assert (status, report["created"], report["saved"]) == (0, 11, False)
    assert not Extract.objects.exists()
    assert "closed" not in GoldenThreadRules.load().completed_words


@pytest.mark.parametrize(
    ("separator", "encoding"), [(";", "cp1252"), ("\t", "utf-16"), ("|", "utf-8-sig"), (",", "utf-8")]
)
def test_any_separator_and_encoding_gives_the_same_figures(extracts, write, separator, encoding):
    expected = figures()[0]
    path = write(PROJECTS, "again.csv", separator=separator, encoding=encoding)
    assert run("import_projects", path, "--as-at", "2026-02-27")[0] == 0
    assert run("import_contracts", write(CONTRACTS, separator=separator, encoding=encoding), *AS_AT)[0] == 0
    assert figures()[0] == expected


def test_one_workbook_may_hold_both_systems(db, write, extracts):
    expected = figures()[0]
    path = write({"PM3": PROJECTS, "Proactis": CONTRACTS}, "both.xlsx")
    later = ("--as-at", "2026-03-01")
    for command in ("import_projects", "import_contracts"):
        status, report = run(command, path, *later)
        assert (status, report["saved"]) == (0, True), report["errors"]
    assert Extract.objects.filter(as_at="2026-03-01").count() == 2
    assert figures()[0] == expected


def test_other_headings_and_words_work_by_mapping_and_options_alone(db, write):
    projects = renamed(PROJECTS, **{"Plan ID": "Nr", "Status": "Zustand", "Completed Date": "Fertig",
                                    "Social Value Recorded": "SV?"})  # fmt: skip
    projects = [[cell.replace("Completed", "Shut") for cell in row] for row in projects]
    mapping = {"Nr": "plan_id_as_typed", "Zustand": "status", "Fertig": "completed", "SV?": "recorded"}
    options = [part for heading, name in mapping.items() for part in ("--map", f"{heading}={name}")]
    path = write(projects)
    assert run("import_projects", path, *AS_AT)[0] == 1
    status, report = run("import_projects", path, *AS_AT, *options, "--status", "shut=completed")
    assert (status, report["created"]) == (0, 11), report["errors"]
    run("import_contracts", write(CONTRACTS, "contracts.csv"), *AS_AT)
    assert figures()[0]["social_value_recorded"] == (2, 4)
    # the layout is remembered
    status, report = run("import_projects", path, "--as-at", "2026-03-01")
    assert status == 0, report["errors"]


def test_social_value_yes_or_no_and_its_pounds_are_told_apart(extracts):
    row = ProjectRecord.objects.get(plan_number=1)
    assert (row.recorded, str(row.social_value_gbp)) == (True, "5000.00")


def test_a_bad_cell_is_a_finding_and_keeps_nobody_from_knowing_the_rest(db, write):
    rows = [*PROJECTS, ["PM3-00020", "Bad day", "Care", "Ben", "Completed", "31/02/2026", "Yes", "lots"]]
    status, report = run("import_projects", write(rows), *AS_AT)
    assert (status, report["rejected"]) == (0, 0)
    assert ProjectRecord.objects.get(plan_number=20).completed_on is None
    assert ProjectRecord.objects.get(plan_number=20).completed_as_typed == "31/02/2026"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "unreadable"),
        (b"%PDF-1.7\0\0\0 not a table", "unreadable"),
        (b"\n" * 5_000_000, "no_headings"),
        (b",,,,,\n" * 500_000, "no_headings"),
        (b"just some words\nand more\n", "no_headings"),
        (as_csv([row[:4] for row in PROJECTS]), "missing_column"),
        (as_csv(PROJECTS)[:-40], "cut_off"),
        (as_csv(PROJECTS[:1]), "no_rows"),
        (as_csv([*PROJECTS, ["PM3-1", '=HYPERLINK("x")', "", "", "Completed", "01/01/2026", "Yes", ""]]), "formula"),
    ],
)  # fmt: skip
def test_what_is_no_extract_is_refused_and_nothing_is_kept(db, write, content, code):
    status, report = run("import_projects", write(content), *AS_AT)
    assert status in (1, 2)
    assert code in {problem["code"] for problem in report["errors"]}
    assert not report["saved"]
    assert not Extract.objects.exists()


def test_a_workbook_with_formulas_half_a_workbook_and_a_bomb_are_refused(db, write, tmp_path):
    reckoned = [*PROJECTS, ["=CONCAT(1,2)", "x", "", "", "Completed", "01/01/2026", "Yes", ""]]
    formulas = write({"PM3": reckoned}, "formulas.xlsx")
    half = tmp_path / "half.xlsx"
    half.write_bytes(Path(write({"PM3": PROJECTS}, "whole.xlsx")).read_bytes()[:-900])
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 450_000_000)
    for path, statuses in ((formulas, (1,)), (half, (2,)), (bomb, (2,))):
        status, report = run("import_projects", str(path), *AS_AT)
        assert status in statuses, path
        assert report["errors"]
    assert not Extract.objects.exists()


def test_a_wrong_status_option_or_day_is_refused_before_anything_is_read(db, write):
    from django.core.management import CommandError

    for options in (
        ("--status", "Closed"),
        ("--status", "Closed=finished"),
        ("--as-at", "28/02/2026"),
        ("--as-at", "2206-02-28"),
    ):
        with pytest.raises(CommandError):
            run("import_projects", write(PROJECTS), *options)
    assert not Extract.objects.exists()


def test_plan_numbers_are_kept_as_they_were_read(extracts):
    kept = dict(ContractRecord.objects.values_list("reference", "plan_numbers"))
    assert kept["C-2"] == " 999 2 "
    assert kept["C-4"] == ""


def test_an_extract_handed_in_again_after_a_wrong_one_is_in_force_again(extracts, write):
    expected, wrong = figures()[0], [row for row in PROJECTS if row[0] != "PM3-00001"]
    run("import_projects", write(wrong, "wrong.csv"), *AS_AT)
    assert figures()[0] != expected
    for created in (11, 0):
        assert run("import_projects", write(PROJECTS, "right.csv"), *AS_AT)[1]["created"] == created
        assert figures()[0] == expected
    run("import_projects", write(wrong, "wrong.csv"), *AS_AT)
    assert figures()[0] != expected


def test_a_note_in_place_of_a_plan_id_or_no_status_refuses_nothing(db, write):
    note = "PM3 pending - " + "ask the category manager " * 5
    rows = [*PROJECTS, ["PM3-00021", "No status", "Care", "Ben", "", "01/01/2026", "Yes", ""]]
    assert run("import_projects", write(rows, "p.csv"), *AS_AT)[1]["created"] == 12
    contracts = [*CONTRACTS, ["N-1", "Note", "Acme Ltd", "05-Mar-2025", note, "Live", "1"]]
    assert run("import_contracts", write(contracts, "c.csv"), *AS_AT)[1]["created"] == 13
    kept = ContractRecord.objects.get(reference="N-1")
    assert (kept.plan_unreadable, kept.plan_id_as_typed) == (True, note[:80])


def test_what_cannot_be_read_and_a_far_shorter_file_are_warned_of(extracts, write):
    rows = [*PROJECTS[:2], ["PM3-00020", "Bad day", "Care", "Ben", "Completed", "31/02/2026", "maybe", ""]]
    report = run("import_projects", write(rows, "short.csv"), "--as-at", "2026-03-01", "--dry-run")[1]
    found = {(problem["code"], problem["value"]) for problem in report["warnings"]}
    assert {("impossible_date", "31/02/2026"), ("not_yes_or_no", "maybe"), ("far_fewer_rows", "")} <= found


@pytest.mark.parametrize("cell", ["2025-04", "202504", "04/2025", "Apr-25", "April 2025", "30/04/2025"])
def test_finance_may_say_the_month_alone(db, write, cell):
    rows = [["Contract Reference", "Period", "Amount"], ["C-1", cell, "10"], ["N/A", cell, "5"]]
    assert run("import_finance", write(rows, "f.csv"), *AS_AT)[0] == 0
    assert {str(day) for day in FinanceRecord.objects.values_list("spent_on", flat=True)} == {"2025-04-30"}
    assert set(FinanceRecord.objects.values_list("reference_key", flat=True)) == {"c-1", ""}
