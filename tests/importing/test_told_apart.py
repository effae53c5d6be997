"""Columns whose headings differ in brackets alone, stand there twice, or are missing, and what is remembered."""

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from importing import meanings
from importing.cells import read_date, read_first_day, read_name
from importing.models import ColumnMapping
from suppliers.models import Contract
from suppliers.registers import unnamed
from suppliers.registers.contracts import ContractImporter
from tests.importing.test_doubts import places, run

pytestmark = pytest.mark.django_db
TWO_VALUES = (
    "Contract Reference,Contract Title,Supplier,Value (£),Value (annual),Start Date,End Date\n"
    "A1,Alpha,Acme Ltd,3000,1000,01/04/2024,31/03/2027\nA2,Beta,Brill Ltd,600,200,01/04/2024,31/03/2027\n"
)


def matched(headings, columns, mapping=None):
    return meanings.match(headings, lambda index: columns[index], ContractImporter.fields, mapping or {})


def test_headings_that_differ_in_brackets_alone_are_asked_about(tmp_path, capsys):
    text = TWO_VALUES.replace("Value (£),Value (annual)", "Start Date (planned),Start Date (actual)").replace(
        "3000,1000,01/04/2024", "01/03/2024,02/03/2024,9"
    )
    status, report = run(tmp_path, capsys, text.replace("600,200,01/04/2024", "01/03/2024,05/03/2024,9").replace(
        "(actual),Start Date", "(actual),Contract Value"
    ))  # fmt: skip
    assert (status, report["saved"]) == (3, False)
    assert places(report, "column_asked") == [(1, "Start Date (planned)"), (1, "Start Date (actual)")]


@pytest.mark.parametrize(("heading", "value"), [("Value (£)", 3000), ("Value (annual)", 1000)])
def test_an_answer_is_about_the_heading_that_it_names(heading, value, tmp_path, capsys):
    status, _ = run(tmp_path, capsys, TWO_VALUES, "import_register", "--map", f"{heading}=value_gbp")
    assert status == 0
    assert Contract.objects.get(reference="A1").value_gbp == value


def test_leaving_one_out_leaves_the_other(tmp_path, capsys):
    status, _ = run(tmp_path, capsys, TWO_VALUES, "import_register", "--map", "Value (annual)=")
    assert (status, Contract.objects.get(reference="A1").value_gbp) == (0, 3000)


def test_two_columns_said_to_be_one_field_are_asked_about_again(tmp_path, capsys):
    options = ["--map", "Value (£)=value_gbp", "--map", "Value (annual)=value_gbp"]
    status, report = run(tmp_path, capsys, TWO_VALUES, "import_register", *options)
    assert (status, report["saved"]) == (3, False)
    assert places(report, "column_asked") == [(1, "Value (£)"), (1, "Value (annual)")]


def test_what_somebody_said_of_a_heading_without_its_brackets_holds_where_it_can_mean_one():
    days = ["01/04/2024"] * 6
    assert matched(["Began (day)"], [days], {"Began": "start"}).columns == {"start": 0}
    assert matched(["Began (day)", "Began (year)"], [days, days], {"Began": "start"}).columns == {}


@pytest.mark.parametrize(("second", "used"), [("Acme Ltd", True), ("", True), ("Other Ltd", False)])
def test_a_heading_that_stands_there_twice_is_used_where_both_say_the_same(second, used, tmp_path, capsys):
    text = (
        "Contract Reference,Contract Title,Supplier,Supplier,Contract Value,Start Date,End Date\n"
        f"A1,Alpha,Acme Ltd,{second},3000,01/04/2024,31/03/2027\n"
    )
    status, report = run(tmp_path, capsys, text)
    assert report["saved"] is used
    if not used:
        assert (status, places(report, "column_asked")) == (3, [(1, "Supplier"), (1, "Supplier (column D)")])


def test_a_column_without_a_heading_is_told_shown_and_can_be_used(tmp_path, capsys):
    text = "Contract Reference,Contract Title,,Contract Value,Start Date,End Date\nA1,Alpha,Acme Ltd,9,01/04/2024,\n"
    status, report = run(tmp_path, capsys, text)
    left = [problem["column"] for problem in report["errors"] if problem["code"] == "column_asked"]
    assert (status, left) == (3, ["Column C (no heading)"])
    assert "Column C (no heading)" in [column["heading"] for column in report["tables"][0]["columns"]]
    assert "holds names like companies’" in next(p["message"] for p in report["errors"] if p["code"] == "column_asked")
    status, _ = run(tmp_path, capsys, text, "import_register", "--map", "Column C (no heading)=supplier_name")
    assert (status, Contract.objects.get().supplier_name) == (0, "Acme Ltd")


