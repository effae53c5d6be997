"""Closing an organisation settles what it owes and awaits, and two records of one organisation become one (F21)."""

from decimal import Decimal

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from marketplace import checks
from organisations import approvals, merging
from organisations.models import Membership, Organisation
from requests_app import deliveries, pledges
from requests_app.models import Pledge, Request, RequestTotals
from suppliers.models import CommitmentBalance, Contract
from tests.conftest import collapsed, make_organisation, make_request

pytestmark = pytest.mark.django_db


def wanted_of(group, **fields):
    return Request.objects.for_page().get(pk=make_request(group, **fields).pk)


def accepted(request, supplier, people, quantity=4, commitment=None):
    pledge = pledges.offer(request, supplier, Decimal(quantity), by=people["sam"], commitment=commitment)
    pledges.accept(pledge, by=people["alice"])
    return pledge


def told(address):
    return [letter.subject for letter in mail.outbox if address in letter.to]


def test_closing_a_supplier_ends_what_it_owes_and_tells_the_groups(group, supplier, commitment, people):
    waiting = pledges.offer(wanted_of(group), supplier, Decimal(3), by=people["sam"], commitment=commitment)
    nothing_yet = accepted(wanted_of(group), supplier, people, commitment=commitment)
    half = accepted(wanted_of(group), supplier, people, commitment=commitment)
    delivery = deliveries.claim(half, Decimal(2), timezone.localdate(), by=people["sam"])
    deliveries.confirm(delivery, by=people["alice"])
    unsettled = accepted(wanted_of(group), supplier, people, commitment=commitment)
    deliveries.claim(unsettled, Decimal(1), timezone.localdate(), by=people["sam"])
    mail.outbox.clear()
    approvals.close(supplier, "Dissolved", by=people["mo"])
    states = [Pledge.objects.get(pk=pledge.pk).state for pledge in (waiting, nothing_yet, half, unsettled)]
    assert states == ["withdrawn", "withdrawn", "completed", "accepted"]
    balance = CommitmentBalance.objects.get(commitment=commitment)
    assert (balance.reserved, balance.claimed, balance.confirmed) == (3, 3, 2)
    subjects = " ".join(told("alice@example.org"))
    assert "was closed: what becomes of" in subjects
    assert "has taken back its pledge" in subjects
    assert checks.differences()[1] == []


def test_closing_a_group_closes_its_requests_and_tells_who_meant_to_help(group, supplier, people):
    open_one, pledged = wanted_of(group, title="Paint"), wanted_of(group, title="Plant")
    waiting = pledges.offer(open_one, supplier, Decimal(3), by=people["sam"])
    coming = accepted(pledged, supplier, people)
    mail.outbox.clear()
    approvals.close(group, "Ended", by=people["mo"])
    assert set(RequestTotals.objects.values_list("state", "listed")) == {("closed", False)}
    assert Pledge.objects.get(pk=waiting.pk).state == "declined"
    assert Pledge.objects.get(pk=coming.pk).state == "accepted"
    assert any("was closed: what becomes of “Plant”" in subject for subject in told("sam@example.org"))


def test_what_closing_does_is_said_before(group, supplier, people, client):
    pledges.offer(wanted_of(group), supplier, Decimal(3), by=people["sam"])
    client.force_login(people["mo"])
    page = collapsed(client.get(reverse("organisation_decide", args=[supplier.pk])).content.decode())
    assert "Closing it: 1 pledge of its own ends." in page
    page = collapsed(client.get(reverse("organisation_decide", args=[group.pk])).content.decode())
    assert "Closing it: 1 open request is closed." in page


def test_a_pledge_of_a_supplier_that_was_closed_is_not_accepted(group, supplier, people):
    pledge = pledges.offer(wanted_of(group), supplier, Decimal(3), by=people["sam"])
    Organisation.objects.filter(pk=supplier.pk).update(state="closed")
    with pytest.raises(ValidationError, match="can’t take part any more"):
        pledges.accept(Pledge.objects.with_both_sides().get(pk=pledge.pk), by=people["alice"])


