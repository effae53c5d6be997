"""Published awards (Open Contracting) find their contract by ID, reference, or buyer, title and value; what a person or
the register says is never overwritten.
"""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from importing.models import ImportRun
from suppliers import sources
from suppliers.models import Contract, ContractSource
from tests.importing.test_doubts import run as import_file
from tests.importing.test_taking_back import newest, undo

pytestmark = pytest.mark.django_db
OURS = "Surrey County Council"


def release(ocid="ocds-x-1", value=1000, title="Care of trees", buyer=OURS, day="2025-03-11T12:00:00Z", **award):
    suppliers = [{"id": f"S{n}", "name": name} for n, name in enumerate(award.pop("suppliers", ["Elm Ltd"]))]
    made = {
        "id": f"{ocid}-1", "status": "active", "date": "2025-01-31T00:00:00Z", "suppliers": suppliers,
        "value": {"amount": value, "currency": "GBP"},
        "contractPeriod": {"startDate": "2025-04-01T00:00:00+01:00", "endDate": "2026-03-31T23:59:59+01:00"},
    } | award  # fmt: skip
    party = {
        "id": "S0",
        "identifier": {"scheme": "GB-COH", "id": "01234567"},
        "details": {"scale": "sme", "vcse": True},
    }
    return {
        "ocid": ocid, "date": day, "tag": ["award"], "tender": {"id": f"T-{ocid}", "title": title},
        "buyer": {"name": buyer}, "parties": [party | {"roles": ["supplier"]}], "awards": [made],
    }  # fmt: skip


@pytest.fixture
def read(tmp_path, capsys):
    """read(releases, *options) -> (exit status, report) of import_releases"""

    def read_it(found, *options, name="releases.json"):
        text = found if isinstance(found, str) else json.dumps({"version": "1.1", "releases": found})
        return import_file(tmp_path, capsys, text, "import_releases", *options, name=name)

    return read_it


def test_a_release_becomes_a_contract_once(read):
    assert read([release()])[0] == 0
    contract = Contract.objects.get()
    assert (contract.reference, contract.ocid, contract.supplier_name) == ("T-ocds-x-1", "ocds-x-1", "Elm Ltd")
    assert (contract.start, contract.end) == (date(2025, 4, 1), date(2026, 3, 31))
    assert (contract.award_date, contract.value_gbp) == (date(2025, 1, 31), Decimal(1000))
    assert (contract.company_number, contract.sme, contract.vcse) == ("01234567", True, True)
    assert read([release()])[1]["unchanged"] == 1
    assert ContractSource.objects.count() == 1


@pytest.mark.parametrize(
    ("kept", "is_of"),
    [
        ({"reference": "A", "ocid": "ocds-x-1"}, True),
        ({"reference": "t ocds x 1".replace(" ", "-")}, True),
        ({"reference": "B", "title": "care of  TREES", "value_gbp": 1000, "buyer": OURS}, True),
        ({"reference": "B", "title": "Care of trees", "value_gbp": 1000}, True),
        ({"reference": "B", "title": "Care of trees", "value_gbp": 999, "buyer": OURS}, False),
        ({"reference": "B", "title": "Care of trees", "value_gbp": 1000, "buyer": "Highways Agency"}, False),
        ({"reference": "B", "title": "Care of trees", "value_gbp": 1000, "ocid": "ocds-x-9"}, False),
    ],
)
def test_it_is_of_the_contract_with_its_id_its_reference_or_its_words(kept, is_of, read):
    Contract.objects.create(**{"title": "Kept"} | kept)
    assert read([release()])[0] == 0
    assert Contract.objects.count() == (1 if is_of else 2)


def test_one_that_may_be_of_several_is_asked_about(read):
    for reference in ("A", "B"):
        Contract.objects.create(reference=reference, title="Care of trees", value_gbp=1000)
    status, report = read([release()])
    assert (status, report["errors"][0]["code"]) == (1, "several_contracts")


def test_what_a_person_wrote_stays_and_what_is_empty_is_filled(read):
    contract = Contract.objects.create(reference="A", title="Trees, as we call them", ocid="ocds-x-1")
    read([release()])
    contract.refresh_from_db()
    assert (contract.title, contract.supplier_name, contract.value_gbp) == ("Trees, as we call them", "Elm Ltd", 1000)
    contract.supplier_name = "Elm Trees Ltd"
    contract.save()
    read([release(value=1500, suppliers=["Elm and Sons"])])
    contract.refresh_from_db()
    assert (contract.supplier_name, contract.value_gbp) == ("Elm Trees Ltd", 1500)
    assert sources.newest([contract.pk], sources.Kind.RELEASE)[contract.pk].said["supplier_name"] == "Elm and Sons"


