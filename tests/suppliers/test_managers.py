"""Contracts of a manager who leaves go to a colleague, who is told; those that nobody manages are listed."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from organisations.models import Membership, User
from suppliers import managers
from suppliers.models import Contract
from tests.conftest import make_commitment, markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def managed(commitment, supplier, people):
    other = make_commitment(supplier, by=people["cara"], reference="C-2").contract
    Contract.objects.filter(pk=commitment.contract_id).update(manager=people["cara"])
    return commitment.contract, other


def test_all_contracts_go_to_a_colleague_who_is_told(managed, people, mailoutbox):
    assert managers.hand_over(people["cara"], people["pat"], "The school rings on Mondays", by=people["cara"]) == 1
    assert Contract.objects.get(pk=managed[0].pk).manager == people["pat"]
    (mail,) = mailoutbox
    assert (mail.to, "The school rings on Mondays" in mail.body) == ([people["pat"].email], True)
    assert managers.hand_over(None, people["pat"], "Nobody had it", by=people["cara"]) == 1
    assert not managers.without_manager().exists()


def test_what_can_not_be_handed_over(managed, people, supplier):
    for old, new, note, words in (
        ("cara", "pat", " ", "what your colleague has to know"), ("cara", "cara", "So", "somebody else"),
        ("pat", "cara", "So", "no contract to hand over"),
    ):  # fmt: skip
        with pytest.raises(ValidationError, match=words):
            managers.hand_over(people[old], people[new], note, by=people["cara"])
    Membership.objects.create(organisation=supplier, user=people["pat"], admitted_at=timezone.now())
    with pytest.raises(ValidationError, match="belongs to the supplier of C-1"):
        managers.hand_over(people["cara"], people["pat"], "So", by=people["cara"])
    assert Contract.objects.get(pk=managed[0].pk).manager == people["cara"]


def test_a_manager_who_is_no_longer_active_manages_nothing(managed, people):
    assert set(managers.without_manager()) == {managed[1]}
    User.objects.filter(pk=people["cara"].pk).update(is_active=False)
    assert set(managers.without_manager()) == set(managed)


def test_the_screen_and_the_home(client, managed, people):
    client.force_login(people["pat"])
    assert "1 contract with a promise has no manager" in markup(client.get(reverse("dashboard")))
    page = markup(client.get(reverse("hand_over")))
    assert "C-2" in page and "Cara" in page
    data = {"old": people["cara"].pk, "new": people["pat"].pk, "note": "So"}
    assert "1 contracts handed over; Pat has been told." in markup(client.post(reverse("hand_over"), data, follow=True))
    assert "This field is required" in markup(client.post(reverse("hand_over"), data | {"note": " "}))
