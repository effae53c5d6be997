"""Who may sign up: anybody, or whoever was invited or has a code; on every way in."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from organisations import doors, memberships
from organisations.models import Campaign, Doors, User, Visits
from reports import launch
from tests.conftest import make_organisation, make_user

pytestmark = pytest.mark.django_db
SIGN_UP = {"name": "Nell New", "email": "nell@example.org", "password1": "correct-horse-battery"}


@pytest.fixture
def ruth(db):
    return make_user("ruth", "Programme team")


@pytest.fixture
def fair(ruth):
    return make_campaign(ruth)


@pytest.fixture
def invited_only(ruth):
    return doors.set_mode(Doors.Mode.INVITED, by=ruth)


def make_campaign(by, **said):
    today = timezone.localdate()
    said = {"code": "Fair 26", "name": "Leatherhead fair", "since": today, "until": today, **said}
    return doors.start(Campaign(**said), by=by)


def sign_up(client, **said):
    return client.post(reverse("account_signup"), SIGN_UP | said)


def signed_up():
    return User.objects.filter(email="nell@example.org").first()


def test_open_doors_ask_for_no_code(client):
    assert "Code" not in client.get(reverse("account_signup")).content.decode()
    sign_up(client)
    assert signed_up()


def test_closed_doors_say_how_one_comes_in(invited_only, client):
    page = client.get(reverse("account_signup")).content.decode()
    assert "by invitation" in page and 'name="code"' in page
    for said in ({}, {"code": ""}, {"code": "NONSENSE"}):
        assert "There is a problem" in sign_up(client, **said).content.decode()
    assert signed_up() is None


@pytest.mark.parametrize("typed", ["FAIR26", "fair 26", " Fair-26 "])
def test_a_code_lets_in_however_it_is_typed(typed, invited_only, fair, client):
    sign_up(client, code=typed)
    assert signed_up().came_by == fair


def test_the_link_of_a_campaign_needs_no_typing_and_is_counted(invited_only, fair, client):
    page = client.get(reverse("campaign", args=["fair26"]), follow=True).content.decode()
    assert "Leatherhead fair" in page and 'name="code"' not in page
    sign_up(client)
    assert signed_up().came_by == fair
    assert Visits.objects.get(campaign=fair).count == 1
    assert doors.KEY not in client.session


def test_a_code_counts_with_open_doors_too(fair, client):
    client.get(reverse("campaign", args=["FAIR26"]))
    sign_up(client)
    assert signed_up().came_by == fair


def test_a_colleagues_invitation_lets_in(invited_only, people, group, client):
    token = memberships.invite(group, "nell@example.org", "member", by=people["alice"])
    client.get(reverse("invitation", args=[token]))
    sign_up(client)
    assert signed_up() and signed_up().came_by is None


def test_a_suppliers_invitation_lets_in_and_proves_its_address(invited_only, client):
    address = doors.link_for("Nell@Example.org")
    page = client.get(address, follow=True)
    assert page.context["form"]["email"].value() == "nell@example.org"
    mail.outbox.clear()
    sign_up(client)
    assert signed_up().emailaddress_set.get().verified
    assert not [message for message in mail.outbox if "code" in message.subject.lower()]


def test_another_address_than_the_invited_one_is_proved_by_a_code(invited_only, client):
    client.get(doors.link_for("somebody@example.org"))
    sign_up(client)
    assert not signed_up().emailaddress_set.get().verified


def test_a_link_that_was_made_up_or_is_old_opens_nothing(invited_only, client, settings):
    assert client.get(reverse("invited", args=["made-up"])).status_code == 404
    settings.KEEP_INVITATION_DAYS = 0
    assert client.get(doors.link_for("nell@example.org")).status_code == 404
    assert sign_up(client).status_code == 200 and signed_up() is None


@pytest.mark.parametrize("days", [(-3, -1), (1, 3)])
def test_a_code_holds_on_its_days_only(days, invited_only, ruth, client):
    today = timezone.localdate()
    made = make_campaign(ruth)
    Campaign.objects.filter(pk=made.pk).update(
        since=today + timedelta(days=days[0]), until=today + timedelta(days=days[1])
    )
    assert client.get(reverse("campaign", args=["FAIR26"])).status_code == 404
    assert "don’t know this code" in sign_up(client, code="FAIR26").content.decode()


def test_a_code_that_is_ended_while_somebody_types_lets_nobody_in(invited_only, fair, ruth, client):
    client.get(reverse("campaign", args=["FAIR26"]), follow=True)
    doors.end(fair, by=ruth)
    assert "There is a problem" in sign_up(client).content.decode()
    assert signed_up() is None


def test_a_code_for_one_lets_one_in(invited_only, ruth, client):
    make_campaign(ruth, most=1)
    sign_up(client, code="FAIR26")
    client.logout()
    sign_up(client, code="FAIR26", email="second@example.org")
    assert User.objects.filter(email="second@example.org").count() == 0


def test_codes_are_not_guessed(invited_only, client):
    for number in range(10):
        sign_up(client, code=f"GUESS{number}")
    assert "Try again tomorrow" in sign_up(client, code="GUESS99").content.decode()


@pytest.mark.parametrize(
    "said, field", [({"code": "ab"}, "code"), ({"code": "-- --"}, "code"), ({"name": " "}, "name")]
)
def test_what_is_no_campaign(said, field, ruth):
    with pytest.raises(ValidationError) as refused:
        make_campaign(ruth, **said)
    assert field in refused.value.error_dict


def test_the_database_keeps_campaigns_and_doors_in_order(fair):
    for wrong in ({"most": 0}, {"until": "2020-01-01"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Campaign.objects.update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Doors.objects.create(pk=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Visits.objects.bulk_create([Visits(day=timezone.localdate()), Visits(day=timezone.localdate())])


def test_the_programme_team_opens_and_closes_and_keeps_codes(ruth, client):
    client.force_login(ruth)
    address, today = reverse("launch_doors"), timezone.localdate().isoformat()
    client.post(reverse("launch_mode"), {"mode": "invited"})
    assert not doors.are_open()
    client.post(reverse("launch_mode"), {"mode": "nonsense"})
    assert not doors.are_open()
    client.post(address, {"code": "spring fair", "name": "Spring fair", "since": today, "until": today, "most": ""})
    made = Campaign.objects.get()
    assert made.code == "SPRINGFAIR" and "/join/SPRINGFAIR/" in client.get(address).content.decode()
    assert (
        "used before"
        in client.post(
            address, {"code": "SPRINGFAIR", "name": "Again", "since": today, "until": today}
        ).content.decode()
    )
    client.post(reverse("campaign_end", args=[made.pk]))
    assert "Lets nobody in now" in client.get(address).content.decode()


def test_the_funnel_tells_by_code_and_by_size_and_says_who_looked_in(fair, client, ruth):
    client.get(reverse("campaign", args=["FAIR26"]), follow=True)
    client.get(reverse("account_signup"), headers={"user-agent": "Some bot"})
    nell = make_user("nell")
    User.objects.filter(pk=nell.pk).update(came_by=fair)
    make_organisation("Nell’s Club", "vcse", nell)
    found = launch.journeys()
    assert [(journey.campaign, journey.size) for journey in found] == [("Leatherhead fair", "Informal, or new here")]
    assert launch.visited("campaign") == {"All": 1, "Leatherhead fair": 1}
    assert launch.visited("district") == {"All": 1}
    client.force_login(ruth)
    for by in launch.SPLITS:
        for of in ("groups", "suppliers"):
            assert client.get(reverse("launch"), {"by": by, "of": of}).status_code == 200
