"""The contact that the other side sees is somebody who is still there."""

import pytest
from allauth.account.models import EmailAddress
from allauth.account.signals import email_changed
from django.core import mail
from django.utils import timezone

from organisations import changes, memberships
from organisations.models import Membership, Organisation
from requests_app import pledges
from requests_app.models import Pledge
from tests.conftest import make_organisation, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def club(group, people):
    """Alice is its contact; Bob is its other owner, and Carl has been a member for longer."""
    Organisation.objects.filter(pk=group.pk).update(
        contact_name="Alice", contact_email="ALICE@example.org", contact_phone="01632 960000"
    )
    Membership.objects.filter(organisation=group, user=people["bob"]).update(role="owner")
    carl = make_user("carl")
    Membership.objects.create(organisation=group, user=carl, admitted_at=timezone.now() - timezone.timedelta(days=900))
    return group


def contact(club):
    club.refresh_from_db()
    return club.contact_name, club.contact_email, club.contact_phone


def test_who_leaves_is_the_contact_no_more_and_the_next_owner_is_told(club, people):
    memberships.remove(club.memberships.get(user=people["alice"]), by=people["bob"])
    assert contact(club) == ("Bob", "bob@example.org", "")
    first, second = mail.outbox
    assert (first.to, second.to) == (["bob@example.org"], ["alice@example.org"])
    assert "You are the contact" in first.subject and "Alice no longer acts for" in second.subject


def test_who_deletes_their_account_is_seen_by_nobody(club, wanted, supplier, people, client):
    pledge = pledges.offer(wanted, supplier, 4, by=people["sam"])
    pledges.accept(pledge, by=people["alice"])
    people["alice"].retire()
    client.force_login(people["sam"])
    page = client.get(Pledge.objects.get(pk=pledge.pk).get_absolute_url()).content.decode()
    assert "bob@example.org" in page and "alice@example.org" not in page.lower() and "960000" not in page


def test_with_nobody_left_there_is_no_contact(club, people):
    club.memberships.exclude(user=people["alice"]).delete()
    people["alice"].retire()
    assert contact(club) == ("", "", "")


def test_another_contact_stays(club, people):
    Organisation.objects.filter(pk=club.pk).update(contact_name="The office", contact_email="office@example.org")
    memberships.remove(club.memberships.get(user=people["alice"]), by=people["bob"])
    assert contact(club)[:2] == ("The office", "office@example.org")


def test_a_new_address_of_the_contact_is_followed(club, people):
    old = EmailAddress.objects.get(user=people["alice"])
    new = EmailAddress(user=people["alice"], email="alice.new@example.org", verified=True)
    said = {"request": None, "user": people["alice"], "from_email_address": old, "to_email_address": new}
    email_changed.send(sender=type(people["alice"]), **said)
    assert contact(club)[1] == "alice.new@example.org"


def test_the_other_side_of_what_was_agreed_is_told_how_to_reach_it_once(club, wanted, supplier, people, mailoutbox):
    agreed = pledges.offer(wanted, supplier, 4, by=people["sam"])
    pledges.accept(agreed, by=people["alice"])
    other = make_organisation("Other firm", "business", people["tess"])
    pledges.offer(wanted, other, 1, by=people["tess"])
    mailoutbox.clear()
    edited = Organisation.objects.get(pk=club.pk)
    edited.contact_phone = "01632 960009"
    changes.change(edited, by=people["alice"])
    told = [message for message in mailoutbox if "How to reach" in message.subject]
    assert [message.to for message in told] == [["sam@example.org"]], "only who may see it, and once"
    assert "01632 960009" in told[0].body and agreed.get_absolute_url() in told[0].body
    mailoutbox.clear()
    memberships.remove(club.memberships.get(user=people["alice"]), by=people["bob"])
    assert "bob@example.org" in next(message.body for message in mailoutbox if "How to reach" in message.subject)
    mailoutbox.clear()
    edited.refresh_from_db()
    edited.website = "https://example.org"
    changes.change(edited, by=people["bob"])
    assert not [message for message in mailoutbox if "How to reach" in message.subject]
