"""One's own account: everything kept about one and nobody else, and a person who goes while history stays."""

import json
from decimal import Decimal

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from organisations.models import Membership, User
from requests_app import pledges
from requests_app.models import Pledge, Request
from talking import conversation
from tests.conftest import PASSWORD, make_organisation, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(wanted, supplier, people):
    pledge = pledges.offer(
        Request.objects.for_page().get(pk=wanted.pk), supplier, Decimal(4), by=people["sam"], message="We paint"
    )
    conversation.write(pledge, "Shall we bring ladders?", by=people["sam"])
    conversation.write(pledge, "Secret of Alice", by=people["alice"])
    return pledge


def sign_in(client, person):
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})


def test_one_changes_ones_name(people, client):
    client.force_login(people["sam"])
    client.post(reverse("my_account"), {"name": "Samira Sand"})
    people["sam"].refresh_from_db()
    assert people["sam"].name == "Samira Sand"
    assert "There is a problem" in client.post(reverse("my_account"), {"name": "\u200b"}).content.decode()
    people["sam"].refresh_from_db()
    assert people["sam"].name == "Samira Sand"


def test_the_file_holds_what_one_did_and_wrote_and_nothing_of_others(busy, people, client):
    Authenticator.objects.create(user=people["sam"], type="totp", data={"secret": "TOPSECRET"})
    client.force_login(people["sam"])
    answer = client.get(reverse("my_data"))
    text = answer.content.decode()
    found = json.loads(text)
    assert found["account"][0]["email"] == "sam@example.org"
    for words in ("We paint", "Shall we bring ladders?"):
        assert words in text
    for words in ("Secret of Alice", "alice@example.org", "TOPSECRET", people["sam"].password, "session_key"):
        assert words not in text
    assert answer["Cache-Control"].count("no-store") == 1


def test_somebody_goes_and_what_they_did_stays(busy, people, client):
    client.force_login(people["sam"])
    address = reverse("my_account_delete")
    assert "You are an owner of" in client.get(address).content.decode()
    assert "not your password" in client.post(address, {"password": "wrong"}).content.decode()
    client.post(address, {"password": PASSWORD})
    assert not User.objects.filter(email="sam@example.org").exists()
    kept = Pledge.objects.get(pk=busy.pk)
    assert kept.offered_by.name == "A former member" and not kept.offered_by.is_active
    assert not Membership.objects.filter(user=kept.offered_by).exists()
    assert client.get("/account/").status_code == 302


def test_whoever_never_did_anything_is_gone_altogether(client):
    new = make_user("new")
    client.force_login(new)
    client.post(reverse("my_account_delete"), {"password": PASSWORD})
    assert not User.objects.filter(pk=new.pk).exists()


def test_staff_are_ended_by_the_programme_team(people, client):
    client.force_login(people["cara"])
    assert client.post(reverse("my_account_delete"), {"password": PASSWORD}).status_code == 403
    assert "Delete your account" not in client.get(reverse("my_account")).content.decode()


def test_where_one_is_signed_in_can_be_ended_elsewhere(people):
    here, there = Client(HTTP_USER_AGENT="Firefox here"), Client(HTTP_USER_AGENT="Safari there")
    for client in (here, there):
        sign_in(client, people["sam"])
    page = here.get(reverse("usersessions_list")).content.decode()
    assert "Firefox here" in page and "Safari there" in page
    here.post(reverse("usersessions_list"))
    assert here.get("/account/").status_code == 200 and there.get("/account/").status_code == 302


def test_an_owner_leaves_the_organisation_to_a_colleague(people, client):
    owner, colleague = make_user("owner"), make_user("colleague")
    firm = make_organisation("Firm", "business", owner)
    Membership.objects.create(organisation=firm, user=colleague, admitted_at=firm.created_at)
    client.force_login(owner)
    client.post(reverse("my_account_delete"), {"password": PASSWORD})
    assert [person.pk for person in firm.owners] == [colleague.pk]
