"""A wrong setting is said by its name, with an example, all of them at once; nothing wrong is taken."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from marketplace.environment import Environment

ROOT = Path(__file__).resolve().parent.parent.parent
WRONG = [
    ("DATABASE_URL", "nonsense"),
    ("DATABASE_URL", "mysql://host/name"),
    ("DATABASE_URL", "postgres://host:notaport/name"),
    ("DATABASE_URL", "postgres://host"),
    ("SITE_URL", "marketplace.example.org"),
    ("SITE_URL", "ftp://example.org"),
    ("SITE_URL", "https://"),
    ("SITE_URL", "https://example.org/site"),
    ("ALLOWED_HOSTS", "https://example.org"),
    ("ALLOWED_HOSTS", "example.org:8000"),
    ("ALLOWED_HOSTS", "a b"),
    ("ALLOWED_HOSTS", ","),
    ("EMAIL_PORT", "smtp"),
    ("EMAIL_PORT", "0"),
    ("EMAIL_PORT", "70000"),
    ("SUPPORT_EMAIL", "nobody"),
    ("LOG_LEVEL", "verbose"),
    ("SIGNUP_RATE", "lots"),
    ("SIGNUP_RATE", "0/h/ip"),
    ("REDIS_URL", "localhost"),
    ("PLEDGE_ANSWER_DAYS", "-3"),
    ("PLEDGE_ANSWER_DAYS", "0"),
    ("REQUEST_ASK_DAYS", "soon"),
    ("CONFIRM_LINK_DAYS", "1.5"),
    ("MATCHING_UNSEEN_DAYS", "1e9"),
    ("DEBUG", "perhaps"),
    ("BEHIND_PROXY", "2"),
    ("STAFF_TWO_STEP", "maybe"),
    ("OWN_SIDE_MAY_DECIDE", "perhaps"),
    ("VAR_DIR", "/proc/nothing/here"),
]


def manage(**variables):
    env = {name: value for name, value in os.environ.items() if name not in dict(WRONG)}
    env |= {"SECRET_KEY": "k" * 60, "DJANGO_SETTINGS_MODULE": "marketplace.settings"} | variables
    command = [sys.executable, "manage.py", "check"]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_what_is_wrong_is_named_with_an_example(name, value, monkeypatch, tmp_path):
    monkeypatch.setenv(name, value)
    env = Environment()
    read = {
        "DATABASE_URL": lambda: env.database(name, "sqlite:///a"),
        "SITE_URL": lambda: env.address(name, "http://127.0.0.1:8000"),
        "ALLOWED_HOSTS": lambda: env.hosts(name, "localhost"),
        "EMAIL_PORT": lambda: env.port(name, 587),
        "SUPPORT_EMAIL": lambda: env.email(name, "a@example.org"),
        "LOG_LEVEL": lambda: env.level(name, "INFO"),
        "SIGNUP_RATE": lambda: env.rate(name, "20/h/ip"),
        "REDIS_URL": lambda: env.cache(name),
        "VAR_DIR": lambda: env.folder(name, tmp_path, make=True),
    }
    days = name.endswith("_DAYS")
    read.get(name, lambda: env.days(name, 14) if days else env.flag(name, True))()
    with pytest.raises(ImproperlyConfigured, match=rf"{name}.*Write it like {name}=\S"):
        env.seal()


def test_empty_is_unset_and_good_values_are_taken(monkeypatch):
    for name in ("A", "B", "C", "D", "E", "F"):
        monkeypatch.setenv(name, "  ")
    env = Environment()
    assert (env.flag("A", True), env.days("B", 14), env.port("C", 25), env.text("D", "x")) == (True, 14, 25, "x")
    assert (env.cache("E"), env.hosts("F", "[::1]")) == ("", ["[::1]"])
    monkeypatch.setenv("A", "off")
    monkeypatch.setenv("F", " a.example.org , .example.org,*")
    assert (env.flag("A", True), env.hosts("F", "x")) == (False, ["a.example.org", ".example.org", "*"])
    env.seal()


def test_the_site_says_all_of_it_at_once_without_a_traceback_or_a_password():
    done = manage(EMAIL_PORT="smtp", LOG_LEVEL="loud", DATABASE_URL="mysql://root:hunter2@host/name")
    assert done.returncode == 1
    assert [name for name in ("EMAIL_PORT", "LOG_LEVEL", "DATABASE_URL") if name not in done.stderr] == []
    assert "Traceback" not in done.stderr
    assert "hunter2" not in done.stderr


def test_good_settings_are_taken():
    assert manage(EMAIL_PORT="2525", LOG_LEVEL="warning", ALLOWED_HOSTS="a.example, b.example").returncode == 0
