import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from organisations import memberships
from organisations.models import Invitation, Membership

pytestmark = pytest.mark.django_db


def test_an_invitation_brings_the_colleague_in(group, people, client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        memberships.invite(group, "Charlie@example.org", "member", by=people["alice"])
    path = re.search(r"/invitations/\S+", mail.outbox[0].body).group()
    client.force_login(people["charlie"])
    assert "invites you to Lunch Club" in client.get(path).content.decode()
    client.post(path)
    assert Membership.objects.admitted().filter(organisation=group, user=people["charlie"], role="member").exists()
    assert client.get(path).status_code == 404


def test_an_invitation_is_for_its_address_alone(group, people):
    token = memberships.invite(group, "new@example.org", "owner", by=people["alice"])
    with pytest.raises(ValidationError, match=r"written to new@example\.org"):
        memberships.accept_invitation(memberships.find_invitation(token), by=people["charlie"])
    assert not Membership.objects.filter(organisation=group, user=people["charlie"]).exists()


def test_the_table_does_not_hold_the_token(group, people):
    token = memberships.invite(group, "new@example.org", "member", by=people["alice"])
    assert token not in str(Invitation.objects.values().get())


def test_an_invitation_ends_after_two_weeks(group, people):
    token = memberships.invite(group, "new@example.org", "member", by=people["alice"])
    with time_machine.travel(timezone.now() + timedelta(days=14, minutes=1)):
        assert memberships.find_invitation(token) is None


def test_a_newer_invitation_replaces_the_older(group, people):
    first = memberships.invite(group, "new@example.org", "member", by=people["alice"])
    second = memberships.invite(group, "new@example.org", "owner", by=people["alice"])
    assert memberships.find_invitation(first) is None
    assert memberships.find_invitation(second).role == "owner"


def test_asking_to_join_gives_nothing_until_an_owner_admits(group, people, client):
    membership = memberships.ask_to_join(group, by=people["charlie"])
    client.force_login(people["charlie"])
    assert group.contact_email not in client.get(group.get_absolute_url()).content.decode()
    assert not group.memberships.get(user=people["charlie"]).admitted_at
    memberships.admit(membership, by=people["alice"])
    assert group.contact_email in client.get(group.get_absolute_url()).content.decode()


def test_the_last_owner_stays(group, people):
    own = Membership.objects.get(organisation=group, user=people["alice"])
    for attempt in (
        lambda: memberships.remove(own, by=people["alice"]),
        lambda: memberships.change_role(own, "member", by=people["alice"]),
    ):
        with pytest.raises(ValidationError, match="needs an owner"):
            attempt()
    assert Membership.objects.filter(pk=own.pk, role="owner").exists()


def test_a_member_may_not_invite(group, people, client):
    client.force_login(people["bob"])
    response = client.post(f"/organisations/{group.pk}/people/invite/", {"email": "x@example.org", "role": "owner"})
    assert response.status_code == 403
    assert not Invitation.objects.exists()
