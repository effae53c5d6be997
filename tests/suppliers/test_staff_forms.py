"""Contracts and commitments in the staff admin: what is promised changes through the ledger, with its reason."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from guidance.models import Outcome, SocialValueModel
from organisations.models import Membership
from requests_app import deliveries, pledges
from suppliers import commitments
from suppliers.models import Commitment, CommitmentBalance, LedgerEntry
from tests.conftest import markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def cara(people, client):
    client.force_login(people["cara"])
    return client


def answers(commitment, **changes):
    return {
        "contract": commitment.contract_id, "wording": commitment.wording, "measure": "", "theme": "",
        "unit": commitment.unit, "unit_words": "", "kind": commitment.kind, "delivery_area": "",
        "promised": "100", "reason": "",
    } | changes  # fmt: skip


def edit(client, commitment, **changes):
    return markup(client.post(reverse("commitment:edit", args=[commitment.pk]), answers(commitment, **changes)))


def stands(commitment):
    row = CommitmentBalance.objects.get(commitment=commitment)
    return row.promised, row.reserved, row.claimed


def test_a_new_commitment_opens_its_account(commitment, cara, people):
    cara.post(reverse("commitment:add"), answers(commitment, wording="Placements", promised="12.5"))
    made = Commitment.objects.get(wording="Placements")
    assert stands(made) == (Decimal("12.5"), 0, 0)
    assert made.entries.get().by == people["cara"]


def test_a_promise_changes_with_a_reason_and_every_change_stands_in_the_ledger(commitment, cara):
    assert "Say why the promise changes: it is kept in the ledger." in edit(cara, commitment, promised="80")
    assert stands(commitment)[0] == 100
    edit(cara, commitment, promised="80", reason="Contract varied")
    assert stands(commitment)[0] == 80
    assert list(commitment.entries.order_by("pk").values_list("amount", "reason"))[-1] == (-20, "Contract varied")


def test_the_unit_of_an_open_ledger_and_what_is_taken_already_are_refused(commitment, wanted, supplier, people, cara):
    pledge = pledges.offer(wanted, supplier, Decimal(10), by=people["sam"], commitment=commitment)
    pledges.accept(pledge, by=people["alice"])
    before = list(LedgerEntry.objects.values())
    assert "The unit can’t change once the ledger is open." in edit(cara, commitment, unit="days")
    assert "More than that is reserved or claimed already." in edit(cara, commitment, promised="5", reason="Less")
    assert list(LedgerEntry.objects.values()) == before
    assert Commitment.objects.get(pk=commitment.pk).unit == "hours"


def test_a_commitment_is_withdrawn_with_a_reason_and_keeps_what_was_delivered(
    commitment, wanted, supplier, people, cara
):
    pledge = pledges.offer(wanted, supplier, Decimal(10), by=people["sam"], commitment=commitment)
    pledges.accept(pledge, by=people["alice"])
    delivery = deliveries.claim(pledge, Decimal(10), pledge.offered_at.date(), by=people["sam"])
    deliveries.confirm(delivery, by=people["alice"])
    assert "Say why it is withdrawn." in edit(cara, commitment, withdraw="on")
    assert Commitment.objects.get(pk=commitment.pk).withdrawn_at is None
    edit(cara, commitment, withdraw="on", reason="The contract ended early")
    assert Commitment.objects.get(pk=commitment.pk).withdrawn_at
    assert stands(commitment)[2] == 10


def test_nobody_changes_what_their_own_organisation_promised(commitment, supplier, people, cara):
    Membership.objects.create(organisation=supplier, user=people["cara"])
    page = edit(cara, commitment, promised="80", reason="Contract varied")
    assert "belong to" in page
    assert stands(commitment)[0] == 100


def test_words_saved_from_a_page_opened_before_a_withdrawal_do_not_undo_it(commitment, people):
    opened_before = Commitment.objects.get(pk=commitment.pk)
    commitments.withdraw(commitment, "Sold " * 200, by=people["cara"])
    opened_before.wording = "Advice for charities"
    commitments.change(opened_before)
    kept = Commitment.objects.get(pk=commitment.pk)
    assert kept.wording == "Advice for charities"
    assert kept.is_withdrawn
    assert len(kept.withdrawn_because) == 500


def test_a_promise_begins_with_the_need_it_answers(client, people):
    model = SocialValueModel.objects.create(
        slug="of-the-need", name="Ours", state="published", valid_from=timezone.localdate()
    )
    line = Outcome.objects.create(model=model, code="O1", title="Line")
    client.force_login(people["cara"])
    address, needs = reverse("commitment:add"), reverse("needs")
    asked = {"outcome": line.pk, "kind": "volunteers", "unit": "hours", "need": "x"}
    form = client.get(address, asked).context["form"]
    assert [form[name].initial for name in asked] == [str(line.pk), "volunteers", "hours", None]
    form = client.get(address, {"kind": "nonsense", "outcome": "1e9"}).context["form"]
    assert form["kind"].initial in (None, "") and form["outcome"].initial is None
    assert f"{address}?outcome={line.pk}" in client.get(needs, {"outcome": line.pk}).content.decode()
    client.logout()
    assert "Write a promise" not in client.get(needs, {"outcome": line.pk}).content.decode()
