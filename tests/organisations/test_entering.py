"""Staff enter a group that they met: it waits, its contact takes it over, and its request goes with it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from mail.models import Message
from organisations import memberships
from organisations.models import Invitation, Membership, Organisation
from requests_app import moderation
from requests_app.models import Request
from tests.conftest import make_user, markup
from tests.requests_app.test_starters import rows

pytestmark = pytest.mark.django_db
GROUP = {
    "name": "Tuesday Knitters", "what_it_does": "Knit and talk", "sponsor_name": "St Mary’s", "postcode": "RH1 1AA",
    "sponsor_email": "vicar@example.net", "contact_name": "Nora", "contact_email": "nora@example.net",
}  # fmt: skip


@pytest.fixture(autouse=True)
def outbox(settings):
    settings.EMAIL_BACKEND = "mail.outbox.OutboxBackend"


def enter(client, kind="informal", **change):
    return client.post(reverse("organisation_enter", args=[kind]), GROUP | change)


def told(kind):
    return sorted(Message.objects.filter(kind=kind).values_list("address", flat=True))


def test_a_group_is_entered_its_contact_invited_and_its_request_submitted(client, group, people):
    client.force_login(people["mo"])
    assert enter(client).headers["Location"] == reverse("request_quick")
    made = Organisation.objects.get(name="Tuesday Knitters")
    assert made.waits and made.contact_name == "Nora" and made.outcode_id == "RH1" and made.people == []
    invited = Invitation.objects.get(organisation=made)
    assert (invited.email, invited.role, invited.invited_by) == (
        "nora@example.net",
        Membership.Role.OWNER,
        people["mo"],
    )
    assert told("sponsor_asked") == ["vicar@example.net"] and told("organisation_waiting")
    quick = reverse("request_quick")
    assert "Tuesday Knitters" in markup(client.get(quick))
    client.post(quick, rows(group, {"organisation": made.pk}))
    assert moderation.waits(Request.objects.get(organisation=made))
    nora = make_user("nora")
    nora.email = "nora@example.net"
    nora.save()
    memberships.accept_invitation(invited, by=nora)
    assert list(Organisation.objects.of(nora)) == [made]


def test_staff_enter_more_than_three_strangers_a_day(client, people):
    client.force_login(people["mo"])
    for number in range(5):
        change = {"name": f"Group of {number} friends", "contact_email": f"c{number}@example.net"}
        assert enter(client, **change).status_code == 302
    assert Organisation.objects.filter(created_at__date=timezone.localdate(), name__startswith="Group of").count() == 5


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"contact_email": ""}, "Enter the contact’s e-mail address"),
        ({"contact_email": "vicar@example.net"}, "Name somebody outside the group"),
        ({"name": ""}, "Enter the organisation’s name"),
        ({"postcode": "nowhere"}, "postcode"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(client, people, change, words):
    client.force_login(people["mo"])
    answer = enter(client, **change)
    assert answer.status_code == 422 and words in markup(answer) and "Knit and talk" in markup(answer)
    assert not Organisation.objects.filter(name="Tuesday Knitters").exists()


def test_one_that_is_here_already_is_named(client, people, group):
    client.force_login(people["mo"])
    page = markup(enter(client, name=group.name))
    assert f"It may be {group.name}, which is here already" in page and "None of these is us" in page
    assert Organisation.objects.filter(name=group.name).count() == 1


def test_a_business_is_not_entered_here_and_others_do_not_get_in(client, people):
    client.force_login(people["mo"])
    assert enter(client, "business").status_code == 404
    client.force_login(people["cara"])
    assert enter(client).status_code in (302, 403)
    assert not Organisation.objects.filter(name="Tuesday Knitters").exists()
