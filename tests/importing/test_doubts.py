"""What the reader would have to guess is refused with its place, and an import that saved nothing says so."""

import json
from decimal import Decimal

import openpyxl
import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from golden_thread.models import Extract, FinanceRecord
from importing.cells import read_money
from importing.headings import other_currency, scale_of
from suppliers.models import Commitment, Contract

HEADINGS = "Contract Reference,Contract Title,Supplier,Contract Value,Start Date,End Date"
GOOD = "Q9,Omega,s,9,01/04/2024,31/03/2026"


def run(tmp_path, capsys, text, command="import_register", *options, name="file.csv"):
    """(exit status, report) of an import of this text or workbook."""
    path = tmp_path / name
    path.write_bytes(text.encode()) if isinstance(text, str) else text.save(path)
    status = 0
    try:
        call_command(command, str(path), "--json", *options)
    except SystemExit as ended:
        status = ended.code
    return status, json.loads(capsys.readouterr().out)


def places(report, code):
    return [(problem["row"], problem["column"]) for problem in report["errors"] if problem["code"] == code]


@pytest.mark.django_db
@pytest.mark.parametrize("options", [[], ["--accept-valid"]])
@pytest.mark.parametrize(
    ("command", "text"),
    [
        ("import_register", "Ref,Something,Else\nA1,Alpha,9\n"),
        ("import_register", f"{HEADINGS}\n"),
        ("import_register", f"{HEADINGS}\nQ1,Alpha,s,none at all 9,31/02/2024,x\n"),
        ("import_register", "Contract Title,Contract Value\nAlpha,9\n"),
        ("import_register", "Date,Supplier,Description,Amount\n01/04/2025,Acme Ltd,Paint,9\n"),
        ("import_commitments", "Commitment ID,Quantity,Unit\nC1,9,hours\n"),
        ("import_requests", "Title,Quantity,Unit\nPaint,9,hours\n"),
        ("import_projects", "Plan ID,Status,Social value recorded\n1,Completed,Yes\n"),
        ("import_contracts", "Contract Reference,Date signed\nA1,01/04/2024\n"),
        ("import_finance", "Contract Reference,Amount\nA1,9\n"),
    ],
)
def test_an_import_that_saved_nothing_says_so(command, text, options, tmp_path, capsys):
    if command in ("import_projects", "import_contracts", "import_finance"):
        options = [*options, "--as-at", "2025-02-28"]
    status, report = run(tmp_path, capsys, text, command, *options)
    assert (status, report["saved"]) == (1, False)
    assert report["errors"]
    assert not Contract.objects.exists()
    assert not Commitment.objects.exists()
    assert not Extract.objects.exists()


@pytest.mark.django_db
def test_rows_that_are_good_are_still_saved_without_the_bad_ones(tmp_path, capsys):
    status, report = run(
        tmp_path, capsys, f"{HEADINGS}\nQ1,Alpha,s,x9,,\n{GOOD}\n", "import_register", "--accept-valid"
    )
    assert (status, report["saved"], report["created"], report["rejected"]) == (0, True, 1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rows", "row"),
    [
        (["Q1,Alpha,s,1,,", 'Q2,"Beta 6 pipes,s,2,,', "Q3,Gamma,s,3,,", "Q4,Delta,s,4,,"], 3),
        (["Q1,Alpha,s,1,,", 'Q3,"Beta unclosed,s,3,,', "Q4,C,s,1,,", 'Q5,"Delta",s,5,,', "Q6,D,s,1,,"], 3),
        (['Q1,"Alpha,s,1,01/04/2024,31/03/2026', 'Q2,Beta,s,2,01/04/2024,31/03/2026"'], 2),
        (['Q1,"Alpha,s,1,01/04/2024,31/03/2026', "Q2,B,s,2,,", 'Q3,Beta",s,2,01/04/2024,31/03/2026'], 2),
        (['Q1,"6" pipes,s,1,,'], 2),
    ],
)
def test_a_quote_that_swallows_rows_is_refused_with_its_row(rows, row, tmp_path, capsys):
    status, report = run(tmp_path, capsys, "\n".join([HEADINGS, *rows]), "import_register", "--accept-valid")
    assert (status, report["saved"]) == (1, False)
    assert places(report, "broken_quote") == [(row, "")]