def test_the_newest_release_of_an_award_counts_and_several_awards_keep_apart(read):
    first, newer = release(value=1000), release(value=1200, day="2025-05-01T12:00:00Z")
    report = read([newer, first])[1]
    assert Contract.objects.get().value_gbp == 1200
    assert [p["code"] for p in report["warnings"] if "newer release" in p["message"]] == ["row_told"]
    lots = release("ocds-x-2")
    lots["awards"] = [lots["awards"][0], lots["awards"][0] | {"id": "ocds-x-2-2", "suppliers": [{"name": "Oak Ltd"}]}]
    read([lots])
    assert Contract.objects.filter(ocid="ocds-x-2").values_list("reference", "supplier_name").count() == 2
    assert read([lots])[1]["unchanged"] == 2


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"buyer": "East Sussex County Council"}, "another_buyer"),
        ({"value": {"amount": 5, "currency": "EUR"}}, "other_currency"),
        ({"value": -5}, "negative_number"),
        ({"title": ""}, "missing_value"),
    ],
)
def test_what_is_not_sure_is_refused(change, code, read):
    found = release(**{name: value for name, value in change.items() if not isinstance(value, dict)})
    found["awards"][0] |= {name: value for name, value in change.items() if isinstance(value, dict)}
    status, report = read([found])
    assert (status, report["errors"][0]["code"]) == (1, code)
    assert not Contract.objects.exists()


def test_another_buyer_counts_where_somebody_says_so(read):
    found = [release(buyer="East Sussex County Council")]
    assert read(found, "--buyer", "East Sussex County Council")[0] == 0


@pytest.mark.parametrize("stage", ["cancelled", "unsuccessful", "pending"])
def test_what_was_not_awarded_is_left_out(stage, read):
    report = read([release(), release("ocds-x-2", status=stage)])[1]
    assert (report["created"], report["rejected"], report["errors"]) == (1, 1, [])


def test_the_same_flattened_is_the_same(read):
    paths = {
        "ocid": "ocds-x-1", "releases/0/awards/0/id": "ocds-x-1-1", "tender/id": "T-ocds-x-1", "buyer/name": OURS,
        "tender/title": "Care of trees", "awards/0/suppliers/0/name": "Elm Ltd", "awards/0/value/amount": "1000",
        "awards/0/value/currency": "GBP", "awards/0/contractPeriod/startDate": "2025-03-31T23:00:00Z",
        "awards/0/contractPeriod/endDate": "2026-03-31T22:59:59Z", "awards/0/date": "2025-01-31T00:00:00Z",
    }  # fmt: skip
    out = io.StringIO()
    csv.writer(out).writerows([paths.keys(), paths.values()])
    assert read(out.getvalue(), name="flat.csv")[0] == 0
    contract = Contract.objects.get()
    assert (contract.start, contract.end, contract.value_gbp) == (date(2025, 4, 1), date(2026, 3, 31), 1000)
    short = f"ocid,buyer,title,contract_period\nocds-x-2,{OURS},Rooms,2024-04-01/2028-03-31\n"
    assert read(short, name="short.csv")[0] == 0
    assert Contract.objects.get(ocid="ocds-x-2").end == date(2028, 3, 31)


@pytest.mark.parametrize("text", ["{", "[1, 2]", '{"releases": 5}', '{"a": 1}', '[{"ocid": 5}]', "[" * 5000])
def test_json_that_is_no_package_is_answered_with_a_sentence(text, read):
    assert read(text)[0] == 2


@pytest.mark.parametrize("odd", [{"awards": 5}, {"parties": None}, {"buyer": []}, {"tender": "x"}, {"date": None}])
def test_a_crooked_package_never_breaks(odd, read):
    assert read([release() | odd])[0] in (0, 1)


def test_it_is_taken_back_like_every_import(read, capsys):
    Contract.objects.create(reference="A", title="Kept", ocid="ocds-x-1")
    read([release(), release("ocds-x-2", title="Rooms")])
    assert undo(newest(), capsys)[0] == 0
    kept = Contract.objects.get()
    assert (kept.supplier_name, kept.value_gbp) == ("", None)


def test_a_procurement_officer_hands_a_package_in(people, client):
    client.force_login(people["pat"])
    package = json.dumps({"releases": [release(), release("ocds-x-2", buyer="Another Council")]})
    file = SimpleUploadedFile("awards.json", package.encode())
    path = client.post(reverse("imports"), {"kind": "releases", "file": file}).url
    assert "another buyer" in client.get(path).content.decode()
    client.post(path, {"save": "", "how:another_buyer:buyer": "rows"})
    assert Contract.objects.get().ocid == "ocds-x-1"
    assert ImportRun.objects.get().saved_at