def test_repeated_headings_are_known_again_beside_a_column_without_one(tmp_path, capsys):
    head = "Contract Reference,Contract Title,,Contract Value,Start Date,End Date,Supplier\n"
    status, report = run(
        tmp_path, capsys, f"{head}A1,Alpha,x,9,01/04/2024,,Acme Ltd\n{head}A2,Beta,y,9,01/04/2024,,Acme Ltd\n"
    )
    assert (status, report["rows"]) == (0, 2)


def test_what_is_said_later_adds_to_what_was_remembered(tmp_path, capsys):
    text = "Nummer,Contract Title,Betrag,Partner,Start Date\nA1,Alpha,9,Acme,01/04/2024\n"
    said = ["--map", "Nummer=reference", "--map", "Betrag=value_gbp"]
    assert run(tmp_path, capsys, text, "import_register", *said)[0] == 0
    assert run(tmp_path, capsys, text, "import_register", "--map", "Partner=supplier_name")[0] == 0
    assert ColumnMapping.objects.get().mapping == {
        "Nummer": "reference", "Betrag": "value_gbp", "Partner": "supplier_name",
    }  # fmt: skip
    again = "Nummer,Contract Title,Betrag,Partner,Start Date\nA2,Beta,7,Brill,01/04/2024\n"
    assert run(tmp_path, capsys, again)[0] == 0
    contract = Contract.objects.get(reference="A2")
    assert (contract.value_gbp, contract.supplier_name) == (7, "Brill")


def test_a_field_said_of_another_column_later_is_that_columns(tmp_path, capsys):
    text = "Nummer,Contract Title,Betrag,Summe,Supplier,Start Date\nA1,Alpha,9,5,Acme,01/04/2024\n"
    said = ["--map", "Nummer=reference", "--map", "Betrag=value_gbp"]
    assert run(tmp_path, capsys, text, "import_register", *said)[0] == 0
    assert run(tmp_path, capsys, text, "import_register", "--map", "Summe=value_gbp")[0] == 0
    assert Contract.objects.get().value_gbp == 5
    assert ColumnMapping.objects.get().mapping == {"Nummer": "reference", "Summe": "value_gbp"}


@pytest.mark.parametrize(
    ("heading", "cells", "field"),
    [
        ("Anticipated", ["1000", "2500", "12000"], "value_gbp"),
        ("Wert", ["£1,000", "£2,500"], "value_gbp"),
        ("Quantity", ["1000", "2500", "12000"], None),
        ("Opened in", ["2019", "2020", "2021"], None),
        ("Who", ["Acme Ltd", "Brill plc", "Carr & Sons"], "supplier_name"),
        ("Department", ["Adult Services", "Waste Services"], None),
        ("Kick-off", ["01/04/2024", "02/05/2024"], "start"),
        ("Published", ["01/04/2024", "02/05/2024"], None),
        ("Date", ["01/04/2024", "02/05/2024"], None),
    ],
)
def test_what_a_register_must_not_lack_is_asked_about_by_what_stands_in_a_column(heading, cells, field):
    asked = unnamed.ask({"reference", "title"}, {heading: cells})
    assert [name for _, name, _ in asked] == ([field] if field else [])
    assert not unnamed.ask({"reference", "title", "value_gbp", "supplier_name", "start", "end"}, {heading: cells})


@pytest.mark.parametrize("cell", ["n/a", "To be confirmed", "unavailable", "Not available", "TBC", "-"])
def test_what_says_that_nothing_is_known_is_no_name_and_no_day(cell):
    assert read_name(cell)[0] == "" and read_name(cell)[1][1] == "not_said"
    assert read_date(cell)[0] is None and read_date(cell)[1][0] == "warning"


@pytest.mark.parametrize("cell", ["Rolling programme of resurfacing", "Ongoing lift maintenance", "See Tickets Ltd"])
def test_a_name_that_begins_like_a_placeholder_is_a_name(cell):
    assert read_name(cell) == (cell, None)