@pytest.mark.django_db
def test_an_inch_mark_and_a_title_of_two_lines_are_read(tmp_path, capsys):
    text = f'{HEADINGS}\nQ1,Supply of 6" pipe,s,1,,\nQ2,"Grounds, trees,\nhedges and ""lawns""",s,2,,\n'
    status, report = run(tmp_path, capsys, text)
    assert (status, report["created"]) == (0, 2)
    assert Contract.objects.get(reference="Q2").title == 'Grounds, trees,\nhedges and "lawns"'


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("command", "text"),
    [
        (
            "import_register",
            "Contract Reference,Contract Title,Description,Supplier\nC1,A, b,Daily,Acme\n",
        ),
        ("import_register", f"{HEADINGS}\nQ1,Alpha,s,1,234.56,01/04/2024,31/03/2026\n"),
        ("import_commitments", "Commitment ID,Wording,Quantity,Unit\nC1,Help,1,200,hours\n"),
        ("import_finance", "Contract Reference,Supplier,Date,Amount\nDN1,s,01/04/2025,1,234.56\n"),
    ],
)
def test_a_row_with_more_cells_than_headings_is_refused(command, text, tmp_path, capsys):
    options = ["--as-at", "2025-05-01"] if command == "import_finance" else []
    status, report = run(tmp_path, capsys, text, command, "--accept-valid", *options)
    assert (status, report["saved"]) == (1, False)
    assert [row for row, _ in places(report, "cells_beyond_headings")] == [2]


@pytest.mark.parametrize(
    "cell",
    ["1234,56", "1 234,56", "12,34", "£1,20", "0,75", "2,5", "100,00", "12.345,6", "12,345,67", "75.000", "0,500"],
)
def test_an_amount_whose_comma_may_be_a_point_is_refused(cell):
    assert read_money(cell)[0] is None
    assert read_money(cell)[1][:2] == ("error", "comma_or_point")


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_every_amount_as_this_country_writes_it_is_read(amount):
    for cell in (str(amount), f"{amount:,}", f"£{amount:,}", f"{amount:,.0f}"):
        value, problem = read_money(cell)
        assert problem is None
        assert value == (Decimal(cell.strip("£").replace(",", "")))


@given(st.integers(min_value=1, max_value=10**7), st.integers(min_value=0, max_value=99), st.sampled_from([1, 2]))
def test_no_amount_with_a_comma_for_its_point_is_read_in_silence(whole, part, places_):
    for cell in (f"{whole},{part:0{places_}}"[:20], f"{whole:,}".replace(",", ".") + f",{part % 10}"):
        value, problem = read_money(cell)
        assert problem is not None, cell
        assert value is None or problem[1] == "continental_number"


@pytest.mark.django_db
def test_one_such_cell_decides_the_column_and_leaves_what_may_be_two_things_in_doubt(tmp_path, capsys):
    text = "Commitment ID;Wording;Quantity;Unit\nC1;Help;1,5;days\nC2;More;1,234;hours\nC3;Most;40;hours\n"
    _, report = run(tmp_path, capsys, text, "import_commitments", "--accept-valid")
    assert places(report, "comma_or_point") == [(3, "Quantity")]
    promised = {each.external_reference: each.balance.promised for each in Commitment.objects.with_balance()}
    assert promised == {"C1": Decimal("1.5"), "C3": 40}


@pytest.mark.parametrize(
    "heading",
    [
        "Contract Value (£000)", "Value (£m)", "Value £'000", "Value (£000s)", "Value (000s)", "Value £k", "Value (k)",
        "Total in thousands", "Value (£ million)", "Value GBP m", "Amount (x 1000)".replace("1000", "000"),
        "Spend £bn", "Value ($)", "Value (EUR)", "Contract value in US dollars", "Value [£ 000's]",
    ],
)  # fmt: skip
def test_a_scale_or_another_currency_in_a_heading_is_seen(heading):
    assert other_currency(heading) or scale_of(heading) > 1


