"""manage.py import_return: findings as one object, all or nothing, and the second time nothing."""

import json
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from marketplace import checks
from returns import form, imports, lines, opening
from returns.models import Answer, Return, ReturnLine
from suppliers import commitments
from suppliers.models import Commitment, CommitmentBalance, Contract

pytestmark = pytest.mark.django_db
Q3 = (date(2024, 10, 1), date(2024, 12, 31))
HEAD = "Commitment ref,Unit,Committed (whole contract),Delivered this quarter,Delivered to date,Date delivered,Evidence"


@pytest.fixture
def contract(supplier):
    made = Contract.objects.create(
        reference="SCC-1", title="Roads", supplier=supplier, start=date(2024, 4, 1), end=date(2026, 3, 31)
    )
    for reference, unit, words in (("SV-1", "hours", ""), ("SV-2", "items", "trees"), ("SV-3", "people", "")):
        new = Commitment(contract=made, external_reference=reference, wording=f"Promise {reference}", unit=unit,
                         unit_words=words)  # fmt: skip
        commitments.make(new, Decimal(100), by=None, by_words="A test")
    return made


def write(path, *lines_, contract="SCC-1", period="Q3 2024/25", head=HEAD):
    path.write_text("\n".join([f"Contract reference,{contract}", f"Reporting period,{period}", "", head, *lines_]))
    return path


def run(path, *options):
    """(exit status, the object that was printed)."""
    try:
        said, status = _run(path, *options), 0
    except SystemExit as left:
        said, status = left.printed, left.code
    return status, json.loads(said)


def _run(path, *options):

    out = StringIO()
    try:
        call_command("import_return", str(path), "--json", *options, stdout=out)
    except SystemExit as left:
        left.printed = out.getvalue()
        raise
    return out.getvalue()


def stands(reference):
    row = CommitmentBalance.objects.get(commitment__external_reference=reference)
    return int(row.claimed), int(row.confirmed)


GOOD = ("SV-1,hours,100,7.5,7.5,14/11/2024,Sheets", "sv-2 ,Trees,100,5,5,14/11/2024,Photos", "SV-3,people,100,0,0,,")


def test_a_return_without_errors_counts_as_accepted_once(contract, tmp_path):
    path = write(tmp_path / "r.csv", *GOOD)
    status, said = run(path, "--dry-run")
    assert (status, said["saved"], said["findings"], Return.objects.count()) == (0, False, [], 0)
    status, said = run(path)
    assert (status, said["saved"], said["changed"], said["contract"]) == (0, True, 3, "SCC-1")
    assert (said["period"], stands("SV-1"), stands("SV-2")) == ("2024-10-01/2024-12-31", (7, 7), (5, 5))
    made = Return.objects.get()
    assert (made.state, made.first_day, made.last_day, made.sent_by_words) == (
        "accepted", *Q3, "An import on the command line")  # fmt: skip
    status, said = run(path)
    assert (status, said["saved"], said["changed"], ReturnLine.objects.count()) == (0, True, 0, 2)
    assert checks.differences()[1] == []


def test_a_corrected_return_replaces_what_the_first_said(contract, tmp_path):
    run(write(tmp_path / "r.csv", *GOOD))
    status, said = run(write(tmp_path / "r.csv", "SV-1,hours,100,9,9,20/11/2024,Sheets", *GOOD[1:]))
    assert (status, said["changed"], stands("SV-1"), stands("SV-2")) == (0, 1, (9, 9), (5, 5))
    assert ReturnLine.objects.standing().exclude(quantity=0).count() == 2
    assert checks.differences()[1] == []


