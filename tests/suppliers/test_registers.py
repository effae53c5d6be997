"""Rule 9: all or nothing, every faulty cell named, a dry run, and twice is once."""

import json
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from importing import runs
from importing.models import ColumnMapping, ImportRun
from organisations.models import Organisation
from requests_app.models import Request, RequestTotals
from suppliers import ledger
from suppliers.accounts import Facts, Held
from suppliers.ledger import Act, Source
from suppliers.models import Commitment, Contract, LedgerEntry
from suppliers.registers.commitments import CommitmentImporter

pytestmark = pytest.mark.django_db
HEAD = "Contract reference,Title,Supplier,Start date,End date,Contract value\n"
GOOD = HEAD + 'A-1,Roads,Acme,01/04/2025,31/03/2027,"£1,200.50"\nA-2,Lights,Brill,2025-04-01,Rolling,TBC\n'


def run(command, path, *options):
    """(exit status, report) of an import command."""
    out = StringIO()
    try:
        call_command(command, str(path), *options, "--json", stdout=out)
        status = 0
    except SystemExit as exit_:
        status = exit_.code
    return status, json.loads(out.getvalue())


def counts(report):
    return [report[name] for name in ("rows", "created", "updated", "unchanged", "rejected")]


def problems(report, severity="errors"):
    return [(p["row"], p["column"], p["code"]) for p in report[severity]]


