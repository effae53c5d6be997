"""Several suppliers under one reference: one contract with all of them, told; what contradicts is a conflict."""

from decimal import Decimal

import pytest

from suppliers.models import Contract
from tests.importing.test_doubts import run
from tests.importing.test_taking_back import newest, undo

pytestmark = pytest.mark.django_db
HEAD = "Contract Reference,Contract Title,Supplier,Contract Value,Start Date,End Date\n"


def lots(*rows, title="Framework"):
    return HEAD + "".join(f"F1,{title},{name},{value},01/04/2024,31/03/2026\n" for name, value in rows)


def kept():
    contract = Contract.objects.get()
    return contract.supplier_name, sorted(contract.parties.values_list("name", flat=True)), contract.value_gbp


@pytest.mark.parametrize(
    ("rows", "value"),
    [
        ([("Acme", 100), ("Bolt", 200), ("Corp", 300)], Decimal(600)),
        ([("Acme", 100), ("Bolt", 100), ("Corp", 100)], Decimal(100)),
        ([("Acme", 100), ("Bolt", ""), ("Corp", 300)], Decimal(400)),
        ([("Acme", ""), ("Bolt", ""), ("Corp", "")], None),
    ],
)
def test_lots_are_one_contract_with_every_supplier(rows, value, tmp_path, capsys):
    status, report = run(tmp_path, capsys, lots(*rows, rows[1]))
    assert status == 0
    assert kept() == ("Acme", ["Bolt", "Corp"], value)
    assert [p["row"] for p in report["warnings"] if p["code"] == "rows_joined"] == [3, 4]
    assert [p["row"] for p in report["warnings"] if p["code"] == "exact_duplicate_row"] == [5]
    again = run(tmp_path, capsys, lots(*rows))[1]
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 1)


def test_another_supplier_joins_later_and_none_is_taken_away(tmp_path, capsys):
    run(tmp_path, capsys, lots(("Acme", 100), ("Bolt", 200)))
    assert run(tmp_path, capsys, lots(("Acme", 100), ("Corp", 200)))[1]["updated"] == 1
    assert kept() == ("Acme", ["Bolt", "Corp"], Decimal(300))
    assert undo(newest(), capsys)[0] == 0
    assert kept() == ("Acme", ["Bolt"], Decimal(300))


def test_what_was_made_with_its_lots_is_taken_back_with_them(tmp_path, capsys):
    run(tmp_path, capsys, lots(("Acme", 100), ("Bolt", 200)))
    assert undo(newest(), capsys)[0] == 0
    assert not Contract.objects.exists()


def test_rows_that_differ_in_more_are_a_conflict(tmp_path, capsys):
    text = lots(("Acme", 100)) + lots(("Bolt", 200), title="Something else").removeprefix(HEAD)
    status, report = run(tmp_path, capsys, text)
    assert (status, [p["code"] for p in report["errors"]]) == (1, ["conflicting_rows"])