def test_one_error_saves_nothing(contract, tmp_path):
    status, said = run(write(tmp_path / "r.csv", GOOD[0], "SV-2,trees,100,about 5,5,14/11/2024,Photos", GOOD[2]))
    assert (status, said["saved"]) == (1, False)
    assert said["findings"] == [
        {"sheet": "r.csv", "row": 6, "column": "D", "value": "about 5", "code": "text_in_number", "severity": "error",
         "message": "“about 5” is not a number. Enter how much, such as 12.5.", "accept_as": None}
    ]  # fmt: skip
    assert (Return.objects.count(), Answer.objects.count(), ReturnLine.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("changes", "line", "code", "place"),
    [
        ({"contract": "SCC-2"}, GOOD[0], "unknown_contract", (1, "B")),
        ({"contract": ""}, GOOD[0], "unknown_contract", (1, "B")),
        ({"period": "Q3 2024"}, GOOD[0], "unknown_period", (2, "B")),
        ({"period": "Q3 2090/91"}, GOOD[0], "unknown_period", (2, "B")),
        ({"period": "Q4 2023/24"}, "SV-1,hours,100,7,7,14/02/2024,x", "outside_the_contract", (5, "F")),
        ({}, "SV-3,people,100,1.5,1.5,14/11/2024,x", "part_of_a_whole", (5, "D")),
        ({}, "SV-9,hours,100,1,1,14/11/2024,x", "unknown_commitment", (5, "A")),
        ({"head": HEAD.replace("Unit", "Evidence")}, GOOD[0], "column_twice", (4, "G")),
        ({"head": HEAD.replace("Delivered this quarter", "Hours")}, GOOD[0], "no_headings", (1, "")),
    ],
)
def test_what_can_not_be_saved_says_where(contract, tmp_path, changes, line, code, place):
    status, said = run(write(tmp_path / "r.csv", line, **changes))
    errors = [(f["code"], (f["row"], f["column"])) for f in said["findings"] if f["severity"] == "error"]
    assert (status, said["saved"]) == (1, False)
    assert (code, place) in errors
    assert Return.objects.count() == 0


def test_an_empty_one_makes_no_return(contract, tmp_path):
    status, said = run(write(tmp_path / "r.csv", "SV-1,hours,100,,,,"))
    assert (status, said["saved"], said["findings"], Return.objects.count()) == (1, False, [], 0)
    assert "says nothing of what was delivered" in said["message"]


def test_what_is_no_table_is_unreadable(contract, tmp_path):
    (tmp_path / "r.csv").write_bytes(b"")
    status, said = run(tmp_path / "r.csv")
    assert (status, said["findings"][0]["code"]) == (2, "unreadable")
    (tmp_path / "q.csv").write_text(f'{HEAD}\nSV-1,hours,100,"7\n')
    assert run(tmp_path / "q.csv")[1]["findings"][0]["code"] == "broken_row"


def test_less_than_is_recorded_is_an_error_and_a_period_told_twice_is_refused(contract, tmp_path, people):
    promise = Commitment.objects.get(external_reference="SV-1")
    lines.record(promise, Decimal(9), date(2024, 11, 1), "Seen", by=people["cara"])
    status, said = run(write(tmp_path / "r.csv", *GOOD))
    assert [f["code"] for f in said["findings"]] == ["less_than_recorded"]
    run(write(tmp_path / "r.csv", "SV-1,hours,100,10,10,14/11/2024,Sheets"))
    assert stands("SV-1") == (10, 10)
    status, said = run(write(tmp_path / "r.csv", "SV-1,hours,100,30,30,,x", period="Q1 to Q3 2024/25"))
    assert (status, said["saved"], stands("SV-1")) == (1, False, (10, 10))
    assert "says what was delivered on these days already" in said["message"]


def test_the_previous_figure_is_what_the_last_return_said_or_the_ledger_has(contract, tmp_path):
    run(write(tmp_path / "r.csv", "SV-1,hours,100,5,40,14/08/2024,x", period="Q2 2024/25"))
    _, said = run(write(tmp_path / "r.csv", "SV-1,hours,100,5,44,14/11/2024,x"), "--dry-run")
    assert [f["code"] for f in said["findings"]] == ["to_date_less_than_previous_plus_quarter"]
    assert "less than the 40 before the period and the 5 within it" in said["findings"][0]["message"]
    assert run(write(tmp_path / "r.csv", "SV-1,hours,100,5,45,14/11/2024,x"), "--dry-run")[1]["findings"] == []


def test_findings_that_were_agreed_to_stay_with_the_line(contract, tmp_path):
    run(write(tmp_path / "r.csv", "SV-1,hours,100, 7 ,7,14/11/2024,"))
    assert [f["code"] for f in Answer.objects.get().findings] == ["number_as_text", "missing_evidence"]


