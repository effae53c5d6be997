"""Home pages: what waits for each person comes first, and the council's sums agree with the entries."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from guidance.models import Review
from requests_app import deliveries, moderation, pledges
from suppliers.models import Contract
from tests.conftest import make_commitment, make_organisation, make_page, make_request

pytestmark = pytest.mark.django_db


def home(client, user):
    client.force_login(user)
    return client.get("/account/").content.decode()


def test_what_waits_moves_from_side_to_side(wanted, supplier, commitment, people, client):
    pledge = pledges.offer(wanted, supplier, Decimal(4), by=people["sam"], commitment=commitment)
    assert "Answer Builder Ltd’s pledge of 4 hours" in home(client, people["bob"])
    pledges.accept(pledge, by=people["alice"])
    assert "Nothing waits for you" in home(client, people["bob"])
    assert "Deliver 4 hours to Lunch Club" in home(client, people["sam"])
    delivery = deliveries.claim(pledge, Decimal(4), timezone.localdate(), by=people["sam"])
    assert "Confirm that 4 hours arrived from Builder Ltd" in home(client, people["alice"])
    deliveries.dispute(delivery, "Not so", by=people["alice"])
    assert "The group disputes a delivery of 4 hours" in home(client, people["sam"])
    deliveries.confirm(delivery, by=people["alice"])
    assert f"Verify {delivery.claimed_words} from {supplier}" in home(client, people["cara"])
    deliveries.query(delivery, "Who came?", by=people["cara"])
    assert "The council asks about a delivery" in home(client, people["sam"])


def test_each_member_of_staff_is_shown_their_own_queues(people, client, group):
    make_organisation("New", "informal", people["charlie"], state="waiting")
    waiting = make_request(group, live=False)
    moderation.submit(waiting, by=people["alice"])
    page = home(client, people["mo"])
    assert "Approve New" in page
    assert f"/admin/requests/{waiting.pk}/decide/" in page
    assert "3 days left" in page
    assert "/decide/" not in home(client, people["dee"])


def test_a_returned_request_waits_for_its_authors(people, client, group):
    request = make_request(group, live=False)
    moderation.submit(request, by=people["alice"])
    task = request.current_workflow_task_state
    task.task.specific.on_action(task, people["mo"], "reject", comment="Say more")
    assert "the council has returned it" in home(client, people["bob"])
    moderation.submit(type(request).objects.get(pk=request.pk), by=people["bob"])
    assert "the council has returned it" not in home(client, people["bob"])


def test_a_leader_sees_sums_by_unit_that_open_to_their_commitments(supplier, people, client):
    make_commitment(supplier, 60, by=people["cara"], wording="Hours in the garden")
    make_commitment(supplier, 40, by=people["cara"], wording="Hours in the hall")
    make_commitment(supplier, 500, unit="pounds", by=people["cara"], wording="A small fund")
    page = home(client, people["dee"])
    assert "100 hours" in page
    assert "£500" in page
    opened = client.get("/commitments/?unit=hours").content.decode()
    assert "Hours in the garden" in opened
    assert "A small fund" not in opened
    assert "Promised, delivered and proved" not in home(client, people["sam"])


def test_a_newcomer_is_shown_where_to_begin(people, client):
    assert "Find or sign up your organisation" in home(client, people["charlie"])


def test_procurement_and_editors_find_their_work_too(people, keeper, client):
    Contract.objects.create(reference="X-1", title="Roads", supplier_name="Somebody")
    assert "1 contract names no supplier who signed up" in home(client, people["pat"])
    for slug, days in (("late", 200), ("early", 30)):
        page = make_page(slug, keeper, live=False)
        day = timezone.localdate() - timedelta(days=days)
        Review.objects.create(
            page=page,
            result="no_change",
            reason="Read",
            reviewed_on=day,
            due_on=day + timedelta(days=180),
            at=timezone.now(),
        )
        page.save_revision().publish()
    assert "1 guidance page is due for review" in home(client, people["edie"])
    assert "due for review" not in home(client, people["pat"])
