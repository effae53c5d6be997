"""An import is taken back as one step, as long as nothing was built on it; the log says so."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from wagtail.models import ModelLogEntry

from golden_thread import records, rules
from golden_thread.models import Extract, Snapshot
from importing.models import ImportRun
from requests_app.models import Request
from suppliers import sources
from suppliers.models import Commitment, Contract, ContractSource, LedgerEntry
from tests.importing.test_doubts import run

pytestmark = pytest.mark.django_db
HEAD = "Contract Reference,Contract Title,Supplier,Contract Value,Start Date,End Date\n"
FIRST = HEAD + "A1,Alpha,Acme Ltd,100,01/04/2024,31/03/2026\nA2,Beta,Brill Ltd,200,01/04/2024,31/03/2026\n"
SECOND = HEAD + "A1,Alpha,Acme Ltd,150,01/04/2024,31/03/2027\nA3,Gamma,Crest Ltd,300,01/04/2024,31/03/2026\n"
PROMISES = "Commitment ID,Wording,Quantity,Unit,Contract reference\nC1,Help,9,hours,A1\n"
REQUESTS = "Request ID,Title,Quantity,Unit\nR1,Paint our hall,9,hours\n"


def undo(number, capsys):
    """(exit status, what was said) of undo_import."""
    status = 0
    try:
        call_command("undo_import", str(number))
    except SystemExit as ended:
        status = ended.code
    said = capsys.readouterr()
    return status, said.out + said.err


def newest():
    return ImportRun.objects.first().pk


def state():
    fields = ("reference", "title", "supplier_name", "value_gbp", "start", "end")
    return list(Contract.objects.order_by("reference").values_list(*fields))


def test_what_was_made_goes_and_what_was_changed_is_as_before(tmp_path, capsys):
    run(tmp_path, capsys, FIRST)
    before, said = state(), sources.newest(list(Contract.objects.values_list("pk", flat=True)), sources.Kind.REGISTER)
    run(tmp_path, capsys, SECOND)
    assert state() != before
    assert undo(newest(), capsys)[0] == 0
    assert state() == before
    now = sources.newest([*said], sources.Kind.REGISTER)
    assert {number: row.said for number, row in now.items()} == {number: row.said for number, row in said.items()}
    entry = ModelLogEntry.objects.get(action="importing.take_back")
    assert entry.object_id == str(newest())
    assert undo(newest(), capsys) == (1, "This import was taken back already.\n")


def test_the_same_file_can_be_saved_again_afterwards(tmp_path, capsys):
    run(tmp_path, capsys, FIRST)
    undo(newest(), capsys)
    assert not Contract.objects.exists()
    assert not ContractSource.objects.exists()
    status, report = run(tmp_path, capsys, FIRST)
    assert (status, report["created"]) == (0, 2)


@pytest.mark.parametrize("built", ["a commitment", "a word by hand", "a later register"])
def test_nothing_is_taken_back_once_something_was_built_on_it(built, tmp_path, capsys):
    run(tmp_path, capsys, FIRST)
    first = newest()
    if built == "a commitment":
        run(tmp_path, capsys, PROMISES, "import_commitments")
    elif built == "a word by hand":
        sources.note_by_hand(Contract.objects.get(reference="A1"), {"title": "Alpha, mended"}, None)
    else:
        run(tmp_path, capsys, SECOND)
    before = state()
    status, said = undo(first, capsys)
    assert status == 1
    assert "A1" in said
    assert state() == before
    assert not ImportRun.objects.get(pk=first).taken_back_at


def test_runs_are_taken_back_one_after_the_other_from_the_last(tmp_path, capsys):
    run(tmp_path, capsys, FIRST)
    run(tmp_path, capsys, SECOND)
    run(tmp_path, capsys, HEAD + "B9,Other,Other Ltd,100,01/04/2024,31/03/2026\n")
    first, second, third = sorted(ImportRun.objects.values_list("pk", flat=True))
    status, said = undo(first, capsys)
    assert status == 1 and f"Import {second}, “" in said and "was saved later, on" in said
    assert f"Import {third}," not in said  # it has nothing to do with the first
    assert undo(second, capsys)[0] == 0
    assert undo(first, capsys)[0] == 0
    assert undo(third, capsys)[0] == 0
    assert not Contract.objects.exists()


def test_history_goes_with_its_contract_alone():
    contract = Contract.objects.create(reference="A1", title="Alpha")
    sources.note([(contract, {"title": "Alpha"}, "", 2)], sources.Kind.REGISTER)
    with pytest.raises(DatabaseError, match="History"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM suppliers_contractsource")
    with pytest.raises(DatabaseError, match="History"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE suppliers_contractsource SET name = 'x'")


def test_promises_are_withdrawn_and_varied_back_by_the_ledger(tmp_path, capsys):
    run(tmp_path, capsys, FIRST)
    run(tmp_path, capsys, PROMISES, "import_commitments")
    run(tmp_path, capsys, PROMISES.replace("Help,9", "More help,12"), "import_commitments")
    assert undo(newest(), capsys)[0] == 0
    kept = Commitment.objects.select_related("balance").get(external_reference="C1")
    assert (kept.wording, kept.balance.promised) == ("Help", Decimal(9))
    entries = LedgerEntry.objects.count()
    # it was varied to and fro: its history stays, and so does the promise
    assert undo(ImportRun.objects.filter(kind="commitments").last().pk, capsys)[0] == 1
    assert LedgerEntry.objects.count() == entries


def test_a_promise_that_was_taken_back_frees_its_reference(tmp_path, capsys):
    run(tmp_path, capsys, FIRST)
    run(tmp_path, capsys, PROMISES, "import_commitments")
    assert undo(newest(), capsys)[0] == 0
    gone = Commitment.objects.get()
    assert gone.is_withdrawn
    assert gone.entries.filter(account="withdrawn").exists()
    assert run(tmp_path, capsys, PROMISES, "import_commitments")[1]["created"] == 1


def test_requests_go_and_come_back_as_they_were(tmp_path, capsys):
    run(tmp_path, capsys, REQUESTS, "import_requests")
    run(tmp_path, capsys, REQUESTS.replace("our hall", "their hall"), "import_requests")
    assert undo(newest(), capsys)[0] == 0
    assert Request.objects.get().title == "Paint our hall"
    first = ImportRun.objects.filter(kind="requests").last()
    assert "Edited since" in undo(first.pk, capsys)[1]


def test_a_request_nobody_touched_goes(tmp_path, capsys):
    run(tmp_path, capsys, REQUESTS, "import_requests")
    assert undo(newest(), capsys)[0] == 0
    assert not Request.objects.exists()


def test_an_extract_says_nothing_any_more_and_the_register_is_as_it_was(tmp_path, capsys):
    text = "Contract Reference,Title,Supplier,Date signed,PM3 Plan ID,Status\nQ1,Alpha,Acme,01/04/2024,P-1,Live\n"
    for day in ("2024-10-31", "2025-02-28"):
        run(tmp_path, capsys, text, "import_contracts", "--as-at", day)
        text += "Q2,Beta,Brill,01/05/2024,P-2,Live\n"
    assert Contract.objects.count() == 2
    assert undo(newest(), capsys)[0] == 0
    assert list(Contract.objects.values_list("reference", flat=True)) == ["Q1"]
    assert records.newest("contracts").as_at == date(2024, 10, 31)
    assert Extract.everything.count() == 2
    status, report = run(tmp_path, capsys, text, "import_contracts", "--as-at", "2025-02-28")
    assert (status, report["created"]) == (0, 3)
    assert records.newest("contracts").as_at == date(2025, 2, 28)


def test_an_extract_of_which_a_month_was_published_stays(tmp_path, capsys):
    contracts = "Contract Reference,Date signed,PM3 Plan ID,Status\nQ1,01/04/2024,P-1,Live\n"
    projects = "Plan ID,Status,Completed,Social value recorded\nP-1,Completed,01/04/2024,Yes\n"
    run(tmp_path, capsys, projects, "import_projects", "--as-at", "2025-02-28")
    run(tmp_path, capsys, contracts, "import_contracts", "--as-at", "2025-02-28")
    thread = records.load(date(2025, 2, 28), rules.current())
    Snapshot.objects.create(
        day=date(2025, 2, 28), metric="linked", numerator=1, denominator=1, projects_extract=thread.projects_extract,
        contracts_extract=thread.contracts_extract,
    )  # fmt: skip
    assert "28 February 2025" in undo(newest(), capsys)[1]
    assert records.newest("contracts")


def test_imports_are_listed_with_who_and_what(tmp_path, capsys):
    run(tmp_path, capsys, FIRST)
    undo(newest(), capsys)
    call_command("import_runs", "--json")
    listed = json.loads(capsys.readouterr().out)[0]
    assert (listed["number"], listed["kind"], listed["file"], listed["created"]) == (
        newest(),
        "contracts",
        "file.csv",
        2,
    )
    assert listed["taken_back"]
    call_command("import_runs")
    assert "Taken back" in capsys.readouterr().out
    with pytest.raises(Exception, match="no import 999") as refused:
        call_command("undo_import", "999")
    assert refused.value.returncode == 2


def test_a_procurement_officer_takes_an_import_back_on_the_screen(people, client, tmp_path, capsys):
    run(tmp_path, capsys, FIRST)
    client.force_login(people["pat"])
    path = reverse("import_take_back", args=[newest()])
    assert "2 new" in client.get(path).content.decode()
    assert Contract.objects.count() == 2
    client.post(path)
    assert not Contract.objects.exists()
    assert "Taken back" in client.get(reverse("imports")).content.decode()
    run(tmp_path, capsys, FIRST)
    run(tmp_path, capsys, PROMISES, "import_commitments")
    refused = client.post(reverse("import_take_back", args=[ImportRun.objects.filter(kind="contracts").first().pk]))
    assert refused.status_code == 422
    assert "commitment of A1" in refused.content.decode()
