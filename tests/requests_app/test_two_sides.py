"""The screens of both sides and of the council: what each says when it refuses, what has changed when it does not."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from requests_app import deliveries, pledges
from requests_app.models import Delivery, Evidence, Pledge, Request
from suppliers.models import CommitmentBalance
from tests.conftest import make_commitment, make_organisation, make_request, markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def pledge(wanted, supplier, commitment, people):
    pledge = pledges.offer(wanted, supplier, Decimal(8), by=people["sam"], commitment=commitment)
    pledges.accept(pledge, by=people["alice"])
    return pledge


@pytest.fixture
def delivery(pledge, people):
    return deliveries.claim(pledge, Decimal(4), timezone.localdate(), by=people["sam"])


@pytest.fixture
def as_(client, people):
    def signed_in(who):
        client.force_login(people[who])
        return client

    return signed_in


def day(when):
    return {"delivered_on_day": when.day, "delivered_on_month": when.month, "delivered_on_year": when.year}


def state(row):
    row.refresh_from_db()
    return row.state


def test_a_delivery_is_recorded_with_a_share_and_its_evidence(pledge, supplier, commitment, people, as_):
    other = make_commitment(supplier, by=people["cara"], wording="Other hours")
    said = {"quantity": "4", **day(timezone.localdate()), "shared_with": other.pk}
    address = reverse("delivery_new", args=[pledge.pk])
    assert "Enter the share of the other commitment, like 50" in markup(as_("sam").post(address, said))
    files = [SimpleUploadedFile(f"sheet-{n}.txt", b"Names") for n in range(6)]
    refused = markup(as_("sam").post(address, said | {"shared_per_cent": "25", "evidence": files}))
    assert "Choose at most five files." in refused
    program = SimpleUploadedFile("sheet.txt", b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff")
    odd = markup(as_("sam").post(address, said | {"shared_per_cent": "25", "evidence": [program]}))
    assert "There is a problem" in odd
    assert Delivery.objects.count() == 0
    sheet = SimpleUploadedFile("sheet.txt", b"Names")
    as_("sam").post(address, said | {"shared_per_cent": "25", "evidence": [sheet]})
    made = Delivery.objects.get()
    assert {share.commitment_id: share.per_cent for share in made.shares.all()} == {commitment.pk: 75, other.pk: 25}
    assert Evidence.objects.get().delivery == made
    assert CommitmentBalance.objects.get(commitment=other).claimed == 1
    again = as_("sam").post(address, said | {"shared_per_cent": "25"})
    assert "was recorded a moment ago" in markup(again)
    assert Delivery.objects.count() == 1


def test_nothing_is_recorded_before_the_pledge_is_accepted(wanted, supplier, people, as_):
    waiting = pledges.offer(wanted, supplier, Decimal(2), by=people["sam"])
    answer = as_("sam").get(reverse("delivery_new", args=[waiting.pk]))
    assert answer.status_code == 403
    assert "Deliveries can be recorded once the pledge is accepted." in markup(answer)


def test_the_group_corrects_and_refuses_what_arrived(delivery, as_):
    address = reverse("delivery_confirm", args=[delivery.pk])
    asked = markup(as_("alice").post(address, {"answer": "other", "reason": "Less"}))
    assert "Enter how much arrived" in asked
    assert "Say what was different: the supplier will read it" in markup(as_("alice").post(address, {"answer": "no"}))
    far = markup(as_("alice").post(address, {"answer": "other", "quantity": "9000", "reason": "More"}))
    assert "Check the number." in far
    assert state(delivery) == "claimed"
    as_("alice").post(address, {"answer": "no", "reason": "Nobody came"})
    assert state(delivery) == "disputed"


def test_the_supplier_amends_takes_back_and_answers(delivery, pledge, people, as_):
    deliveries.dispute(delivery, "Nobody came", by=people["alice"])
    amend = reverse("delivery_amend", args=[delivery.pk])
    far = markup(as_("sam").post(amend, {"quantity": "9000", "reason": "Counted again"}))
    assert "times what you pledged. Check the number." in far
    as_("sam").post(amend, {"quantity": "3", "reason": "Counted again"})
    delivery.refresh_from_db()
    assert (delivery.state, delivery.claimed) == ("claimed", 3)
    as_("sam").post(reverse("delivery_withdraw", args=[delivery.pk]), {"reason": "A mistake"})
    assert state(delivery) == "withdrawn"
    second = deliveries.claim(pledge, Decimal(2), timezone.localdate(), by=people["sam"])
    deliveries.confirm(second, by=people["alice"])
    deliveries.query(second, "Can you send the sheet?", by=people["cara"])
    shown = as_("sam").post(reverse("delivery_answer", args=[second.pk]), {"reason": "Here it is"}, follow=True)
    assert "Thank you. The other side has been told." in markup(shown)
    assert "Here it is" in markup(shown)
    assert state(second) == "confirmed"


def test_the_council_asks_and_verifies_and_is_told_why_not(delivery, people, as_):
    deliveries.confirm(delivery, by=people["alice"])
    address = reverse("delivery_verify", args=[delivery.pk])
    asked = markup(as_("cara").post(address, {"query": "", "quantity": "4", "reason": ""}))
    assert "Write your question: both sides will read it." in asked
    as_("cara").post(address, {"query": "", "quantity": "4", "reason": "Who came?"})
    assert state(delivery) == "queried"
    assert "confirmed" in markup(as_("cara").post(address, {"verify": "", "quantity": "40", "reason": "More"}))
    assert state(delivery) == "queried"
    as_("cara").post(address, {"verify": "", "quantity": "4", "reason": ""})
    assert state(delivery) == "verified"


def test_a_count_in_another_unit_is_agreed_with_a_reason(supplier, commitment, group, people, as_):
    days = Request.objects.for_page().get(pk=make_request(group, quantity=5, unit="days").pk)
    pledge = pledges.offer(days, supplier, Decimal(2), by=people["sam"], commitment=commitment, counts=Decimal(14))
    address = reverse("count_agree", args=[pledge.pk])
    assert as_("cara").post(address, {"counts": "9000", "reason": "Long days"}).status_code == 200
    pledge.refresh_from_db()
    assert (pledge.counts, pledge.counts_agreed_at) == (14, None)
    shown = as_("cara").post(address, {"counts": "12", "reason": "Short days"}, follow=True)
    assert f"{pledge}: agreed." in markup(shown)
    pledge.refresh_from_db()
    assert pledge.counts == 12
    assert pledge.counts_agreed_at is not None


@pytest.mark.parametrize(
    ("who", "name", "becomes"),
    [("alice", "pledge_decline", "declined"), ("sam", "pledge_withdraw", "withdrawn")],
)
def test_an_offer_ends_with_a_reason(who, name, becomes, wanted, supplier, people, as_):
    offered = pledges.offer(wanted, supplier, Decimal(2), by=people["sam"])
    address = reverse(name, args=[offered.pk])
    assert "There is a problem" in markup(as_(who).post(address, {"reason": ""}))
    assert state(offered) == "offered"
    as_(who).post(address, {"reason": "Not this year"})
    offered.refresh_from_db()
    assert offered.state == becomes
    assert "Not this year" in (offered.answer, offered.end_reason)


def test_a_pledge_is_finished_once_nothing_waits(delivery, pledge, people, as_):
    address = reverse("pledge_finish", args=[pledge.pk])
    assert "A delivery waits for confirmation. Settle it first." in markup(as_("sam").post(address, {"reason": "Done"}))
    deliveries.confirm(delivery, by=people["alice"])
    as_("sam").post(address, {"reason": "That is all"})
    pledge.refresh_from_db()
    assert (pledge.state, pledge.end_reason) == ("completed", "That is all")


def test_somebody_with_two_organisations_says_for_which(wanted, supplier, people, as_):
    make_organisation("Second Ltd", "business", people["sam"])
    asked = markup(as_("sam").get(reverse("pledge_new", args=[wanted.pk])))
    assert "Builder Ltd" in asked
    assert "Second Ltd" in asked
    assert Pledge.objects.count() == 0


def test_who_posts_for_two_groups_chooses_one(group, people, as_):
    second = make_organisation("Allotment", "vcse", people["alice"])
    address = reverse("request_new")
    assert "Allotment" in markup(as_("alice").get(address))
    assert "Choose" in markup(as_("alice").post(address, {}))
    chosen = as_("alice").post(address, {"organisation": second.pk})
    assert chosen.url == reverse("request_new_step", args=[second.pk])
    assert as_("sam").get(chosen.url).status_code == 404


def test_a_step_that_is_not_there_is_not_found(group, as_):
    draft = make_request(group, live=False)
    assert as_("alice").get(reverse("request_edit", args=[draft.pk, "nothing"])).status_code == 404
