"""What is left of a commitment passes to another contract; withdrawing and reinstating are said once each."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from marketplace import checks
from requests_app import pledges
from returns import lines
from suppliers import commitments
from suppliers.models import CommitmentBalance, Contract

pytestmark = pytest.mark.django_db


@pytest.fixture
def another(supplier):
    return Contract.objects.create(reference="C-2", title="Roads again", supplier=supplier)


def test_what_is_left_passes_and_what_came_stays(commitment, another, people):
    lines.record(commitment, Decimal(30), timezone.localdate(), "Sheet", by=people["cara"])
    new = commitments.pass_on(commitment, another, "Novation", by=people["cara"])
    assert (new.passed_from, new.contract, new.wording) == (commitment, another, commitment.wording)
    stands = {row.commitment_id: (row.promised, row.claimed) for row in CommitmentBalance.objects.all()}
    assert stands == {commitment.pk: (30, 30), new.pk: (70, 0)}
    assert new.entries.get().source == "succession"
    assert checks.differences()[1] == []
    with pytest.raises(ValidationError, match="Nothing is left"):
        commitments.pass_on(commitment, another, "Again", by=people["cara"])


def test_what_can_not_pass_says_why(commitment, another, wanted, supplier, people):
    with pytest.raises(ValidationError, match="Say why it passes"):
        commitments.pass_on(commitment, another, " ", by=people["cara"])
    with pytest.raises(ValidationError, match="under this contract already"):
        commitments.pass_on(commitment, commitment.contract, "So", by=people["cara"])
    pledge = pledges.offer(wanted, supplier, Decimal(4), by=people["sam"], commitment=commitment)
    with pytest.raises(ValidationError, match="A pledge still holds part of it"):
        commitments.pass_on(commitment, another, "So", by=people["cara"])
    pledges.withdraw(pledge, "Ill", by=people["sam"])
    commitments.withdraw(commitment, "Not theirs", by=people["cara"])
    with pytest.raises(ValidationError, match=r"is withdrawn. Reinstate it before it passes on"):
        commitments.pass_on(commitment, another, "So", by=people["cara"])
    with pytest.raises(ValidationError, match="withdrawn already"):
        commitments.withdraw(commitment, "Again", by=people["cara"])
    commitments.reinstate(commitment, "It is theirs", by=people["cara"])
    for verb, words in ((commitments.reinstate, "is not withdrawn"), (commitments.withdraw, "Say why it is withdrawn")):
        with pytest.raises(ValidationError, match=words):
            verb(commitment, "Again" if verb is commitments.reinstate else " ", by=people["cara"])
