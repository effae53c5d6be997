"""Health says what is amiss, and a deployment without styles is stopped; the first person of a site gets in."""

import re

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from mail import checks
from marketplace import readiness
from organisations.models import User

pytestmark = pytest.mark.django_db


def test_a_site_that_can_serve_is_ok(client, monkeypatch):
    monkeypatch.setattr(readiness, "is_gathered", lambda name: True)
    answer = client.get("/health/")
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_styles_that_were_not_gathered_are_said(client, monkeypatch):
    monkeypatch.setattr(readiness, "is_gathered", lambda name: False)
    answer = client.get("/health/")
    assert answer.status_code == 503
    assert "styles were not gathered" in answer.content.decode()


def test_a_cache_that_is_away_is_said(client, monkeypatch):
    class Away:
        def set(self, *args):
            raise ConnectionError

    monkeypatch.setattr(readiness, "caches", {"default": Away()})
    assert "cache does not answer: ConnectionError" in client.get("/health/").content.decode()


def test_nothing_is_deployed_without_compiled_styles(settings, tmp_path):
    settings.STATICFILES_DIRS = [tmp_path]
    assert [error.id for error in readiness.check_compiled(None)] == ["marketplace.E001"]
    (tmp_path / "site.css").write_text("")
    assert readiness.check_compiled(None) == []


def test_a_deployment_without_a_mail_server_is_warned_of(settings, people, client):
    settings.MAIL_DELIVERY_BACKEND = "mail.smtp.SmtpBackend"
    assert checks.check_mail(None) == []
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert [warning.id for warning in checks.check_mail(None)] == ["mail.W001"]
    people["edie"].groups.add(Group.objects.get(name="Programme team"))
    client.force_login(people["edie"])
    assert "No mail server is named" in client.get(reverse("mail_stuck")).content.decode()


def test_the_first_person_chooses_a_password_and_is_in(client, capsys):
    call_command("add_person", "Kim@Example.org", "--name", "Kim", "--role", "Programme team", "--superuser")
    path = re.search(r"http://127.0.0.1:8000(\S+)", capsys.readouterr().out)[1]
    page = client.get(path, follow=True)
    client.post(page.request["PATH_INFO"], {"password1": "teapot lantern gravel", "password2": "teapot lantern gravel"})
    user = User.objects.get(email="kim@example.org")
    assert (user.name, user.is_superuser, [group.name for group in user.groups.all()]) == (
        "Kim", True, ["Programme team"],
    )  # fmt: skip
    signed_in = client.post(reverse("account_login"), {"login": "kim@example.org", "password": "teapot lantern gravel"})
    assert signed_in.url == reverse("dashboard")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["kim", "--name", "Kim"], "not an e-mail address"),
        (["kim@example.org", "--name", "Kim", "--role", "Kings"], "No role is called Kings"),
    ],
)
def test_what_is_wrong_is_said(arguments, words):
    with pytest.raises(CommandError, match=words):
        call_command("add_person", *arguments)
    assert not User.objects.filter(email__startswith="kim").exists()