def test_two_records_become_one_and_keep_both_histories(group, supplier, commitment, people):
    again = make_organisation("Better Builders (again)", "business", people["charlie"])
    Membership.objects.create(organisation=again, user=people["sam"], admitted_at=timezone.now())
    theirs = Contract.objects.create(reference="A-1", title="Paths", supplier=again)
    pledge = pledges.offer(wanted_of(group), again, Decimal(3), by=people["charlie"])
    pledges.accept(pledge, by=people["alice"])
    merging.merge(supplier, again, "One company number", by=people["mo"])
    theirs.refresh_from_db()
    pledge.refresh_from_db()
    again.refresh_from_db()
    assert (theirs.supplier, pledge.supplier) == (supplier, supplier)
    assert (again.state, again.merged_into) == ("closed", supplier)
    assert set(supplier.memberships.values_list("user__email", flat=True)) == {
        "sam@example.org", "charlie@example.org",
    }  # fmt: skip
    for organisation, action in ((supplier, "organisations.merge"), (again, "organisations.merged")):
        entry = ModelLogEntry.objects.get(action=action)
        assert (int(entry.object_id), entry.data["reason"]) == (organisation.pk, "One company number")
    assert checks.differences()[1] == []
    with pytest.raises(ValidationError, match="It was merged into"):
        approvals.approve(again, "Back", by=people["mo"])


def test_a_draft_of_a_merged_group_is_published_as_the_kept_ones(group, people):
    again = make_organisation("Lunch Club (again)", "vcse", people["bob"])
    request = wanted_of(again)
    request.title = "Paint the hall twice"
    revision = request.save_revision(user=people["bob"])
    merging.merge(group, again, "The same charity number", by=people["mo"])
    revision.refresh_from_db()
    revision.publish()
    request.refresh_from_db()
    assert (request.title, request.organisation) == ("Paint the hall twice", group)


@pytest.mark.parametrize(
    ("kept", "other", "reason", "by", "words"),
    [
        ("group", "group", "Same", "mo", "Choose another organisation"),
        ("group", "supplier", " ", "mo", "Give a reason"),
        ("group", "supplier", "Same", "alice", "Somebody else has to decide"),
        ("group", "supplier", "Same", "mo", "has pledged towards a request of the other"),
    ],
)
def test_what_can_not_be_merged(kept, other, reason, by, words, group, supplier, people):
    pledges.offer(wanted_of(group), supplier, Decimal(3), by=people["sam"])
    sides = {"group": group, "supplier": supplier}
    with pytest.raises(ValidationError, match=words):
        merging.merge(sides[kept], sides[other], reason, by=people[by])


def test_both_waiting_for_an_answer_to_one_request_are_two_until_one_is_answered(group, supplier, people):
    again = make_organisation("Again Ltd", "business", people["charlie"])
    request = wanted_of(group)
    pledges.offer(request, supplier, Decimal(3), by=people["sam"])
    second = pledges.offer(request, again, Decimal(3), by=people["charlie"])
    with pytest.raises(ValidationError, match="One of the two has to be answered first"):
        merging.merge(supplier, again, "Same", by=people["mo"])
    pledges.withdraw(second, "Sent twice", by=people["charlie"])
    merging.merge(supplier, again, "Same", by=people["mo"])
    assert Pledge.objects.filter(supplier=supplier).count() == 2


def test_the_screen_makes_two_records_one(supplier, people, client):
    again = make_organisation("Again Ltd", "business", people["charlie"])
    client.force_login(people["mo"])
    address = reverse("organisation_merge", args=[supplier.pk])
    client.post(address, {"other": again.pk, "reason": "One company number"})
    again.refresh_from_db()
    assert again.merged_into == supplier
    assert client.get(reverse("organisation_merge", args=[again.pk])).status_code == 404
