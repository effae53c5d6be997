"""Codes, links and invitations of signing up: each says what happened, none asks twice for the same proof."""

import gettext
import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organisations import memberships
from organisations.models import User
from requests_app import shortlist
from tests.conftest import PASSWORD, make_request

pytestmark = pytest.mark.django_db
NEW = {"name": "Nora", "email": "nora@example.org", "password1": PASSWORD}
CODE_PAGE = "account_email_verification_sent"


@pytest.fixture
def sent(client, django_capture_on_commit_callbacks):
    """The e-mail of a sign-up: its text."""
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("account_signup"), NEW)
    return mail.outbox[-1].body


def path_in(body):
    return re.search(r"http://127.0.0.1:8000(/accounts/confirm-address/\S+)", body)[1]


def test_the_mail_holds_code_link_and_until_when(sent):
    until = timezone.localtime() + timedelta(minutes=15)
    assert "Your code:" in sent and path_in(sent)
    assert any(f"until {moment:%H:%M}" in sent for moment in (until, until - timedelta(minutes=1)))


def test_the_link_opens_the_account_on_another_device_with_the_password(sent):
    other = Client()
    page = path_in(sent)
    assert "nora@example.org" in other.get(page).content.decode()
    assert other.post(page, {"password": PASSWORD}).url == reverse("dashboard")
    assert other.get(reverse("dashboard")).status_code == 200
    assert Client().get(page).status_code == 404  # once


def test_who_only_reads_the_mail_opens_no_account_for_a_stranger(sent):
    reader = Client()
    page = reader.post(path_in(sent), {"password": "another-guess-9876"})
    assert "not the password that you chose" in page.content.decode()
    assert not User.objects.get(email="nora@example.org").emailaddress_set.get().verified


def test_the_link_is_as_old_as_the_code_may_be(sent):
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert Client().get(path_in(sent)).status_code == 404
    assert Client().get(reverse("confirm_address", args=["made-up"])).status_code == 404


def test_wrong_codes_are_called_what_they_are(client, sent):
    for _ in range(5):
        page = client.post(reverse(CODE_PAGE), {"code": "WRONG1"}).content.decode()
        assert "not the code of our newest e-mail" in page
    answer = client.post(reverse(CODE_PAGE), {"code": "WRONG1"})
    assert answer.url == reverse("account_login")
    assert "6 codes that are not ours" in client.get(answer.url).content.decode()


def test_signing_in_at_once_brings_the_page_of_the_code_back(sent, django_capture_on_commit_callbacks):
    other = Client()
    with django_capture_on_commit_callbacks(execute=True):
        answer = other.post(reverse("account_login"), {"login": NEW["email"], "password": PASSWORD})
    assert answer.url == reverse(CODE_PAGE)
    code = re.search(r"Your code:\s+(\S+)", mail.outbox[-1].body)[1]
    assert other.post(reverse(CODE_PAGE), {"code": code}).url == reverse("dashboard")


def test_another_code_can_be_sent(client, sent, django_capture_on_commit_callbacks):
    assert "Send another code" in client.get(reverse(CODE_PAGE)).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse(CODE_PAGE), {"action": "resend"})
    assert len(mail.outbox) == 2


def test_an_invited_person_proves_the_address_by_the_link_alone(client, group, people):
    token = memberships.invite(group, "nora@example.org", "member", by=people["alice"])
    invitation = reverse("invitation", args=[token])
    page = client.get(invitation).content.decode()
    assert "Create an account" in page
    assert 'value="nora@example.org"' in client.get(reverse("account_signup")).content.decode()
    answer = client.post(reverse("account_signup"), NEW | {"next": invitation})
    assert answer.url == invitation  # no code
    client.post(invitation)
    assert group.memberships.admitted().filter(user__email="nora@example.org").exists()


def test_an_invitation_proves_no_other_address(client, group, people):
    token = memberships.invite(group, "nora@example.org", "member", by=people["alice"])
    client.get(reverse("invitation", args=[token]))
    answer = client.post(reverse("account_signup"), NEW | {"email": "other@example.org"})
    assert answer.url == reverse(CODE_PAGE)


def test_what_one_came_for_is_kept_until_one_can_help(client, group):
    wanted = make_request(group, title="Twelve chairs")
    client.post(reverse("account_signup"), NEW | {"next": wanted.get_absolute_url()})
    client.force_login(User.objects.get(email=NEW["email"]))
    page = client.get(reverse("dashboard")).content.decode()
    assert "Kept for later" in page and "Twelve chairs" in page


def test_a_request_is_kept_left_out_and_gone_when_it_is_no_longer_public(client, group, people):
    wanted = make_request(group, title="Twelve chairs")
    client.force_login(people["sam"])
    keep = reverse("request_keep", args=[wanted.pk])
    for _ in range(2):
        client.post(keep, {"keep": ""})
    assert shortlist.of(people["sam"]) == [wanted] and shortlist.of(people["alice"]) == []
    assert "leave it out" in client.get(wanted.get_absolute_url()).content.decode()
    client.post(keep, {"leave": ""})
    assert shortlist.of(people["sam"]) == []
    shortlist.keep(people["sam"], wanted)
    wanted.unpublish()
    assert shortlist.of(people["sam"]) == []


@pytest.mark.parametrize("address", ["", "https://evil.example/requests/1/", "/nothing/", "/requests/999999/", "//x"])
def test_what_leads_nowhere_is_not_kept(people, address):
    shortlist.keep_what_was_wanted(people["sam"], address)
    assert shortlist.of(people["sam"]) == []


STOCK = ("Bad Token", "Password Reset", "Remember Me", "Two-Factor", "Confirm Access", "Account Inactive", "Email")


@pytest.mark.parametrize("who", [None, "alice"])
def test_no_stock_words_are_left(client, people, who):
    if who:
        client.force_login(people[who])
    names = ["account_login", "account_signup", "account_reset_password", "account_reset_password_done",
             "account_reset_password_from_key_done", "account_inactive", "account_email", "account_change_password",
             "mfa_index", "account_reauthenticate", "account_logout", "mfa_activate_totp"]  # fmt: skip
    pages = [client.get(reverse(name), follow=True).content.decode() for name in names]
    pages.append(client.get("/accounts/password/reset/key/1-abc/", follow=True).content.decode())
    for page in pages:
        words = re.sub(r"<[^>]+>", " ", page)
        assert not [stock for stock in STOCK if re.search(rf"\b{stock}\b", words)]


def test_the_compiled_words_are_those_that_can_be_read():
    folder = settings.BASE_DIR / "locale" / "en_GB" / "LC_MESSAGES"
    with open(folder / "django.mo", "rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)
    source = (folder / "django.po").read_text()
    pairs = re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', source, re.M)
    assert len(pairs) > 50
    for stock, ours in pairs:
        plain, said = (text.replace('\\"', '"') for text in (stock, ours))
        assert catalogue.gettext(plain) == said