def test_the_workbook_that_we_make_is_read_without_a_word(contract, tmp_path):
    owed = opening.of_period(contract, *Q3)
    path = tmp_path / form.name(owed)
    assert path.name == "return-SCC-1-Q3-2024-25.xlsx"
    path.write_bytes(form.make(owed))
    assert imports.read(path).findings == []
    book = load_workbook(path)
    for row, values in ((9, (7.5, 7.5, date(2024, 11, 14), "Sheets", "Green")), (10, (5, 5, None, "Photos", "Red"))):
        for column, value in zip("GHIJK", values, strict=True):
            book.active[f"{column}{row}"] = value
    book.save(path)
    reading = imports.read(path)
    assert (reading.findings, len(reading.told)) == ([], 2)
    imports.save_accepted(imports.agreed(reading), by_words="A test")
    assert (stands("SV-1"), stands("SV-2")) == ((7, 7), (5, 5))
    assert Answer.objects.get(commitment__external_reference="SV-2").rag == "red"
    path.write_bytes(form.make(Return.objects.get()))
    again = imports.read(path)
    assert again.findings == []
    assert imports.save_accepted(imports.agreed(again), by_words="A test")[1] == 0


def test_the_workbook_carries_no_formula(contract, supplier):
    Commitment.objects.filter(external_reference="SV-1").update(wording="=HYPERLINK(1)", theme="@x", unit_words="+1")
    book = load_workbook(BytesIO(form.make(opening.of_period(contract, *Q3))))
    typed = [cell.value for row in book.active.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert not [text for text in typed if text[:1] in "=+-@"]
    assert not [cell for row in book.active.iter_rows() for cell in row if cell.data_type == "f"]


def test_the_same_file_after_something_else_was_recorded_still_says_the_whole_of_the_period(contract, tmp_path, people):
    path = write(tmp_path / "r.csv", *GOOD)
    run(path)
    promise = Commitment.objects.get(external_reference="SV-1")
    lines.record(promise, Decimal(3), date(2024, 11, 1), "Seen since", by=people["cara"])
    assert stands("SV-1") == (10, 10)
    status, said = run(path)
    assert (status, said["changed"], CommitmentBalance.objects.get(commitment=promise).claimed) == (
        0,
        1,
        Decimal("7.5"),
    )
    assert run(path)[1]["changed"] == 0
    assert checks.differences()[1] == []


def test_the_same_file_after_its_line_was_corrected_by_hand_says_that_it_changes_it_back(contract, tmp_path, people):
    path = write(tmp_path / "r.csv", *GOOD)
    run(path)
    for amount in (2, 0):
        line = ReturnLine.objects.standing().get(commitment__external_reference="SV-2")
        lines.correct(line, Decimal(amount), "Counted again", by=people["cara"])
        assert stands("SV-2") == (amount, amount)
        assert (run(path)[1]["changed"], stands("SV-2")) == (1, (5, 5))
        assert (run(path)[1]["changed"], stands("SV-2")) == (0, (5, 5))
    assert checks.differences()[1] == []


def test_without_json_it_speaks_to_people(contract, tmp_path, capsys):
    path = write(tmp_path / "r.csv", "SV-1,hours,100, 7 ,7,14/11/2024,Sheets", period="Q3 24-25")
    call_command("import_return", str(path))
    said = capsys.readouterr().out.splitlines()
    words = "Read as Q3 2024/25 (1 Oct 2024 - 31 Dec 2024) if you agree."
    assert said[0] == f"Warning: r.csv B2: {words} [period_abbreviated]"
    assert said[-1] == "Saved. 1 lines, 1 changed."
    with pytest.raises(SystemExit):
        call_command("import_return", str(write(tmp_path / "e.csv", "SV-1,hours,100,,,,")))
    assert "Nothing was saved. 0 lines, 0 changed." in capsys.readouterr().out


def test_a_foreign_currency_above_the_table_is_an_error(contract, tmp_path):
    path = write(tmp_path / "r.csv", GOOD[0])
    path.write_text("Currency,EUR\n" + path.read_text())
    assert [f["code"] for f in run(path)[1]["findings"]] == ["second_currency"]