@pytest.mark.parametrize(
    "heading",
    ["Contract Value", "Value (£)", "Value in GBP", "Total value £", "Amount", "Value 2024", "Awarded Value (£ ex VAT)",
     "Quantity", "Contract value (GBP)", "Maximum value", "Value over 12 months", "Spend in May"],
)  # fmt: skip
def test_an_ordinary_heading_has_no_scale(heading):
    assert not other_currency(heading) and scale_of(heading) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("command", "heading", "text"),
    [
        ("import_register", "Contract Value (£000)", "Contract Reference,Contract Title,{}\nA1,Alpha,75\n"),
        ("import_commitments", "Quantity (000s)", "Commitment ID,Wording,{},Unit\nC1,Help,75,hours\n"),
        ("import_finance", "Amount (£k)", "Contract Reference,Date,{}\nA1,01/04/2024,75\n"),
    ],
)
def test_a_scale_in_a_heading_multiplies_and_is_told(command, heading, text, tmp_path, capsys):
    options = ["--as-at", "2025-05-01"] if command == "import_finance" else []
    status, report = run(tmp_path, capsys, text.format(heading), command, "--accept-valid", *options)
    assert (status, report["saved"]) == (0, True)
    assert "multiplied" in next(each["how"] for each in report["decisions"] if each["column"] == heading)
    amounts = {
        "import_register": lambda: Contract.objects.get().value_gbp,
        "import_commitments": lambda: Commitment.objects.with_balance().get().balance.promised,
        "import_finance": lambda: FinanceRecord.objects.get().amount_gbp,
    }
    assert amounts[command]() == 75000


