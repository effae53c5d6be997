"""Nobody makes the site write to strangers: limits that hold on every host and that nothing pushes out."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from marketplace.limits_cache import LimitsCache
from organisations import limits, memberships
from organisations.models import LimitCount, Membership, Organisation
from requests_app import deliveries, pledges
from requests_app.models import Request
from talking.models import Report
from tests.conftest import PASSWORD, make_organisation, make_request

pytestmark = pytest.mark.django_db
LURE = "Your account is locked: visit http://evil.example/verify now"


def test_before_approval_three_invitations_a_day_and_none_of_its_words(people, client):
    client.force_login(people["charlie"])
    lure = Organisation(kind="informal", name=LURE, sponsor_name="Parish")
    memberships.found(lure, by=people["charlie"])
    mail.outbox.clear()
    for number in range(6):
        page = client.post(
            reverse("person_invite", args=[lure.pk]), {"email": f"x{number}@example.net", "role": "member"}
        )
    assert "three people a day" in page.content.decode()
    assert [message.to[0] for message in mail.outbox] == [f"x{number}@example.net" for number in range(3)]
    for message in mail.outbox:
        for words in ("locked", "evil", "verify", "Charlie"):
            assert words not in message.subject + message.body
    another = Organisation(kind="informal", name="Second", sponsor_name="Parish")
    memberships.found(another, by=people["charlie"])
    with pytest.raises(ValidationError, match="three people a day"):  # a second organisation makes no new limit
        memberships.invite(another, "y@example.net", "member", by=people["charlie"])
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        memberships.invite(another, "y@example.net", "member", by=people["charlie"])


def test_an_approved_organisation_invites_more(group, people):
    for number in range(10):
        memberships.invite(group, f"x{number}@example.net", "member", by=people["alice"])


def test_asking_to_join_and_signing_up_organisations(people, client):
    client.force_login(people["charlie"])
    owner = people["alice"]
    for number in range(7):
        wanted = make_organisation(f"Group {number}", "vcse", owner)
        page = client.post(reverse("organisation_join", args=[wanted.pk]), follow=True)
    assert "three organisations today" in page.content.decode()
    assert len(mail.outbox) == 3
    for number in range(5):
        memberships.found(Organisation(kind="business", name=f"Firm {number}"), by=people["charlie"])
    with pytest.raises(ValidationError, match="five organisations today"):
        memberships.found(Organisation(kind="business", name="One more"), by=people["charlie"])
    assert not Organisation.objects.filter(name="One more").exists()


def test_an_account_writes_to_three_addresses_that_are_to_become_its_own(people, client):
    client.force_login(people["charlie"])
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    for number in range(5):
        page = client.post(
            reverse("account_email"), {"action_add": "", "email": f"new{number}@example.net"}, follow=True
        )
    assert len({message.to[0] for message in mail.outbox if message.to[0].startswith("new")}) == 3
    assert "three people or new addresses" in page.content.decode()


def test_a_complaint_carries_no_words_to_an_address_that_nobody_proved(client):
    for number in range(5):
        data = {"text": "Buy my pills", "email": f"stranger{number}@example.net"}
        assert client.post(reverse("complaint_new"), data).status_code == 200
    told = [message for message in mail.outbox if message.to[0].startswith("stranger")]
    assert len(told) == 3 and Report.objects.count() == 5
    assert not any("pills" in message.body for message in told)


def test_pledging_and_taking_back_over_and_over(wanted, supplier, people):
    for _ in range(3):
        pledge = pledges.offer(wanted, supplier, Decimal(1), by=people["sam"])
        pledges.withdraw(pledge, "Sorry", by=people["sam"])
    with pytest.raises(ValidationError, match="three times today"):
        pledges.offer(wanted, supplier, Decimal(1), by=people["sam"])
    other = Request.objects.for_page().get(pk=make_request(wanted.organisation).pk)
    assert pledges.offer(other, supplier, Decimal(1), by=people["sam"]).pk


def test_disputing_and_amending_over_and_over(wanted, supplier, people):
    pledge = pledges.offer(wanted, supplier, Decimal(4), by=people["sam"])
    pledges.accept(pledge, by=people["alice"])
    delivery = deliveries.claim(pledge, Decimal(2), timezone.localdate(), by=people["sam"])
    with pytest.raises(ValidationError, match="20 messages"):
        for _ in range(11):
            deliveries.dispute(delivery, "No", by=people["alice"])
            deliveries.amend(delivery, Decimal(2), "Yes", by=people["sam"])


def test_an_act_that_fails_is_not_counted(people):
    with pytest.raises(RuntimeError), transaction.atomic():
        limits.spend("join", people["sam"])
        raise RuntimeError
    assert not LimitCount.objects.exists()


def test_counts_whose_day_is_over_are_forgotten(people):
    limits.spend("join", people["sam"])
    limits.prune()
    assert LimitCount.objects.count() == 1
    limits.prune(timezone.now() + timedelta(days=1))
    assert not LimitCount.objects.exists()


@pytest.mark.parametrize("address", ["alice@example.org", "stranger@example.net"])
def test_codes_and_resets_to_one_address_end(address, people, client, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    for _ in range(12):
        client.post(reverse("account_reset_password"), {"email": address})
    assert len(mail.outbox) == 8


def test_nothing_pushes_a_counter_out_of_the_cache():
    cache = LimitsCache("marketplace_cache", {})
    cache.set("sign-in-of-somebody", [1, 2, 3], 300)
    for number in range(700):
        cache.set(f"0-{number}", number, 300)
        cache.set(f"z-{number}", number, 300)
    assert cache.get("sign-in-of-somebody") == [1, 2, 3]
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        cache.set("later", 1, 300)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM marketplace_cache")
        assert cursor.fetchone()[0] < 10  # what ran out is thrown away
    cache.clear()


def test_the_real_site_counts_in_that_cache():
    from marketplace import settings as real

    assert real.CACHES["default"]["BACKEND"] == "marketplace.limits_cache.LimitsCache"
    assert caches["default"] is not None


def test_sign_ups_from_one_network_end(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"signup": "3/h/ip"}
    answers = [
        client.post(
            reverse("account_signup"), {"email": f"n{number}@example.org", "name": "N", "password1": PASSWORD}
        ).status_code
        for number in range(5)
        if not client.logout()
    ]
    assert answers == [302, 302, 302, 429, 429]
    assert AnonymousUser().is_anonymous


def test_two_owners_of_an_organisation_that_waits_have_one_limit(people):
    waiting = make_organisation("New Group", "informal", people["charlie"], state="waiting")
    Membership.objects.create(organisation=waiting, user=people["bob"], role="owner", admitted_at=timezone.now())
    for number in range(3):
        memberships.invite(waiting, f"x{number}@example.net", "member", by=people["charlie"])
    with pytest.raises(ValidationError, match="three people a day"):
        memberships.invite(waiting, "y@example.net", "member", by=people["bob"])
    with pytest.raises(ValidationError, match="three people a day"):  # nor a new one by a new organisation
        another = make_organisation("Newer Group", "informal", people["charlie"], state="waiting")
        memberships.invite(another, "y@example.net", "member", by=people["charlie"])


def test_a_count_that_is_just_pruned_begins_anew(people, monkeypatch):
    limits.spend("join", people["bob"])
    LimitCount.objects.update(began_at=timezone.now() - timedelta(days=2))
    find = QuerySet.get

    def pruned_after(self, *args, **kwargs):
        monkeypatch.setattr("django.db.models.QuerySet.get", find)
        found = find(self, *args, **kwargs)
        limits.prune()
        return found

    monkeypatch.setattr("django.db.models.QuerySet.get", pruned_after)
    limits.spend("join", people["bob"])
    assert LimitCount.objects.get().count == 1
