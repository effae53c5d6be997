"""A delivery needs no pledge: the contract manager records it, confirms it by that, and can correct it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from marketplace import checks
from organisations.models import Membership
from requests_app import pledges
from requests_app.models import Request
from returns import lines as returns
from returns.models import ReturnLine
from suppliers import commitments
from suppliers.models import CommitmentBalance, Contract
from tests.conftest import collapsed, make_commitment

pytestmark = pytest.mark.django_db


def stands(commitment):
    row = CommitmentBalance.objects.get(commitment=commitment)
    return [int(amount) for amount in (row.reserved, row.claimed, row.confirmed, row.verified, row.beyond, row.left)]


def record(commitment, quantity, people, days=0, note="Seen on the sheet", by="cara"):
    day = timezone.localdate() - timedelta(days=days)
    return returns.record(commitment, Decimal(quantity), day, note, by=people[by])


def test_what_came_without_a_pledge_counts_as_confirmed_by_the_manager(commitment, people):
    line = record(commitment, 30, people, days=40)
    assert stands(commitment) == [0, 30, 30, 0, 0, 70]
    entry = commitment.entries.get(account="confirmed")
    assert (entry.source, entry.confirmed_by, entry.return_line_number) == ("return", "manager", line.pk)
    assert entry.happened_on == timezone.localdate() - timedelta(days=40)
    assert checks.differences()[1] == []


def test_a_correction_is_another_line_and_the_first_stays(commitment, people):
    line = record(commitment, 30, people)
    second = returns.correct(line, Decimal(12), "Twelve came", by=people["cara"])
    third = returns.correct(second, Decimal(0), "Another contract", by=people["cara"])
    assert stands(commitment) == [0, 0, 0, 0, 0, 100]
    assert third.number == line.pk
    assert set(ReturnLine.objects.values_list("quantity", flat=True)) == {30, 12, 0}
    with pytest.raises(ValidationError, match="It was corrected since"):
        returns.correct(line, Decimal(1), "Late", by=people["cara"])
    assert checks.differences()[1] == []


def test_a_line_is_verified_by_somebody_else_against_its_evidence(commitment, people, client):
    line = record(commitment, 30, people, days=3)
    with pytest.raises(ValidationError, match="Somebody else"):
        returns.verify(line, Decimal(30), "The sheet", by=people["cara"])
    with pytest.raises(ValidationError, match="No more"):
        returns.verify(line, Decimal(31), "The sheet", by=people["pat"])
    with pytest.raises(ValidationError, match="how it is known"):
        returns.verify(line, Decimal(30), " ", by=people["pat"])
    client.force_login(people["pat"])
    assert "Verify" in client.get(reverse("return_line_new", args=[commitment.pk])).content.decode()
    client.post(reverse("return_line_verify", args=[line.pk]), {"quantity": "28", "note": "Two sheets lack names"})
    assert stands(commitment) == [0, 28, 28, 28, 0, 72]
    assert ReturnLine.objects.standing().get().stage == ReturnLine.Stage.VERIFIED
    again = returns.correct(ReturnLine.objects.standing().get(), Decimal(20), "Eight were another's", by=people["cara"])
    assert stands(commitment) == [0, 20, 20, 0, 0, 80]  # what is corrected is to be verified anew
    assert checks.differences()[1] == []
    with pytest.raises(ValidationError, match="Somebody else"):
        returns.verify(again, Decimal(20), "The sheet", by=people["pat"])  # who had a say in the line


def test_what_was_delivered_once_counts_against_one_commitment(commitment, supplier, people):
    other = make_commitment(supplier, by=people["cara"], wording="More hours", reference="C-2")
    record(commitment, 8, people, note="Painted the youth club")
    with pytest.raises(ValidationError, match="count against “Staff volunteering” already"):
        record(other, 8, people, note="painted  the Youth Club")
    record(other, 8, people, note="Painted the library")
    line = record(other, 6, people, days=2, note="Painted the youth club")
    record(commitment, 9, people, days=2, note="Painted the youth club")
    with pytest.raises(ValidationError, match="already"):
        returns.correct(line, Decimal(9), "It was nine", by=people["cara"], is_sum=False)
    record(other, 7, people, note="Painted the youth club")
    record(other, 8, people, days=1, note="Painted the youth club")
    assert ReturnLine.objects.count() == 6
    again = returns.correct(line, line.quantity, "Painted the youth club", by=people["cara"], is_sum=False)
    assert again.quantity == 6  # a line does not stand in its own way


def test_what_a_supplier_claims_is_not_verified_before_it_is_confirmed(commitment, people):
    line = returns.claim(commitment, Decimal(5), timezone.localdate(), "Our sheet", by=people["sam"])
    with pytest.raises(ValidationError, match="confirmed can be verified"):
        returns.verify(line, Decimal(5), "The sheet", by=people["pat"])


def test_beside_pledges_a_surplus_is_beyond_the_contract_and_heals(commitment, wanted, supplier, people):
    pledges.offer(Request.objects.for_page().get(pk=wanted.pk), supplier, Decimal(10), by=people["sam"],
                  commitment=commitment)  # fmt: skip
    record(commitment, 95, people)
    assert stands(commitment) == [10, 90, 90, 0, 5, 0]
    commitments.vary(commitment, Decimal(120), by=people["cara"], reason="Longer")
    assert stands(commitment) == [10, 95, 95, 0, 0, 15]
    assert checks.differences()[1] == []


@pytest.mark.parametrize(
    ("quantity", "days", "note", "by", "words"),
    [
        (0, 0, "Seen", "cara", "above 0"),
        (-1, 0, "Seen", "cara", "0 or more"),
        (1, -1, "Seen", "cara", "today or in the past"),
        (1, 11, "Seen", "cara", "Nothing counts against it on that day"),
        (1, 0, " ", "cara", "Say what was delivered"),
        (1, 0, "Seen", "sam", "Somebody else has to decide"),
    ],
)
def test_what_is_refused(quantity, days, note, by, words, commitment, people):
    Contract.objects.update(start=timezone.localdate() - timedelta(days=10))
    with pytest.raises(ValidationError, match=words):
        record(commitment, quantity, people, days, note, by)
    assert stands(commitment) == [0, 0, 0, 0, 0, 100]


def test_the_database_keeps_it(commitment, people):
    line = record(commitment, 30, people)
    with pytest.raises(DatabaseError, match="History is never edited"), transaction.atomic():
        ReturnLine._base_manager.filter(pk=line.pk).update(quantity=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReturnLine.objects.create(
            commitment=commitment, delivered_on=line.delivered_on, quantity=-1, note="x", by=people["cara"]
        )


def test_the_screen_records_and_corrects(commitment, people, client):
    client.force_login(people["cara"])
    page = client.get(commitment.get_absolute_url()).content.decode()
    address = reverse("return_line_new", args=[commitment.pk])
    assert address in page
    far = client.post(address, {"quantity": "5", "delivered_on": "2999-01-01", "note": "x"}).content.decode()
    assert "enter a day between" in collapsed(far).lower()
    day = timezone.localdate().isoformat()
    client.post(address, {"quantity": "5", "delivered_on": day, "note": "A talk at school"})
    line = ReturnLine.objects.get()
    assert "A talk at school" in client.get(address).content.decode()
    client.post(reverse("return_line_correct", args=[line.pk]), {"quantity": "4", "note": "One hour less"})
    assert stands(commitment) == [0, 4, 4, 0, 0, 96]
    Membership.objects.create(
        organisation=commitment.contract.supplier, user=people["cara"], admitted_at=timezone.now()
    )
    refused = client.post(address, {"quantity": "5", "delivered_on": day, "note": "More"}).content.decode()
    assert "Somebody else has to decide" in refused