@pytest.mark.django_db
def test_a_formula_without_a_result_is_an_error_that_names_its_cell(tmp_path, capsys):
    book = openpyxl.Workbook()
    for row in (HEADINGS.split(","), ["A1", "Alpha", "s", "=75000*4", None, None], ["A2", "Beta", "s", 5, None, None]):
        book.active.append(row)
    status, report = run(tmp_path, capsys, book, "import_register", "--accept-valid", name="file.xlsx")
    assert places(report, "formula_without_result") == [(2, "D")]
    assert (status, [contract.reference for contract in Contract.objects.all()]) == (0, ["A2"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("command", "text", "column"),
    [
        ("import_contracts", "Contract Reference,Date signed,PM3 Plan ID,Record state\nA1,01/04/2024,1,Void\n", 4),
        ("import_contracts", "Contract Reference,Date signed,PM3 Plan ID,How it goes\nA1,01/04/2024,1,Void\n", 4),
        ("import_register", "Contract Reference,Contract Title,Commencemnet\nA1,Alpha,9\n", 3),
        ("import_commitments", "Commitment ID,Wording,Quantity no,Unit\nC1,Help,9,\n", 3),
    ],
)
def test_a_column_that_a_figure_needs_and_that_was_half_recognised_saves_nothing(
    command, text, column, tmp_path, capsys
):
    options = ["--as-at", "2025-05-01"] if command == "import_contracts" else []
    heading = text.split("\n")[0].split(",")[column - 1]
    status, report = run(tmp_path, capsys, text, command, "--accept-valid", *options)
    assert (status, report["saved"]) == (3 if report["questions"] else 1, False)
    assert places(report, "column_asked") == [(1, heading)]
    status, report = run(tmp_path, capsys, text, command, "--map", f"{heading}=", *options)
    assert (status, report["saved"]) == (0, True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cell", "code", "severity"),
    [
        ("31/12/9999", "no_end", "warnings"),
        ("01/01/1900", "no_day", "errors"),
        ("0001-01-01", "no_day", "errors"),
        ("01/04/1998", "date_out_of_range", "errors"),
        ("01/04/2101", "date_out_of_range", "errors"),
        ("01/04/98", "two_digit_year", "errors"),
    ],
)
def test_days_that_are_none(cell, code, severity, tmp_path, capsys):
    _, report = run(
        tmp_path, capsys, f"{HEADINGS}\nQ1,Alpha,s,1,,{cell}\n{GOOD}\n", "import_register", "--accept-valid"
    )
    assert [(p["row"], p["code"]) for p in report[severity]] == [(2, code)]


@pytest.mark.django_db
def test_a_contract_that_ends_before_it_starts_is_refused(tmp_path, capsys):
    text = f"{HEADINGS}\nQ1,Alpha,s,1,01/09/2026,31/08/2025\n{GOOD}\n"
    status, report = run(tmp_path, capsys, text)
    assert (status, report["saved"]) == (1, False)
    assert "Correct it at the source" in report["errors"][0]["message"]


@pytest.mark.django_db
def test_a_second_import_can_not_make_a_contract_end_before_it_starts(tmp_path, capsys):
    run(tmp_path, capsys, f"{HEADINGS}\n{GOOD}\n")
    text = "Contract Reference,Contract Title,End Date\nQ9,Omega,31/03/2020\n"
    status, report = run(tmp_path, capsys, text)
    assert (status, report["saved"]) == (1, False)
    assert "would end before it starts" in report["errors"][0]["message"]


SCALED = {
    "Value £'000": 1000, "Value - thousands": 1000, "Value [000]": 1000, "Value in thousands": 1000,
    "Value GBP thousand": 1000, "Value x1000": 1000, "Value '000": 1000, "Value £ ex VAT 000": 1000,
    "Value (thds)": 1000, "Value (hundreds)": 100, "Value (£m)": 10**6, "Value £ million": 10**6, "Value £bn": 10**9,
}  # fmt: skip


@pytest.mark.parametrize("heading", SCALED)
def test_a_scale_in_any_heading_of_money_multiplies(heading, db, tmp_path, capsys):
    text = f"Contract Reference,Contract Title,Supplier,{heading}\nA1,Alpha,Builder Ltd,0.5\n"
    status, report = run(tmp_path, capsys, text, "import_register", "--accept-valid")
    assert (status, report["saved"]) == (0, True)
    assert Contract.objects.get().value_gbp == Decimal("0.5") * SCALED[heading]


@pytest.mark.parametrize("heading", ["Value (pence)", "Value ($)", "Value (EUR)"])
def test_what_is_not_in_pounds_is_refused(heading, db, tmp_path, capsys):
    text = f"Contract Reference,Contract Title,Supplier,{heading}\nA1,Alpha,Builder Ltd,15\n"
    status, report = run(tmp_path, capsys, text, "import_register", "--accept-valid")
    assert (status, report["saved"]) == (1, False)
    assert places(report, "scale_in_heading") == [(1, heading)]


@pytest.mark.parametrize(("cell", "heading"), [("75000000", "Value (£000)"), ("1.2m", "Value (£000)")])
def test_a_scale_that_can_not_be_meant_is_asked_about(cell, heading, db, tmp_path, capsys):
    text = f"Contract Reference,Contract Title,Supplier,{heading}\nA1,Alpha,Builder Ltd,{cell}\n"
    assert run(tmp_path, capsys, text, "import_register", "--accept-valid")[1]["saved"] is False


@pytest.mark.parametrize(
    ("amounts", "refused"), [(("1,500", "12,250"), 2), (("1,500", "1,234,567"), 0), (("£1,500", "1,250"), 0)]
)
def test_in_a_file_of_semicolons_a_comma_may_be_a_point(amounts, refused, db, tmp_path, capsys):
    rows = "".join(f"A{number};Alpha;Builder Ltd;{amount}\n" for number, amount in enumerate(amounts))
    text = f"Contract Reference;Contract Title;Supplier;Contract Value\n{rows}"
    _, report = run(tmp_path, capsys, text, "import_register")
    assert len(places(report, "comma_or_point")) == refused


def test_a_row_swallowed_by_a_quote_in_two_columns_is_refused(db, tmp_path, capsys):
    status, report = run(tmp_path, capsys, 'Reference,Title\nZZ1,"T\nZZ2,T"\n', "import_register")
    assert (status, report["saved"]) == (1, False)
    assert "swallow" in report["errors"][0]["message"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("heading", "cells", "asked"),
    [
        ("Annual figure", ["£1,000", "£2,500.50"], True),
        ("Anticipated spending p.a. (total)", ["1000", "2500"], True),
        ("Lots", ["1", "2"], False),
        ("CPV", ["90600000", "45000000"], False),
    ],
)
def test_a_register_never_loses_its_value_in_silence(heading, cells, asked, tmp_path, capsys):
    rows = [f'Q{n},Title {n},s,"{cell}",01/04/2024' for n, cell in enumerate(cells)]
    text = "\n".join([f"Contract Reference,Contract Title,Supplier,{heading},Start Date", *rows]) + "\n"
    status, report = run(tmp_path, capsys, text)
    assert status == (3 if asked else 0)
    assert [(each["column"], each["guess"]) for each in report["questions"]] == [(heading, "value_gbp")] * asked
    if asked:
        assert run(tmp_path, capsys, text, "import_register", "--accept-valid")[0] == 3
        assert run(tmp_path, capsys, text, "import_register", "--map", f"{heading}=value_gbp")[0] == 0
        assert Contract.objects.filter(value_gbp__isnull=False).count() == 2
