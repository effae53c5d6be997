"""Whichever way a promise, its contract or its supplier changes, matching hears of it, once for each writer."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from guidance import publications
from guidance.models import Outcome, SocialValueModel
from guidance.outcomes import matrix
from matching.models import Change
from organisations import approvals, changes
from organisations.models import Organisation
from places.models import Outcode
from suppliers import commitments, contracts, profiles
from suppliers.models import Contract, SupplierProfile

ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = pytest.mark.django_db


def noted(commitment):
    return Change.objects.filter(of=Change.Of.COMMITMENT, number=commitment.pk).count()


def reimport(contract, tmp_path):
    path = tmp_path / "register.csv"
    path.write_text(f"Contract Reference,Contract Title,Start Date\n{contract.reference},{contract.title},01/04/2030\n")
    call_command("import_register", str(path))


def move_away(supplier, people):
    edited = Organisation.objects.get(pk=supplier.pk)
    edited.postcode, edited.outcode = "GU1 1AA", Outcode.objects.get(code="GU1")
    changes.change(edited, by=people["sam"])


def rename(supplier, people):
    edited = Organisation.objects.get(pk=supplier.pk)
    edited.name = "Better Builder Ltd"
    changes.agree(changes.change(edited, by=people["sam"]), "Seen at the register", by=people["mo"])


WRITERS = {
    "a second import of the register": lambda c, people, tmp_path: reimport(c.contract, tmp_path),
    "a contract in the form": lambda c, people, tmp_path: contracts.save(c.contract),
    "other words of a commitment": lambda c, people, tmp_path: commitments.change(c),
    "more promised": lambda c, people, tmp_path: commitments.vary(c, Decimal(150), by=people["cara"], reason="Longer"),
    "withdrawing": lambda c, people, tmp_path: commitments.withdraw(c, "Sold", by=people["cara"]),
    "the supplier's profile": lambda c, people, tmp_path: profiles.save(
        SupplierProfile(organisation=c.contract.supplier, travels_miles=5)
    ),
    "closing the supplier": lambda c, people, tmp_path: approvals.close(c.contract.supplier, "Ended", by=people["mo"]),
    "the supplier's place": lambda c, people, tmp_path: move_away(c.contract.supplier, people),
    "the supplier's name": lambda c, people, tmp_path: rename(c.contract.supplier, people),
}


@pytest.mark.parametrize("writer", WRITERS, ids=str)
def test_each_writer_is_heard_once(writer, commitment, people, tmp_path):
    Change.objects.all().delete()
    WRITERS[writer](commitment, people, tmp_path)
    assert noted(commitment) == 1


def test_the_contract_form_of_the_staff_is_heard(commitment, people, client):
    client.force_login(people["cara"])
    contract = commitment.contract
    path = reverse("contract:edit", args=[contract.pk])
    fields = {name: getattr(contract, name) or "" for name in ("reference", "title", "supplier_name")}
    Change.objects.all().delete()
    answer = client.post(path, fields | {"supplier": contract.supplier_id, "start": "2030-04-01"})
    assert answer.status_code == 302
    assert Contract.objects.get(pk=contract.pk).start == date(2030, 4, 1)
    assert noted(commitment) == 1


def test_the_suppliers_own_page_is_heard(commitment, people, client):
    client.force_login(people["sam"])
    Change.objects.all().delete()
    client.post(reverse("supplier_profile", args=[commitment.contract.supplier_id]), {"can_offer": "Ladders"})
    assert SupplierProfile.objects.get().can_offer == "Ladders"
    assert noted(commitment) == 1


def test_what_is_rolled_back_is_not_noted(commitment):
    Change.objects.all().delete()
    with pytest.raises(RuntimeError), transaction.atomic():
        contracts.save(commitment.contract)
        raise RuntimeError
    assert not Change.objects.exists()


def test_a_new_mark_in_the_matrix_is_seen_at_once(people):
    own = SocialValueModel.objects.filter(is_councils_own=True).first()
    central = SocialValueModel.objects.get(slug="central-2025")
    outcome = central.outcomes.filter(level=Outcome.Level.OUTCOME).first()
    before = publications.number()
    matrix.lay(own, central, {(outcome.pk, own.outcomes.first().pk)}, by=people["dee"])
    assert publications.number() > before


def test_nothing_listens_to_the_saving_of_a_row_that_is_written_in_bulk():
    """Of rows that are followed by Django's own signals, none is written by update() or in bulk."""
    followed = ("Role", "Holder", "GovernanceGroup", "SocialValueModel", "Outcome", "Review", "Need", "CountsAs")
    followed_by = r"(?:\.\w+\((?:[^()]|\([^()]*\))*\))*"
    written = r"\.(?:update|bulk_create|bulk_update)\("
    bulk = re.compile(rf"\b(?:{'|'.join(followed)})\.objects{followed_by}{written}")
    found = [
        str(path.relative_to(ROOT))
        for room in ("guidance", "vocabulary", "matching", "organisations", "suppliers")
        for path in (ROOT / room).rglob("*.py")
        if "migrations" not in path.parts and bulk.search(path.read_text())
    ]
    assert found == []
