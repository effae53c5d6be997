"""What a person sees before anything is saved: the file as a table, kinds to settle, what changes, and what looks wrong
as a whole. A long file is looked at by the worker.
"""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from importing import runs, tasks
from importing.models import ColumnMapping, ImportRun
from suppliers.models import Contract
from tests.importing.test_doubts import run

pytestmark = pytest.mark.django_db
HEAD = "Contract Reference,Contract Title,Supplier,Contract Value,Start Date,End Date\n"
FAULTY = HEAD + "A1,Alpha,Acme,100,01/04/2024,31/02/2026\nA2,Beta,Brill,200,01/04/2024,31/03/2026\n"


def rows_of(count, value="{}000.00", start="01/{:02}/2024"):
    """A register of so many contracts of different months."""
    lines = [
        f"A{n},Title {n},Acme,{value.format(n)},{start.format(n % 12 + 1)},31/03/2027" for n in range(1, count + 1)
    ]
    return HEAD + "\n".join(lines) + "\n"


def codes(report):
    return [problem["code"] for problem in report["warnings"]]


@pytest.mark.parametrize(("settled", "left"), [("rows", ["A2"]), ("empty", ["A1", "A2"])])
def test_a_kind_of_error_is_settled_at_once(settled, left, handed_in, client):
    run_ = handed_in(FAULTY)
    path = reverse("import_preview", args=[run_.pk])
    shown = client.get(path).content.decode()
    assert "What becomes of it?" in shown
    refused = client.post(path, {"save": ""})
    assert refused.status_code == 422
    assert not Contract.objects.exists()
    client.post(path, {"save": "", "how:impossible_date:End Date": settled})
    assert list(Contract.objects.order_by("reference").values_list("reference", flat=True)) == left
    assert not Contract.objects.filter(reference="A1").exclude(end=None).exists()


def test_the_command_settles_kinds_by_its_answers(tmp_path, capsys):
    answers = tmp_path / "answers.json"
    answers.write_text('{"End Date": {"impossible_date": "empty"}}')
    status, report = run(tmp_path, capsys, FAULTY, "import_register", "--answers", str(answers))
    assert (status, report["created"], report["errors"]) == (0, 2, [])
    assert any("as was said" in problem["message"] for problem in report["warnings"])


def test_what_a_field_needs_is_never_left_empty(tmp_path, capsys):
    answers = tmp_path / "answers.json"
    answers.write_text('{"Contract Reference": {"reference_spoiled": "empty"}}')
    text = HEAD + "1.23E+15,Alpha,Acme,100,,\n"
    assert run(tmp_path, capsys, text, "import_register", "--answers", str(answers))[0] == 1


def test_the_file_is_shown_as_a_table_with_what_each_column_became(handed_in, client):
    run_ = handed_in(FAULTY.replace("Supplier", "Notes to self"))
    shown = client.get(reverse("import_preview", args=[run_.pk])).content.decode()
    assert "Row 2" in shown
    assert "<strong>Title</strong>" in shown
    assert "Left out, or asked about below" in shown


def test_old_stands_beside_new_and_what_is_gone_is_named(tmp_path, capsys):
    run(tmp_path, capsys, rows_of(3))
    text = rows_of(3).replace("1000.00", "1500.00").replace("A3,Title 3", "A4,Title 4")
    report = run(tmp_path, capsys, text, "import_register", "--dry-run")[1]
    assert [change["fields"] for change in report["changes"]] == [[["value", "1,000.00", "1,500.00"]]]
    assert report["gone"] == ["A3 Title 3"]
    assert Contract.objects.count() == 3


def test_half_gone_and_tenfold_amounts_are_warned_of(tmp_path, capsys):
    run(tmp_path, capsys, rows_of(24))
    tenfold = rows_of(10, value="{}0000.00")
    report = run(tmp_path, capsys, tenfold, "import_register", "--dry-run")[1]
    assert {"half_gone", "tenfold"} <= set(codes(report))
    steady = run(tmp_path, capsys, rows_of(24, value="{}100.00"), "import_register", "--dry-run")[1]
    assert not {"half_gone", "tenfold"} & set(codes(steady))


def test_days_that_all_lie_in_one_month_are_warned_of(tmp_path, capsys):
    report = run(tmp_path, capsys, rows_of(12, start="{:02}/04/2024"), "import_register", "--dry-run")[1]
    assert [p["column"] for p in report["warnings"] if p["code"] == "days_alike"] == ["Start Date", "End Date"]
    assert "days_alike" not in codes(run(tmp_path, capsys, rows_of(5), "import_register", "--dry-run")[1])


