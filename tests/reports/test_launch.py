"""How the marketplace fills: steps by month, district and kind, what is missing where, whom to ring."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone

from reports import launch
from requests_app import deliveries, pledges
from tests.conftest import make_commitment, make_organisation, make_request, make_user, markup

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    caches["local"].clear()


@pytest.fixture
def past():
    """A group and a supplier that signed up forty days ago; the group asked, the supplier pledged and delivered."""
    start = timezone.now().replace(hour=12) - timedelta(days=40)  # at noon a day is a day, whatever the clocks do
    with time_machine.travel(start):
        alice, sam = make_user("ann"), make_user("sid")
        group = make_organisation("Knitters", "vcse", alice, charity_number="1012377")
        firm = make_organisation("Firm", "business", sam)
        make_organisation("Quiet", "vcse", make_user("quiet"), charity_number="1012378")
    with time_machine.travel(start + timedelta(days=4)):
        wanted = make_request(group, 10)
    with time_machine.travel(start + timedelta(days=10)):
        pledge = pledges.offer(wanted, firm, 4, by=sam)
    with time_machine.travel(start + timedelta(days=11)):
        pledges.accept(pledge, by=alice)
    with time_machine.travel(start + timedelta(days=20)):
        pledge.refresh_from_db()
        made = deliveries.claim(pledge, 4, timezone.localdate(), by=sam)
    with time_machine.travel(start + timedelta(days=23)):
        deliveries.confirm(made, by=alice)
    return group, firm


def counted(steps, by="month", suppliers=False):
    rows = launch.funnel(launch.journeys(suppliers), steps, by)
    return {name: [(step.count, step.days) for step in row] for name, row in rows}


def test_each_step_is_counted_with_the_days_since_the_one_before(past):
    found = counted(launch.FOR_GROUPS)["All"]
    assert [count for count, _ in found] == [2, 2, 1, 1, 1, 1]
    assert [days for _, days in found][2:] == [4, 6, 1, 12]
    found = counted(launch.FOR_SUPPLIERS, suppliers=True)["All"]
    assert [count for count, _ in found] == [1, 1, 1, 1, 1, 1]


@pytest.mark.parametrize("by", launch.SPLITS)
def test_every_split_adds_up_to_the_whole(past, by):
    found = counted(launch.FOR_GROUPS, by)
    whole = found.pop("All")
    for place in range(len(launch.FOR_GROUPS)):
        assert sum(row[place][0] for row in found.values()) == whole[place][0]


def test_a_pledge_that_was_taken_back_is_no_step(past):
    _, firm = past
    other = make_organisation("Others", "vcse", charity_number="1012379")
    offered = pledges.offer(make_request(other, 3), firm, 1, by=firm.owners[0])
    pledges.withdraw(offered, "Our mistake", by=firm.owners[0])
    assert counted(launch.FOR_GROUPS)["All"][3][0] == 1


def test_what_nobody_in_reach_holds_is_missing_until_somebody_does(group, supplier, people):
    make_request(group, 5)
    assert [(kind, number) for kind, _, number in launch.missing()] == [("Volunteers", 1)]
    caches["local"].clear()
    make_commitment(supplier, 50, by=people["cara"])
    assert launch.missing() == []


def test_whom_to_ring_names_who_why_and_since_when(past, client, people):
    names = {call.who.name: call.why for call in launch.calls()}
    assert names["Quiet"] == "Approved, and has asked for nothing yet"
    assert "Knitters" not in names
    with time_machine.travel(timezone.now() - timedelta(days=20)):
        make_request(make_organisation("Waiting", "vcse", charity_number="1012380"), 5, title="Chairs")
    assert {call.who.name: call.why for call in launch.calls()}["Waiting"] == "Nobody has pledged to “Chairs”"
    client.force_login(make_user("boss", "Programme team"))
    page = markup(client.get(reverse("launch")))
    assert "How far groups come" in page and "Quiet" in page
    client.force_login(people["dee"])
    assert "Whom to ring" not in markup(client.get(reverse("launch") + "?of=suppliers&by=district"))
