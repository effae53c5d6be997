"""What was typed survives a sign-in that ran out and a stale token; a stranger's page gets nothing of it."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from marketplace import kept_words
from requests_app.models import Request
from tests.conftest import make_request

pytestmark = pytest.mark.django_db
WORDS = {"title": "Paint <our> hall", "description": "Two coats\n\n& a third"}
OWN = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def draft(group):
    return make_request(group, live=False)


def hidden(page):
    """What the page would send: {name: value}, from the form's own fields."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {name: html.unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def test_after_a_sign_in_that_ran_out_one_press_sends_what_was_typed(client, draft, people):
    address = reverse("request_edit", args=[draft.pk, "need"])
    answer = client.post(address, WORDS)
    assert answer.status_code == 302 and answer.url.startswith("/accounts/login/")
    assert "what you typed is kept" in client.get(answer.url).content.decode()
    client.force_login(people["alice"])
    page = client.get(address).content.decode()
    assert "Paint &lt;our&gt; hall" in page and hidden(page) == WORDS
    client.post(address, hidden(page))
    draft.refresh_from_db()
    assert (draft.title, draft.description) == (WORDS["title"], WORDS["description"])
    assert "still here" not in client.get(address).content.decode()  # given back once


def test_another_page_is_shown_as_ever_and_the_words_wait(client, draft, people):
    address = reverse("request_edit", args=[draft.pk, "need"])
    client.post(address, WORDS)
    client.force_login(people["alice"])
    assert "still here" not in client.get(reverse("dashboard")).content.decode()
    assert "still here" in client.get(address).content.decode()


def test_after_a_day_they_are_forgotten(client, draft, people, monkeypatch):
    address = reverse("request_edit", args=[draft.pk, "need"])
    client.post(address, WORDS)
    client.force_login(people["alice"])
    monkeypatch.setattr(kept_words, "KEPT_SECONDS", -1)
    assert "still here" not in client.get(address).content.decode()


@pytest.mark.parametrize(
    "headers", [OWN, {"HTTP_ORIGIN": "http://testserver"}, {"HTTP_REFERER": "http://testserver/x"}]
)
def test_a_stale_token_gives_the_words_back(draft, people, headers):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(people["alice"])
    address = reverse("request_edit", args=[draft.pk, "need"])
    page = strict.post(address, WORDS | {"csrfmiddlewaretoken": "x" * 32}, **headers)
    assert page.status_code == 403 and hidden(page.content.decode()) == WORDS
    token = strict.cookies["csrftoken"].value
    again = strict.post(address, WORDS | {"csrfmiddlewaretoken": token}, **headers)
    assert again.status_code == 302 and Request.objects.get(pk=draft.pk).title == WORDS["title"]


@pytest.mark.parametrize(
    "headers", [{"HTTP_SEC_FETCH_SITE": "cross-site"}, {"HTTP_ORIGIN": "https://evil.example"}, {}]
)
def test_a_page_from_elsewhere_is_refused_without_them(draft, people, headers):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(people["alice"])
    page = strict.post(reverse("request_edit", args=[draft.pk, "need"]), WORDS, **headers)
    assert page.status_code == 403 and not hidden(page.content.decode())
    assert Request.objects.get(pk=draft.pk).title == draft.title


def test_no_password_is_kept_or_shown(client):
    strict = Client(enforce_csrf_checks=True)
    page = strict.post(reverse("account_login"), {"login": "a@example.org", "password": "Secret-words-1"}, **OWN)
    assert page.status_code == 403 and "Secret-words-1" not in page.content.decode()
    assert reverse("account_login") in page.content.decode()
    client.post(reverse("organisation_start"), {"title": "Words", "password1": "Secret-words-1"})
    assert "Secret-words-1" not in str(client.session[kept_words.KEY])


def test_what_is_too_long_to_keep_is_not(client, draft):
    client.post(reverse("request_edit", args=[draft.pk, "need"]), {"description": "x" * 70_000})
    assert kept_words.KEY not in client.session