def test_how_columns_are_written_is_remembered_for_the_layout(handed_in, client):
    rows = ['A1,Alpha,Acme,"1,500",02/03/2024,04/05/2026', "A2,Beta,Brill,2.50,,", 'A4,Delta,Dale,"3.500,75",,']
    text = HEAD + "\n".join(rows) + "\n"
    path = reverse("import_preview", args=[handed_in(text).pk])
    assert "stands before the pence" in client.get(path).content.decode()
    client.post(path, {"save": "", "accept_valid": "1", "how:decimal:Contract Value": "point"})
    assert ColumnMapping.objects.get().answers == {"Contract Value": {"decimal": "point"}}
    again = reverse("import_preview", args=[handed_in(text.replace("A1", "A3")).pk])
    assert "stands before the pence" not in client.get(again).content.decode()


def test_a_long_file_is_read_and_saved_by_the_worker(handed_in, client, people, monkeypatch):
    monkeypatch.setattr(runs, "LONG", 100)
    monkeypatch.setattr("importing.rows.TELL_EVERY", 5)
    run_ = handed_in(rows_of(12))
    path = reverse("import_preview", args=[run_.pk])
    assert client.get(path).status_code == 302
    assert "Being read in the background" in client.get(path).content.decode()
    tasks.read.call(run_.pk)
    run_.refresh_from_db()
    assert (run_.doing, run_.rows_read, run_.report["created"]) == ("", 10, 12)
    assert not Contract.objects.exists()
    shown = client.get(path)
    assert shown.status_code == 200
    client.post(path, {"save": ""})
    client.post(path, {"save": ""})  # pressed twice: the worker has it already
    assert "Being saved in the background" in client.get(path).content.decode()
    tasks.read.call(run_.pk)
    tasks.read.call(run_.pk)  # taken up again by another worker
    assert Contract.objects.count() == 12
    assert "Below is what it did" in client.get(path).content.decode()


def test_a_long_file_that_cannot_be_read_says_so(handed_in, client, monkeypatch):
    monkeypatch.setattr(runs, "LONG", 10)
    run_ = handed_in("%PDF-1.7 not a table at all")
    path = reverse("import_preview", args=[run_.pk])
    client.get(path)
    tasks.read.call(run_.pk)
    assert "a PDF" in client.get(path).content.decode()


def test_two_who_save_one_file_at_once_save_it_once(people):
    pat = get_user_model().objects.get(pk=people["pat"].pk)
    first = runs.keep("contracts", SimpleUploadedFile("register.csv", rows_of(3).encode()), by=pat)
    second = ImportRun.objects.get(pk=first.pk)
    runs.save(first, {}, False, by=pat)
    with pytest.raises(Exception, match="saved already"):
        runs.save(second, {}, False, by=pat)
    assert Contract.objects.count() == 3


def test_what_was_answered_stays_and_stays_open_to_change(handed_in, client):
    run_ = handed_in(FAULTY.replace("Supplier", "Notes to self"))
    path = reverse("import_preview", args=[run_.pk])
    client.get(path)
    answers = {"again": "", "how:impossible_date:End Date": "empty", "map:Notes to self": "supplier_name"}
    client.post(path, answers | {"map:Contract Value": "", "map:Start Date": "?"})
    again = client.get(path).content.decode()  # as whoever comes back tomorrow
    assert '<option value="empty" selected>' in again
    assert re.search(r'value="supplier_name"\s+selected', again)
    assert "Change what another column became" in again
    client.post(path, {"again": "", "map:Notes to self": ""})
    assert '<option value="empty" selected>' not in client.get(path).content.decode()


def test_a_guess_is_never_taken_for_an_answer(handed_in, client):
    rows = [f"A{n},T {n},Acme,1,0{n}/04/2024," for n in range(1, 9)] + ["A9,T 9,Acme,1,04/13/2024,"]
    path = reverse("import_preview", args=[handed_in(HEAD + "\n".join(rows) + "\n").pk])
    shown = client.get(path).content.decode()
    assert "what comes first in a day" in shown
    assert '<option value="month" selected>' not in shown


def test_another_file_of_other_headings_says_nothing_of_what_is_gone(tmp_path, capsys):
    run(tmp_path, capsys, rows_of(12))
    other = rows_of(3).replace("Contract Title", "Title").replace("A1,", "B1,")
    assert run(tmp_path, capsys, other, "import_register", "--dry-run")[1]["gone"] == []


def test_a_faulty_row_is_not_gone(tmp_path, capsys):
    run(tmp_path, capsys, rows_of(3))
    text = rows_of(3).replace("3000.00,01/04/2024", "3000.00,31/02/2024")
    assert run(tmp_path, capsys, text, "import_register", "--dry-run", "--accept-valid")[1]["gone"] == []
