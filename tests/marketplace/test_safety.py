"""Headers, sign-in, the second step, roles, and what a clone must not hold."""

import re
import subprocess
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from marketplace.roles import ROLES, apply_roles
from requests_app.models import Request
from tests.conftest import PASSWORD, make_user

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/requests/", "/accounts/login/", "/nothing/"])
def test_public_pages_allow_no_inline_script_or_style(client, path):
    policy = client.get(path)["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page = client.get(path).content.decode()
    assert not re.search(r"<script(?![^>]*src=)|<style| style=| on[a-z]+=", page)


@pytest.mark.django_db
def test_the_easing_is_for_the_staff_admin_only(people, client):
    client.force_login(people["mo"])
    assert "style-src 'self' 'unsafe-inline'" in client.get("/admin/")["Content-Security-Policy"]
    assert "unsafe" not in client.get("/account/")["Content-Security-Policy"]


@pytest.mark.django_db
def test_inline_script_runs_on_the_forms_of_wagtail_alone(people, client):
    """A screen of ours, the staff home and a missing page run files of ours; editors have Wagtail’s."""
    client.force_login(people["mo"])

    def scripts(path):
        policy = client.get(path)["Content-Security-Policy"]
        return next(part.strip() for part in policy.split(";") if part.strip().startswith("script-src"))

    editor = reverse(Request.snippet_viewset.get_url_name("list"))
    assert scripts(editor) == "script-src 'self' 'unsafe-inline'"
    for path in ("/admin/", "/admin/requests/moderate/", "/admin/deliveries/verify/", "/admin/no-such-page/"):
        assert scripts(path) == "script-src 'self'", path


@pytest.mark.django_db
def test_staff_can_not_enter_without_the_second_step(people, client, settings):
    settings.STAFF_TWO_STEP = True
    client.force_login(people["mo"])
    for path in ("/admin/", "/account/", "/pledges/1/", "/"):
        assert client.get(path).url == "/accounts/2fa/totp/activate/"
    assert client.get("/accounts/logout/").status_code == 200
    TOTP.activate(people["mo"], generate_totp_secret())
    assert client.get("/admin/").status_code == 200


@pytest.mark.django_db
def test_signing_in_with_a_password_alone_does_not_pass_the_second_step(people, client, settings):
    settings.STAFF_TWO_STEP = True
    TOTP.activate(people["mo"], generate_totp_secret())
    for path in ("/admin/login/", "/_util/login/"):
        assert client.get(path).url.startswith("/accounts/login/")
    answer = client.post("/accounts/login/", {"login": "mo@example.org", "password": PASSWORD})
    assert answer.url.startswith("/accounts/2fa/authenticate/")
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_signing_in_and_resetting_tell_nobody_who_has_an_account(people, client):
    known = client.post("/accounts/login/", {"login": "alice@example.org", "password": "wrong"}).content.decode()
    unknown = client.post("/accounts/login/", {"login": "nobody@example.org", "password": "wrong"}).content.decode()
    words = "The e-mail address or the password is not right"
    assert words in known
    assert words in unknown
    for address in ("alice@example.org", "nobody@example.org"):
        assert client.post("/accounts/password/reset/", {"email": address}).url == "/accounts/password/reset/done/"
    new = {"email": "alice@example.org", "name": "Another Alice", "password1": PASSWORD}
    assert client.post("/accounts/signup/", new).url == "/accounts/confirm-email/"
    assert all("Your code" not in m.body for m in mail.outbox if m.to == ["alice@example.org"])


@pytest.mark.django_db
def test_guessing_a_password_is_stopped(people, client):
    for _ in range(6):
        page = client.post("/accounts/login/", {"login": "alice@example.org", "password": "wrong"})
    page = client.post("/accounts/login/", {"login": "alice@example.org", "password": PASSWORD})
    assert "tried too often" in page.content.decode()


@pytest.mark.django_db
def test_a_short_password_is_refused(client):
    page = client.post("/accounts/signup/", {"email": "n@example.org", "name": "N", "password1": "short"})
    assert "at least 12 characters" in page.content.decode()


@pytest.mark.django_db
def test_applying_roles_again_mends_what_was_changed():
    group = Group.objects.get(name="Leaders")
    before = set(group.permissions.all())
    group.permissions.clear()
    apply_roles()
    apply_roles()
    assert set(group.permissions.all()) == before
    assert {g.name for g in Group.objects.all()} >= set(ROLES)


@pytest.mark.django_db
def test_every_right_in_the_table_exists():
    for name, rights in ROLES.items():
        have = {f"{p.content_type.app_label}.{p.codename}" for p in Group.objects.get(name=name).permissions.all()}
        assert set(rights) <= have, name


@pytest.mark.django_db
def test_the_demo_refuses_a_database_that_holds_data():
    make_user("real")
    with pytest.raises(Exception, match="holds data already"):
        call_command("demo")


def tracked():
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in names.splitlines()]


def test_pinned_requirements_name_no_host():
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-assets.txt", "requirements-meaning.txt"):
        text = (ROOT / name).read_text()
        assert "://" not in text
        assert text.count("--hash=sha256:") >= text.count("==") > 0
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()


def test_no_file_is_long_enough_to_ask_for_splitting():
    long = {
        str(path.relative_to(ROOT)): count
        for path in tracked()
        if path.suffix == ".py"
        and "migrations" not in path.parts
        and (count := len(path.read_text().splitlines())) > 330
    }
    assert long == {}