@pytest.mark.parametrize("cell", ["0000-00-00", "00/00/0000", "31/03/0000"])
def test_a_day_of_noughts_is_never_empty_without_a_word(cell):
    day, problem = read_date(cell)
    assert day is None and problem[0] == "error"


@pytest.mark.parametrize("cell", ["01-Apr-50", "01/04/50", "04/13/50"])
def test_a_start_of_two_digits_lies_at_most_ten_years_ahead(cell):
    day, problem = read_first_day(cell)
    assert day is None and problem[:2] == ("error", "two_digit_year")


def test_a_two_digit_year_of_words_is_told():
    day, problem = read_date("01-Apr-25")
    assert (day.year, problem[:2]) == (2025, ("warning", "two_digit_year"))


def test_rows_that_all_end_early_are_told_once(tmp_path, capsys):
    lines = "".join(f"A{n},Alpha,Acme Ltd,9,01/04/2024\n" for n in range(1, 5))
    text = f"Contract Reference,Contract Title,Supplier,Contract Value,Start Date,End Date\n{lines}"
    status, report = run(tmp_path, capsys, text)
    told = [problem["message"] for problem in report["warnings"] if problem["code"] == "rows_end_early"]
    assert (status, told) == (0, ["4 rows end before the last heading: their last cells were read as empty."])


def test_two_rows_that_end_without_a_line_end_are_told_of(tmp_path, capsys):
    text = (
        "Awarded To|Effective From|Value|Procurement Reference|Contract Subject\r"
        "Corvid Care CIC|01/01/2024|£44,953.61|C/41270|Parking machines\r"
        "Elm Catering LLP|01/02/2024|£434,000.00|C/41271|Sch"
    )
    status, report = run(tmp_path, capsys, text)
    assert status == 0 and "no_line_end" in [problem["code"] for problem in report["warnings"]]


def test_a_hidden_sheet_is_left_out_by_name(tmp_path, capsys):
    book = openpyxl.Workbook()
    book.active.append(["Contract Reference", "Contract Title", "Supplier", "Contract Value", "Start Date"])
    book.active.append(["A1", "Alpha", "Acme Ltd", 9, "01/04/2024"])
    book.create_sheet("Old list").sheet_state = "hidden"
    status, report = run(tmp_path, capsys, book, name="file.xlsx")
    assert (status, report["saved"]) == (0, True)
    assert "Hidden in the workbook, and left out: “Old list”." in [p["message"] for p in report["warnings"]]


@pytest.mark.parametrize(
    ("name", "start", "says"),
    [
        ("list.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel file"),
        ("list.ods", b"PK\x03\x04", "OpenDocument"),
        ("list.xlsb", b"PK\x03\x04", "binary Excel workbook"),
        ("list.pdf", b"%PDF-1.7", "PDF"),
        ("list.exe", b"MZ", "Choose a CSV or XLSX file"),
    ],
)
def test_a_file_of_another_kind_is_named_for_what_it_is(name, start, says, people, client):
    client.force_login(people["pat"])
    file = SimpleUploadedFile(name, start + b"0" * 20)
    answer = client.post(reverse("imports"), {"kind": "contracts", "file": file})
    assert says in answer.content.decode()


def test_the_best_guess_is_ticked_and_of_two_none(handed_in, client):
    text = TWO_VALUES.replace("Supplier,", "Who,").replace(
        "Start Date,End Date", "End Date (planned),End Date (actual)"
    )
    run_ = handed_in(text.replace("01/04/2024,31/03/2027", "01/04/2027,31/03/2027"))
    client.get(reverse("import_preview", args=[run_.pk]))
    run_.refresh_from_db()
    asked = {heading: guess for heading, guess, _ in run_.report["asked"]}
    assert asked["Who"] == "supplier_name"
    assert asked["End Date (planned)"] == asked["End Date (actual)"] == ""


def test_columns_to_decide_show_what_stands_in_them(handed_in, client):
    text = TWO_VALUES.replace("Contract Title,", "Contract Title,Hue,").replace("a,", "a,deep green,")
    run_ = handed_in(text.replace("Start Date,End Date", "End Date (planned),End Date (actual)"))
    words = client.get(reverse("import_preview", args=[run_.pk])).content.decode()
    decide = words.split("Columns to decide")[1].split("<details>")[0]
    shown = {"End Date (planned)": "01/04/2024", "Value (annual)": "1000; 200", "Hue": "deep green"}
    for heading, cell in shown.items():
        assert heading in decide and f"Such as {cell}" in decide
