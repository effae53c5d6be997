"""Layouts that public bodies publish, with rows of our own: Contracts Finder's portal, and its notices as rows."""

from datetime import date
from decimal import Decimal

import pytest

from suppliers.models import Contract
from tests.importing.test_doubts import run

pytestmark = pytest.mark.django_db
PORTAL = (
    '"Notice Identifier","Notice Type","Organisation Name",Status,"Published Date",Title,Description,"Cpv Codes",'
    '"Start Date","End Date","Closing Date","Is sub-contract","Parent Reference","Suitable for SME","Suitable for VCO",'
    '"Value Low","Value High","Awarded Date","Awarded Value",'
    '"Supplier [Name|Address|Ref type|Ref Number|Is SME|Is VCSE]","Contract start date","Contract end date"\n'
)
SUPPLIERS = '"[Oak Ltd|1 Road,\nTown|NONE||No|No][Ash Ltd|2 Road|NONE||No|No]"'
NOTICES = (
    "Notice ID,Published Date,Buyer Name,Buyer ID-scheme,Buyer ID,Supplier Name,Supplier ID-scheme,Supplier ID,"
    "Date Contract Awarded,Contract Start Date,Contract End Date,Award Title,Award Description,Classification Scheme,"
    "Classification Code,Award Value,Award Value - currency\n"
)


def test_the_portal_of_contracts_finder(tmp_path, capsys):
    rows = "".join(
        f"2020-{n},Contract,Elm Council,Awarded,2020-10-0{n}T17:30:36Z,Care {n},Care at home,85000000,01/10/2020,"
        f"30/09/2023,01/09/2020,NO,,Yes,Yes,0,1,28/09/2020,10767029,{SUPPLIERS},01/11/2020,30/09/2024\n"
        for n in range(1, 8)
    )
    status, report = run(tmp_path, capsys, PORTAL + rows)
    assert (status, report["created"]) == (0, 7)
    contract = Contract.objects.get(reference="2020-3")
    assert (contract.supplier_name, contract.value_gbp) == ("Oak Ltd; Ash Ltd", Decimal(10767029))
    assert (contract.start, contract.end) == (date(2020, 11, 1), date(2024, 9, 30))
    assert contract.sme is None  # that a tender suits small ones says nothing of who won it
    assert contract.award_date == date(2020, 9, 28)


def test_notices_as_rows(tmp_path, capsys):
    rows = "".join(
        f"cdba1419-{n},2020-06-04T12:18:00Z,Elm Council,,,Oak Ltd,,,2020-05-29T00:00:00Z,2020-07-01T00:00:00Z,"
        f"2022-09-30T00:00:00Z,Finsbury {n},What it is,,,95905.88,GBP\n"
        for n in range(1, 8)
    )
    status, report = run(tmp_path, capsys, NOTICES + rows)
    assert (status, report["created"]) == (0, 7)
    contract = Contract.objects.get(reference="cdba1419-3")
    assert (contract.title, contract.buyer, contract.supplier_name) == ("Finsbury 3", "Elm Council", "Oak Ltd")
    assert (contract.start, contract.value_gbp) == (date(2020, 7, 1), Decimal("95905.88"))
    assert contract.description == "What it is"
    assert report["questions"] == []


def test_a_value_of_nothing_is_kept_and_told(tmp_path, capsys):
    text = "Contract Reference,Contract Title,Supplier,Contract Value\nA1,Alpha,Oak Ltd,0.0\nA2,Beta,Oak Ltd,5\n"
    report = run(tmp_path, capsys, text)[1]
    assert [p["row"] for p in report["warnings"] if p["code"] == "value_nought"] == [2]