@pytest.fixture
def write(tmp_path):
    def write_it(content, name="register.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write_it


def test_a_register_is_saved_and_a_second_run_changes_nothing(write):
    path = write(GOOD)
    status, report = run("import_register", path)
    assert (status, counts(report)) == (0, [2, 2, 0, 0, 0])
    assert problems(report, "warnings") == [(3, "End date", "not_a_date"), (3, "Contract value", "not_a_number")]
    roads = Contract.objects.get(reference="A-1")
    assert (str(roads.value_gbp), roads.start, roads.end) == ("1200.50", date(2025, 4, 1), date(2027, 3, 31))
    assert counts(run("import_register", path)[1]) == [2, 0, 0, 2, 0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_encoding_and_separator(write, encoding, separator):
    table = separator.join(["Ref", "Title", "Value"]) + "\n" + separator.join(["A-1", "Café – roof", "£5"]) + "\n"
    assert counts(run("import_register", write(table, encoding=encoding))[1])[:2] == [1, 1]
    contract = Contract.objects.get()
    assert (contract.title, contract.value_gbp) == ("Café – roof", 5)


def test_title_rows_footers_and_repeated_headings_are_no_contracts(write):
    rows = "Contracts register,,,,,\nPublished May 2025,,,,,\n,,,,,\n" + GOOD + HEAD
    rows += "A-3,Trees,Acme,,,\nTotal,,,,,3\nSource: procurement team,,,,,\n"
    status, report = run("import_register", write(rows))
    assert (status, counts(report)) == (0, [3, 3, 0, 0, 0])
    assert [row for row, _, code in problems(report, "warnings") if code == "row_not_used"] == [9, 10]


def test_a_faulty_cell_refuses_the_file_and_names_every_fault(write):
    path = write(GOOD + "A-3,Trees,Acme,31/02/2025,,-4\n,No reference,Acme,01/01/2025,02/01/2025,5\n")
    status, report = run("import_register", path)
    assert (status, counts(report), Contract.objects.count()) == (1, [4, 0, 0, 0, 4], 0)
    assert problems(report) == [
        (4, "Start date", "impossible_date"),
        (4, "Contract value", "negative_number"),
        (5, "Contract reference", "missing_value"),
    ]
    status, report = run("import_register", path, "--accept-valid")
    assert (status, counts(report)) == (0, [4, 2, 0, 0, 2])
    assert counts(run("import_register", path, "--accept-valid")[1]) == [4, 0, 0, 2, 2]


def test_a_dry_run_counts_and_saves_nothing(write):
    status, report = run("import_register", write(GOOD), "--dry-run")
    assert (status, counts(report), Contract.objects.count()) == (0, [2, 2, 0, 0, 0], 0)


def test_an_empty_cell_wipes_nothing_and_a_changed_one_updates(write):
    run("import_register", write(GOOD))
    _, report = run("import_register", write(HEAD + "a-1,Roads and paths,,,,\n"))
    assert counts(report) == [1, 0, 1, 0, 0]
    roads = Contract.objects.get(reference="A-1")
    assert (roads.title, roads.supplier_name) == ("Roads and paths", "Acme")


def test_the_same_row_counts_once_and_two_different_ones_are_refused(write):
    row = "A-1,Roads,Acme,01/04/2025,,5\n"
    status, report = run("import_register", write(HEAD + row + row))
    assert (status, counts(report), report["duplicates"]) == (0, [2, 1, 0, 0, 0], 1)
    status, report = run("import_register", write(HEAD + row + row.replace("Roads", "Lights")))
    assert (status, problems(report)) == (1, [(3, "", "conflicting_rows")])


def test_a_workbook_with_merged_cells_two_sheets_and_mixed_dates(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Live contracts"])
    sheet.merge_cells("A1:D1")
    sheet.append(["Organisation", "Ref", "Title", "Start"])
    sheet.append(["Highways", "X-1", "Roads", date(2025, 4, 1)])
    sheet.append([None, "X-2", "Signs", "01/05/2025"])
    sheet.append([None, "X-3", "Grit", 45747])
    sheet.merge_cells("A3:A5")
    expired = book.create_sheet("Expired")
    expired.append(["Organisation", "Ref", "Title", "Start"])
    expired.append(["Schools", "X-4", "Milk", None])
    book.create_sheet("Notes").append(["Nothing to see here"])
    book.save(tmp_path / "register.xlsx")
    status, report = run("import_register", tmp_path / "register.xlsx")
    assert (status, counts(report)) == (0, [4, 4, 0, 0, 0])
    assert list(Contract.objects.values_list("buyer", flat=True)) == ["Highways"] * 3 + ["Schools"]
    assert problems(report, "warnings")[:2] == [
        (4, "D", "date_as_text"),
        (5, "D", "excel_serial_as_number"),
    ]
    assert ("Notes", "sheet_not_used") in [(p["sheet"], p["code"]) for p in report["warnings"]]


def test_unknown_headings_are_asked_for_once_and_remembered(write):
    path = write("Vertragsnummer,Was,Wer\nB-1,Roof,Acme\n")
    status, _ = run("import_register", path)
    assert (status, Contract.objects.count()) == (1, 0)
    mapping = ("--map", "Vertragsnummer=reference", "--map", "Was=title", "--map", "Wer=supplier_name")
    assert counts(run("import_register", path, *mapping)[1])[:2] == [1, 1]
    assert ColumnMapping.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.csv"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "old.xls"),
        (b"PK\x03\x04 cut off", "half.xlsx"),
        (b"\x00\x01\x02\x03" * 300, "noise.csv"),
    ],
)
def test_what_can_not_be_read_is_refused_with_status_2(write, content, name):
    status, report = run("import_register", write(content, name))
    assert (status, report["errors"][0]["code"], Contract.objects.count()) == (2, "unreadable", 0)
    assert run("import_register", "/nowhere/at/all.csv")[0] == 2


def test_a_zip_bomb_is_refused(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "x")
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(420):
                sheet.write(b"0" * 1024 * 1024)
    status, report = run("import_register", path)
    assert (status, "unpacks to more" in report["errors"][0]["message"]) == (2, True)


COMMITMENTS = (
    "commitment_id,text,category,quantity,unit,delivery_area,supplier_type,measure\n"
    "C1,Staff volunteering,Community,96,hours,Surrey,Builder,volunteering hours\n"
    "C2,Laptops given away,Digital,50,laptops,Surrey,Builder,equipment donated\n"
    "C3,GBP 500 a year,Community,500,GBP,Surrey,Baker,cash donation\n"
)


def test_commitments_are_filed_under_a_contract_for_each_type_of_supplier(write):
    path = write(COMMITMENTS)
    assert counts(run("import_commitments", path)[1]) == [3, 3, 0, 0, 0]
    assert Contract.objects.filter(made_for_import=True).count() == 2
    found = {
        c.external_reference: (c.unit, c.unit_words, c.kind, int(c.balance.promised))
        for c in Commitment.objects.select_related("balance")
    }
    assert found == {
        "C1": ("hours", "", "volunteers", 96),
        "C2": ("items", "laptops", "goods", 50),
        "C3": ("pounds", "", "money", 500),
    }
    assert counts(run("import_commitments", path)[1]) == [3, 0, 0, 3, 0]
    assert LedgerEntry.objects.count() == 3
    out = StringIO()
    call_command("export_contracts", stdout=out)
    assert out.getvalue() == ""


def test_a_commitment_can_not_shrink_below_what_is_pledged(write, people, supplier, monkeypatch):
    run("import_commitments", write(COMMITMENTS))
    first = Commitment.objects.get(external_reference="C1")
    told = Facts([Held(1, Decimal(90), date(2026, 11, 20))])
    monkeypatch.setattr(ledger, "_providers", [lambda numbers: {first.pk: told}])
    ledger.settle(first, Act(Source.PLEDGE, "Pledged", by=people["sam"]))
    status, report = run("import_commitments", write(COMMITMENTS.replace(",96,", ",80,")))
    assert (status, problems(report)) == (1, [(2, "quantity", "refused")])
    first.balance.refresh_from_db()
    assert first.balance.promised == 96


def test_words_that_were_awarded_are_refused_by_their_row_and_the_others_are_saved(write):
    run("import_commitments", write(COMMITMENTS))
    Commitment.objects.update(created_at=timezone.now() - timedelta(days=9))
    Contract.objects.update(award_date=date(2026, 1, 1))
    changed = write(COMMITMENTS.replace("GBP 500 a year", "Other words").replace(",96,", ",97,"))
    for options in ((), ("--dry-run",), ("--accept-valid",)):
        _, report = run("import_commitments", changed, *options)
        assert problems(report) == [(4, "text", "another_commitment")], options
    assert Commitment.objects.get(external_reference="C3").wording == "GBP 500 a year"
    assert Commitment.objects.get(external_reference="C1").balance.promised == 97


def test_requests_are_published_under_the_organisation_named(write, group, client):
    path = write(
        "request_id,title,description,category,quantity,unit,place,outcode\n"
        "R1,Paint the hall,Two coats,Community,10,volunteers,Redhill,RH1\nR2,A story,Tell it,Arts,,,Woking,GU21\n"
    )
    assert counts(run("import_requests", path, "--organisation", "Lunch Club")[1]) == [2, 2, 0, 0, 0]
    assert counts(run("import_requests", path)[1]) == [2, 0, 0, 2, 0]
    first = Request.objects.get(external_reference="R1")
    assert (first.organisation, first.live, first.unit, first.quantity) == (group, True, "people", 10)
    assert Request.objects.get(external_reference="R2").unit == "narrative"
    assert RequestTotals.objects.filter(listed=True).count() == 2
    assert "Paint the hall" in client.get("/requests/?q=painting").content.decode()


def test_requests_without_an_organisation_get_one_made_for_the_purpose(write):
    run("import_requests", write("request_id,title\nR1,Chairs\n"))
    assert Organisation.objects.get(made_for_import=True).requests.count() == 1


def test_the_staff_screen_previews_before_it_saves(people, client):
    client.force_login(people["pat"])
    file = SimpleUploadedFile("register.csv", GOOD.encode())
    path = client.post("/admin/imports/", {"kind": "contracts", "file": file}).url
    page = client.get(path).content.decode()
    assert "“Rolling” is not a date" in page
    assert Contract.objects.count() == 0
    client.post(path, {"save": ""})
    assert Contract.objects.count() == 2
    run_ = ImportRun.objects.get()
    assert (run_.saved_at is not None, run_.report["created"], run_.started_by) == (True, 2, people["pat"])
    with pytest.raises(Exception, match="saved already"):
        runs.save(run_, {}, False, by=people["pat"])


def test_the_staff_screen_asks_for_unknown_columns(people, client):
    client.force_login(people["pat"])
    file = SimpleUploadedFile("register.csv", b"Ref,Title,Wer\nB-1,Roof,Acme\n")
    path = client.post("/admin/imports/", {"kind": "contracts", "file": file}).url
    assert 'name="map:Wer"' in client.get(path).content.decode()
    client.post(path, {"map:Wer": "supplier_name", "save": ""})
    assert Contract.objects.get().supplier_name == "Acme"


def test_nobody_else_may_import(people, client):
    client.force_login(people["dee"])
    file = SimpleUploadedFile("register.csv", GOOD.encode())
    assert client.post("/admin/imports/", {"kind": "contracts", "file": file}).status_code == 302
    client.force_login(people["mo"])
    client.post("/admin/imports/", {"kind": "contracts", "file": SimpleUploadedFile("r.csv", GOOD.encode())})
    assert not ImportRun.objects.exists()


def test_export_prints_the_keys_of_the_register(write):
    run("import_register", write(GOOD))
    out = StringIO()
    call_command("export_contracts", stdout=out)
    first, second = (json.loads(line) for line in out.getvalue().splitlines())
    assert first == {
        "reference": "A-1",
        "title": "Roads",
        "buyer": "",
        "supplier": "Acme",
        "value_gbp": 1200.5,
        "start": "2025-04-01",
        "end": "2027-03-31",
        "award_date": None,
        "sme": None,
        "vcse": None,
        "ocid": None,
    }
    assert (second["value_gbp"], second["end"]) == (None, None)


def test_a_contract_that_went_since_the_rows_were_checked_is_not_made_up():
    with pytest.raises(Contract.DoesNotExist):
        CommitmentImporter().contracts_for([{"contract_reference": "A-1"}])
    assert not Contract.objects.exists()


def test_contracts_that_rows_name_are_asked_for_once_a_file(write):
    for number in range(8):
        Contract.objects.create(reference=f"A-{number}", reference_key=f"a-{number}", title="Roads")
    head = "commitment_id,text,quantity,unit,contract reference\n"
    asked = []
    for size in (2, 8):
        rows = "".join(f"S{size}-{n},Volunteer hours for charities,10,hours,A-{n}\n" for n in range(size))
        with CaptureQueriesContext(connection) as queries:
            assert run("import_commitments", write(head + rows))[0] == 0
        asked.append(sum('WHERE "suppliers_contract"."reference_key"' in query["sql"] for query in queries))
    assert asked == [2, 2]
    assert Commitment.objects.filter(contract__reference="A-0").count() == 2
