"""Suppliers of the register are invited in one go, each with its contracts, and let in by their link."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from organisations import doors
from organisations.models import Doors, User
from suppliers import invitations
from suppliers.models import Contract, SupplierInvitation

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(supplier):
    today = timezone.localdate()
    for reference, name, end in (
        ("R-1", "Acme  Ltd", None), ("R-2", "ACME Ltd", today), ("R-3", "Beta plc", today + timedelta(days=9)),
        ("R-4", "Over Ltd", today - timedelta(days=1)), ("R-5", "", None),
    ):  # fmt: skip
        Contract.objects.create(reference=reference, title=f"Work {reference}", supplier_name=name, end=end)
    Contract.objects.create(reference="R-6", title="Work", supplier_name="Builder", supplier=supplier)


def test_each_supplier_stands_there_once_with_its_running_contracts(register):
    found = invitations.unsigned()
    assert [(each.name, [c.reference for c in each.contracts]) for each in found] == [
        ("Acme  Ltd", ["R-1", "R-2"]), ("Beta plc", ["R-3"]),
    ]  # fmt: skip


def test_all_are_invited_in_one_go_and_the_link_lets_them_in(register, people, client):
    acme, beta = invitations.unsigned()
    client.force_login(people["pat"])
    address = reverse("suppliers_invite")
    wrong = client.post(address, {f"to_{acme.pk}": "a@acme.example", f"to_{beta.pk}": "no address"})
    assert wrong.status_code == 422 and not mail.outbox and not SupplierInvitation.objects.exists()
    assert "at least one" in client.post(address, {}).content.decode()
    client.post(address, {f"to_{acme.pk}": "a@acme.example", f"to_{beta.pk}": "b@beta.example"})
    assert sorted(message.to[0] for message in mail.outbox) == ["a@acme.example", "b@beta.example"]
    to_acme = next(message for message in mail.outbox if message.to == ["a@acme.example"])
    assert "R-1" in to_acme.body and "R-2" in to_acme.body
    again = client.post(address, {f"to_{acme.pk}": "a@acme.example"}, follow=True)
    assert "in the last two weeks" in again.content.decode() and len(mail.outbox) == 2
    client.logout()
    doors.set_mode(Doors.Mode.INVITED, by=people["pat"])
    client.get(re.search(r"http\S+/invited/\S+", to_acme.body)[0])
    client.post(
        reverse("account_signup"),
        {"name": "Ann Acme", "email": "a@acme.example", "password1": "correct-horse-battery"},
    )
    assert User.objects.get(email="a@acme.example").emailaddress_set.get().verified


def test_nobody_without_the_right_invites(register, people, client):
    client.force_login(people["mo"])
    assert client.get(reverse("suppliers_invite")).status_code in (302, 403)
