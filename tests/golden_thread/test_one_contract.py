"""A contract is one thing with one page: register, extract and people feed it, and it says where it stands."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from golden_thread import contract_thread, links
from requests_app import pledges
from requests_app.models import Request
from suppliers import invitations
from suppliers.models import Commitment, Contract, ContractParty, ContractSource
from tests.conftest import collapsed, make_commitment, make_organisation, make_request
from tests.golden_thread.conftest import CONTRACTS, DAY, FINANCE, PROJECTS, run

pytestmark = pytest.mark.django_db


def hand_in(write, rows, day=DAY, name="contracts.csv"):
    status, report = run("import_contracts", write([CONTRACTS[0], *rows], name), "--as-at", str(day))
    assert (status, report["saved"]) == (0, True), report["errors"]


def page_of(client, people, reference, who="pat"):
    client.force_login(people[who])
    contract = Contract.objects.get(reference=reference)
    return collapsed(client.get(contract.get_absolute_url()).content.decode())


def test_an_extract_handed_in_once_serves_the_register_too(extracts):
    assert set(Contract.objects.values_list("reference", flat=True)) == {
        "C-1", "C-2", "C-3", "C-4", "C-5", "C-7", "C-8", "C-9", "C-10", "C-11",
    }  # fmt: skip
    roads = Contract.objects.get(reference="C-1")
    assert (roads.title, roads.supplier_name, roads.value_gbp) == ("Roads", "Acme Ltd", 10000)
    assert (roads.award_date, roads.plan_id_as_typed) == (date(2025, 3, 5), "PM3-00001")
    source = roads.sources.get()
    assert (source.kind, source.as_at, source.line) == ("extract", DAY, 2)


def test_the_same_extract_again_or_an_older_one_changes_nothing(extracts, write):
    before = list(Contract.objects.values()), ContractSource.objects.count()
    run("import_contracts", write(CONTRACTS, "contracts.csv"), "--as-at", str(DAY))
    hand_in(write, [["C-1", "Old words", "Acme Ltd", "05-Mar-2025", "", "Live", "1"]], DAY - timedelta(30), "old.csv")
    assert (list(Contract.objects.values()), ContractSource.objects.count()) == before


def test_an_extract_fills_what_is_empty_and_follows_itself_but_overwrites_nobody(write, people):
    Contract.objects.create(reference="c-1", title="Ours", supplier_name="", directorate="Place")
    hand_in(write, [["C-1", "Theirs", "Acme Ltd", "05-Mar-2025", "PM3-00001", "Live", "10"]])
    contract = Contract.objects.get()
    assert (contract.title, contract.supplier_name, contract.value_gbp) == ("Ours", "Acme Ltd", 10)
    hand_in(
        write, [["C-1", "Theirs", "Acme plc", "05-Mar-2025", "PM3-00001", "Live", "20"]], date(2026, 3, 31), "b.csv"
    )
    contract.refresh_from_db()
    assert (contract.title, contract.supplier_name, contract.value_gbp) == ("Ours", "Acme plc", 20)


def test_the_page_says_which_source_says_what_and_since_when(write, tmp_path, client, people):
    register = tmp_path / "register.csv"
    register.write_text("Contract Reference,Contract Title,Supplier,Start Date\nC-1,Roads and paths,Acme,01/04/2025\n")
    call_command("import_register", str(register))
    row = ["C-1", "Roads", "Acme Ltd", "05-Mar-2025", "", "Live", "10"]
    hand_in(write, [row])
    hand_in(write, [[*row[:6], "20"]], date(2026, 3, 31), "march.csv")
    page = page_of(client, people, "C-1")
    assert "Roads and paths</td>" in page
    assert "Proactis: <strong>Roads</strong> (since 28 February 2026)" in page
    assert "Proactis: the same (since 31 March 2026)" in page  # its value, 20 since March
    assert f"The contract register: the same (since {timezone.localdate():%-d %B %Y})" in page


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("C-1", "Linked"),
        ("C-3", "Names a project that PM3 doesn’t have: “PM3-77777”"),
        ("C-4", "Carries a Plan ID that can’t be read: “PM3 pending”"),
        ("C-7", "Linked"),
    ],
)
def test_the_state_of_the_thread_in_words(extracts, client, people, reference, words):
    page = page_of(client, people, reference)
    assert f"<strong>{words}" in page


def test_a_contract_that_is_not_linked_says_how_many_projects_are_suggested(write, client, people):
    for command, rows in (("projects", PROJECTS), ("finance", FINANCE)):
        run(f"import_{command}", write(rows, f"{command}.csv"), "--as-at", str(DAY))
    hand_in(write, [*CONTRACTS[1:3], ["C-20", "Lights", "Brill Ltd", "06-Mar-2025", "", "Live", "20,000"]])
    links.search()
    state = contract_thread.of(Contract.objects.get(reference_key="c-20"))
    assert state.words.startswith("Not linked")
    assert (state.suggestions > 0) == ("suggestion" in state.words)
    spent = contract_thread.of(Contract.objects.get(reference_key="c-1"))
    assert spent.spend == Decimal(200)
    assert "£200 in MySurrey" in page_of(client, people, "C-1")


def test_without_extracts_the_page_says_what_is_missing(client, people, commitment):
    page = page_of(client, people, "C-1")
    assert "Not known: no extract of Proactis was handed in yet" in page
    assert "Not known: no extract of MySurrey was handed in yet" in page


def test_a_supplier_sees_its_contract_without_thread_and_sources(extracts, client, people, supplier):
    Contract.objects.filter(reference="C-1").update(supplier=supplier)
    page = page_of(client, people, "C-1", "sam")
    assert "Roads" in page
    for hidden in ("Which source says what", "The golden thread</h2>", "PM3-00001"):
        assert hidden not in page
    client.force_login(people["charlie"])
    assert client.get(Contract.objects.get(reference="C-1").get_absolute_url()).status_code == 404


def test_a_member_of_a_consortium_pledges_against_the_contract(commitment, group, people):
    partner = make_organisation("Partner Ltd", "business", people["charlie"])
    request = Request.objects.for_page().get(pk=make_request(group).pk)
    fields = {"by": people["charlie"], "commitment": commitment}
    with pytest.raises(ValidationError, match="one of your own"):
        pledges.offer(request, partner, Decimal(2), **fields)
    ContractParty.objects.create(
        contract=commitment.contract, organisation=partner, name="Partner Ltd", role="consortium"
    )
    assert commitment in Commitment.objects.of(people["charlie"])
    pledge = pledges.offer(request, partner, Decimal(2), **fields)
    assert pledge.commitment == commitment


def test_a_supplier_that_has_not_signed_up_is_invited_from_its_contract(extracts, client, people, supplier):
    contract = Contract.objects.get(reference="C-1")
    assert reverse("contract_invite", args=[contract.pk]) in page_of(client, people, "C-1")
    client.post(reverse("contract_invite", args=[contract.pk]), {"email": "office@acme.example"})
    (letter,) = mail.outbox
    assert letter.to == ["office@acme.example"]
    assert "C-1, Roads" in letter.body
    assert "Invited office@acme.example" in page_of(client, people, "C-1")
    with pytest.raises(ValidationError, match="in the last two weeks"):
        invitations.invite(contract, "Office@acme.example", by=people["pat"])
    contract.supplier = supplier
    contract.save()
    with pytest.raises(ValidationError, match="signed up already"):
        invitations.invite(contract, "other@acme.example", by=people["pat"])


def test_what_a_person_types_is_a_source_of_its_own(client, people):
    made = make_commitment(make_organisation("Acme", "business", people["charlie"]), by=people["cara"]).contract
    client.force_login(people["pat"])
    edit = reverse("contract:edit", args=[made.pk])
    client.post(edit, {"reference": made.reference, "title": "Roads and bridges", "directorate": "Place"})
    source = made.sources.get()
    assert (source.kind, source.said["title"], source.by) == ("hand", "Roads and bridges", people["pat"])


def test_a_record_to_mend_opens_to_its_contract(extracts, client, people):
    client.force_login(people["pat"])
    page = collapsed(client.get(reverse("thread_screen")).content.decode())
    orphan = Contract.objects.get(reference="C-3")
    assert f'<a href="{orphan.get_absolute_url()}">C-3</a>' in page
