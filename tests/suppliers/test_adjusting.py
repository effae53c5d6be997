"""Carry-forward, substitution and extension: acts of their own, the promise and the plan always agreeing."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from marketplace import checks
from organisations.models import Membership
from returns import lines
from suppliers import adjusting, commitments, plans
from suppliers.models import Commitment, CommitmentBalance, Contract, ContractSource
from tests.conftest import markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def days(commitment, people):
    """Three days of a plan of 20, 60 and 100 hours in all."""
    today = timezone.localdate()
    days = [today + timedelta(days=n) for n in (100, 200, 300)]
    amounts = [Decimal(20), Decimal(60), Decimal(100)]
    plans.write(commitment, list(zip(days, amounts, strict=True)), by=people["cara"], reason="Agreed")
    return days


def in_all(commitment):
    return [int(target.quantity_in_all) for target in plans.targets(commitment)]


def test_what_is_carried_forward_is_expected_later_and_the_promise_stays(commitment, days, people):
    version = adjusting.carry_forward(commitment, Decimal(30), days[1], days[2], by=people["cara"], reason="Holidays")
    assert (in_all(commitment), version.version) == ([20, 30, 100], 2)
    assert version.reason.startswith("Carried forward, 30 hours from") and version.reason.endswith("Holidays")
    adjusting.carry_forward(commitment, Decimal(20), days[0], days[2], by=people["cara"], reason="Again")
    assert in_all(commitment) == [0, 10, 100]
    assert checks.differences()[1] == []


@pytest.mark.parametrize(
    ("quantity", "first", "second", "reason", "words"),
    [(41, 1, 2, "Late", "holds 40 hours"), (0, 1, 2, "Late", "holds 40 hours"),
     (5, 2, 1, "Late", "the later one second"),
     (5, 1, 1, "Late", "the later one second"), (5, 1, 2, " ", "Say why")],
)  # fmt: skip
def test_what_can_not_be_carried_forward(commitment, days, people, quantity, first, second, reason, words):
    with pytest.raises(ValidationError, match=words):
        adjusting.carry_forward(
            commitment, Decimal(quantity), days[first], days[second], by=people["cara"], reason=reason
        )
    assert in_all(commitment) == [20, 60, 100]


def test_one_promise_takes_the_place_of_part_of_another(commitment, days, people):
    new = Commitment(wording="Mentors for school leavers", unit="people", kind="volunteers")
    made = adjusting.substitute(commitment, Decimal(40), new, Decimal(3), by=people["cara"], reason="The group asked")
    assert (made.passed_from, made.contract) == (commitment, commitment.contract)
    amounts = dict(CommitmentBalance.objects.values_list("commitment", "promised"))
    assert amounts == {commitment.pk: 60, made.pk: 3}
    assert in_all(commitment) == [12, 36, 60]
    assert "The group asked" in made.entries.get().reason
    assert checks.differences()[1] == []


def test_what_is_used_can_not_be_given_up_and_nothing_is_left_half_done(commitment, days, people, supplier):
    lines.record(commitment, Decimal(70), timezone.localdate(), "Sheet", by=people["cara"])
    new = Commitment(wording="Mentors", unit="people", kind="volunteers")
    for given, taken, reason, words in ((31, 3, "So", "has 30 hours left"), (0, 3, "So", "Enter how much"),
                                        (5, "1.5", "So", "counted whole"), (5, 3, " ", "Say why")):  # fmt: skip
        with pytest.raises(ValidationError, match=words):
            adjusting.substitute(commitment, Decimal(given), new, Decimal(taken), by=people["cara"], reason=reason)
    Membership.objects.create(organisation=supplier, user=people["cara"], admitted_at=timezone.now())
    with pytest.raises(ValidationError, match="You belong to Builder Ltd"):
        adjusting.substitute(commitment, Decimal(5), new, Decimal(3), by=people["cara"], reason="So")
    assert (Commitment.objects.count(), CommitmentBalance.objects.get().promised) == (1, 100)


def test_the_screens(client, commitment, days, people):
    client.force_login(people["cara"])
    data = {"quantity": "10", "from_day": days[0], "to_day": days[1], "reason": "Holidays"}
    assert (
        client.post(reverse("carry_forward", args=[commitment.pk]), data)["Location"] == commitment.get_absolute_url()
    )
    assert in_all(commitment) == [10, 60, 100]
    data = {"quantity": "10", "wording": "Mentors", "unit": "people", "new_quantity": "2", "reason": "Asked"}
    answer = client.post(reverse("substitute", args=[commitment.pk]), data)
    assert answer["Location"] == Commitment.objects.latest("pk").get_absolute_url()


def extended(commitment, until, more=0, **words):
    given = {commitment.pk: Decimal(more)} if more else {}
    contract = Contract.objects.get(pk=commitment.contract_id)
    return adjusting.extend(contract, until, given, **words)


def test_a_contract_runs_longer_and_its_plan_goes_on_in_its_rhythm(commitment, days, people):
    end = days[-1]
    Contract.objects.update(end=end)
    until = end + timedelta(days=500)
    extended(commitment, until, by=people["cara"], reason="Option taken")
    assert (Contract.objects.get().end, in_all(commitment)) == (until, [20, 60, 100])
    source = ContractSource.objects.get()
    assert (source.kind, source.said) == ("hand", {"end": until.isoformat()})
    longer = until + timedelta(days=730)
    extended(commitment, longer, 30, by=people["cara"], reason="Again")
    assert in_all(commitment) == [20, 60, 100, 115, 130]
    assert [target.due_on for target in plans.targets(commitment)][-1] == longer
    assert CommitmentBalance.objects.get().promised == 130
    assert "Again" in plans.current(commitment).reason
    assert checks.differences()[1] == []


@pytest.mark.parametrize(
    ("later", "more", "reason", "words"),
    [(0, 5, "So", "enter a later day"), (-9, 5, "So", "enter a later day"), (40000, 5, "So", "enter a later day"),
     (90, 5, " ", "Say why"), (90, -5, "So", "Enter 0 or more")],
)  # fmt: skip
def test_what_is_no_extension_changes_nothing(commitment, days, people, later, more, reason, words):
    Contract.objects.update(end=days[-1])
    with pytest.raises(ValidationError, match=words):
        extended(commitment, days[-1] + timedelta(days=later), more, by=people["cara"], reason=reason)
    assert (Contract.objects.get().end, in_all(commitment)) == (days[-1], [20, 60, 100])


def test_who_extends_and_what(client, commitment, days, people, supplier):
    Contract.objects.update(end=days[-1])
    until = days[-1] + timedelta(days=90)
    with pytest.raises(ValidationError, match="You belong to"):
        extended(commitment, until, by=people["sam"], reason="So")
    commitments.withdraw(commitment, "Sold", by=people["cara"])
    with pytest.raises(ValidationError, match="has changed meanwhile"):
        extended(commitment, until, 5, by=people["cara"], reason="So")
    Contract.objects.update(end=None)
    with pytest.raises(ValidationError, match="has no last day"):
        extended(commitment, until, by=people["cara"], reason="So")
    commitments.reinstate(commitment, "Kept", by=people["cara"])
    Contract.objects.update(end=days[-1])
    address = reverse("contract_extend", args=[commitment.contract_id])
    data = {"until": until.isoformat(), f"more-{commitment.pk}": "7,5", "reason": "Option taken"}
    client.force_login(people["sam"])
    client.post(address, data)
    assert Contract.objects.get().end == days[-1]
    client.force_login(people["cara"])
    page = markup(client.get(address))
    assert "100 hours are promised" in page
    assert "Until now" in page
    assert client.post(address, data)["Location"] == commitment.contract.get_absolute_url()
    assert (Contract.objects.get().end, CommitmentBalance.objects.get().promised) == (until, Decimal("107.5"))
    assert "Extended the contract" in {entry.message for entry in ModelLogEntry.objects.all()}
